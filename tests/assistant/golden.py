"""Questions with what any right answer must hold: of the shipped index, and of two that share nothing with it."""

from pathlib import Path

from assistant.evaluation.grading import Question, read_questions

TESTS = Path(__file__).parents[1]
CARE, PROSPERITY = TESTS / "care", TESTS / "prosperity"


def _read(file: Path) -> list[Question]:
    with file.open(encoding="utf-8") as stream:
        return read_questions(stream)


QUESTIONS = _read(Path(__file__).parent / "golden.jsonl")
PROSPERITY_QUESTIONS = _read(PROSPERITY / "questions.jsonl")
CARE_QUESTIONS = _read(CARE / "questions.jsonl")
