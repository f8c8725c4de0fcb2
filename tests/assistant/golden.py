"""The project's own questions, with what any right answer to each must hold."""

from pathlib import Path

from assistant.evaluation import read_questions

with (Path(__file__).parent / "golden.jsonl").open(encoding="utf-8") as _stream:
    QUESTIONS = read_questions(_stream)
