"""The project's own questions: what a director may expect of each answer."""

import re
from collections import Counter

import pytest

from assistant.evaluation.grading import Question, grade, grade_all
from assistant.evaluation.report_card import Report, table
from assistant.language.phrasings import phrasings
from assistant.llm.model import Engine

from ..conftest import ROOT, Ask
from .golden import QUESTIONS

KINDS = {kind.name for kind in phrasings().kinds}


@pytest.mark.parametrize("question", QUESTIONS, ids=[question.question for question in QUESTIONS])
def test_an_answer_says_what_it_must(ask: Ask, question: Question):
    conversation = ask.assistant.replay(question.history)
    answer = ask.assistant.ask(question.question, conversation)
    graded = grade(ask.assistant, question, answer)
    assert (graded.missing, graded.unproven, graded.cited) == ((), 0, len(answer.citations)), answer.text
    if question.kind in KINDS:
        assert conversation.exchanges[-1].queries[-1].kind == question.kind


def test_the_questions_are_many_of_every_kind_and_in_both_languages():
    kinds = Counter(question.kind for question in QUESTIONS)
    assert len(QUESTIONS) >= 250
    assert set(kinds) >= KINDS
    assert sum(question.question.isascii() for question in QUESTIONS) >= 25


def test_the_same_in_short_is_the_change_and_what_moved_it_with_the_proof_it_needs(ask: Ask):
    full, short = ask("2021年发展能力为什么上升？"), ask("再短一点", "2021年发展能力为什么上升？")
    lead, reasons = full.text.split("\n\n")[:2]
    assert short.text == f"{lead}\n\n{reasons.partition('其中')[0]}"
    assert len(short.citations) < len(full.citations)


@pytest.mark.parametrize("length", [150, 200, 300])
@pytest.mark.parametrize("subject", ["噪声", "质量水平", "总指数", "PM2.5", "固废"])
def test_a_draft_is_as_long_as_asked(ask: Ask, subject: str, length: int):
    draft, *_ = ask(f"起草一段2021年{subject}问题分析，{length}字左右").text.split("\n\n注意")
    assert len(re.sub(r"\[\d+\]|\*\*|\s", "", draft)) == pytest.approx(length, rel=0.15)


@pytest.mark.parametrize(
    ("subject", "length"), [("土地开发", 150), ("源头压力", 150), ("水污染治理", 120), ("环境基础设施用地紧张", 100)]
)
def test_a_draft_uses_whole_sentences_where_their_cores_leave_room(ask: Ask, subject: str, length: int):
    draft, *_ = ask(f"写{length}字{subject}的问题").text.split("\n\n注意")
    assert len(re.sub(r"\[\d+\]|\*\*|\s", "", draft)) == pytest.approx(length, rel=0.15)


def test_the_page_tells_the_result(ask: Ask):
    report = Report(Engine.OFFLINE, list(grade_all(ask.assistant, QUESTIONS, Engine.OFFLINE)))
    page = (ROOT / "docs" / "evaluation.md").read_text("utf-8")
    untimed = [line for line in table([report]).splitlines() if "毫秒" not in line]
    assert [line for line in untimed if line not in page] == [], "run the command on the page again"
