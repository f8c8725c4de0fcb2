"""How good the answers are: a file of questions with what any right answer must hold, asked and graded.

A question is an object with `question` and, all optional: `id`, `kind` (a label to count by), `history`, `expect`
(`answer`, `refuse` or `clarify`), and lists of strings, in each of which `a|b` is met by either: `must_numbers`,
`must_terms`, `must_cite` (section titles), `must_not` (words, or a regular expression behind `re:`).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TextIO

from assistant.answer import Answer, Status
from assistant.ask import Assistant
from assistant.batch import Line, question_and_history, read_lines
from assistant.llm.model import Engine
from assistant.question import QuestionError

_DEMANDS = ("must_numbers", "must_terms", "must_cite", "must_not")
_NUMBER = re.compile(r"(?<![\d.])(?P<sign>[-+−]?)(?P<digits>\d[\d,]*(?:\.\d+)?)(?![\d.]*\d)")
_HEADING_NUMBER = re.compile(r"^[一二三四五六七八九十]+、\s*\d*\s*")
_MARKUP = re.compile(r"[\s*_`“”‘’\"]+")


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what its answer must hold; see the module for the fields."""

    id: str
    kind: str
    question: str
    history: list[str] = field(default_factory=list[str])
    expect: Status = Status.ANSWER
    must_numbers: list[str] = field(default_factory=list[str])
    must_terms: list[str] = field(default_factory=list[str])
    must_cite: list[str] = field(default_factory=list[str])
    must_not: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True)
class Grade:
    """What one answer was worth.

    Attributes
    ----------
    question, answer
    missing : tuple of str
        What it lacks or should not hold, one line each; empty where the answer is right.
    unproven : int
        Claims that the guard cannot derive from the evidence, in what the reader sees or in what was withdrawn.
    cited : int
        Citations whose quotation stands in the passage and whose section is the passage's.
    due : int
        Sections that had to be cited and were.
    """

    question: Question
    answer: Answer
    missing: tuple[str, ...]
    unproven: int
    cited: int
    due: int


def read_questions(stream: TextIO) -> list[Question]:
    """Read a file of questions.

    Raises
    ------
    QuestionError
        A line cannot be used; the message names it.
    """
    return [_question(line) for line in read_lines(stream)]


def _question(line: Line) -> Question:
    try:
        fields = line.fields()
        question, history = question_and_history(fields)
        expect = fields.get("expect", Status.ANSWER.value)
        if expect not in list(Status):
            raise QuestionError(f"expect 是 {expect!r}，应为：{'、'.join(Status)}")
        demands: dict[str, list[str]] = {name: fields.get(name) or [] for name in _DEMANDS}
        for name, wanted in demands.items():
            if not isinstance(wanted, list) or not all(isinstance(item, str) for item in wanted):
                raise QuestionError(f"{name} 应为一列文字")
        named = str(fields.get("id") or line.number)
        return Question(named, str(fields.get("kind") or ""), question, history, Status(expect), **demands)
    except QuestionError as error:
        raise QuestionError(f"第{line.number}行：{error}") from error


def grade_all(assistant: Assistant, questions: Iterable[Question], engine: Engine) -> Iterator[Grade]:
    """Ask every question in a conversation of its own, and grade the answer."""
    for question in questions:
        conversation = assistant.replay(question.history, engine)
        yield grade(assistant, question, assistant.ask(question.question, conversation, engine))


def grade(assistant: Assistant, question: Question, answer: Answer) -> Grade:
    """Grade one answer."""
    cited = [demand for demand in question.must_cite if _is_cited(demand, answer)]
    return Grade(
        question,
        answer,
        tuple(_missing(question, answer)),
        len(assistant.findings(answer)) + assistant.is_withdrawn(answer),
        sum(_is_sound(assistant, answer)),
        len(cited),
    )


def _missing(question: Question, answer: Answer) -> Iterator[str]:
    if answer.status is not question.expect:
        yield f"状态为 {answer.status}，应为 {question.expect}"
    text = _folded(answer.text)
    for demand in question.must_terms:
        if not any(_folded(term) in text for term in demand.split("|")):
            yield f"缺少“{demand}”"
    for demand in question.must_numbers:
        if not any(_is_shown(number, answer) for number in demand.split("|")):
            yield f"缺少数字 {demand}"
    for demand in question.must_cite:
        if not _is_cited(demand, answer):
            yield f"没有引用“{demand}”"
    for ban in question.must_not:
        pattern = ban.removeprefix("re:") if ban.startswith("re:") else re.escape(_folded(ban))
        if re.search(pattern, text):
            yield f"不应有“{ban}”"


def _folded(text: str) -> str:
    return _MARKUP.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _is_shown(number: str, answer: Answer) -> bool:
    """Whether a number stands in the text; one with a sign may be worded as a rise or fall if it is such a figure."""
    size = number.lstrip("+-")
    text = unicodedata.normalize("NFKC", answer.text).replace("−", "-")
    shown = [match for match in _NUMBER.finditer(text) if _equal(match["digits"], size)]
    if size == number or any(match["sign"] == number[0] for match in shown):
        return bool(shown)
    return bool(shown) and any(figure.display == number for figure in answer.figures)


def _equal(written: str, wanted: str) -> bool:
    try:
        return Decimal(written.replace(",", "")) == Decimal(wanted)
    except InvalidOperation:
        return False


def _is_cited(demand: str, answer: Answer) -> bool:
    titles = [_folded(_HEADING_NUMBER.sub("", title)) for title in demand.split("|")]
    return any(title in _folded(citation.section) for citation in answer.citations for title in titles)


def _is_sound(assistant: Assistant, answer: Answer) -> Iterator[bool]:
    for citation in answer.citations:
        passage = assistant.passage(citation.passage_id)
        yield passage is not None and citation.quote in passage.text and citation.section == passage.section
