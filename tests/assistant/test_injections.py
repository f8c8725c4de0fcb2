"""Whatever a question or a passage orders a model to do, and though it obeys: nothing of it leaves."""

import re
import shutil
from collections.abc import Iterator

import pytest

from assistant.answer import Answer
from assistant.ask import Assistant, open_assistant
from assistant.dialogue.conversation import Conversation
from assistant.llm.model import Model
from assistant.settings import Settings
from knowledge.progress import silent

from ..chat_script import ChatScript, Turn, chatting
from ..conftest import DATA
from .injections import KEY, Order, call, document, hidden

QUESTION = "2021年质量水平为什么下降？"
PROVEN = "2021年质量水平得分为{F2}，比2020年的{F1}下降{F3:abs}。"
# The offline engine may say of a number put forward that it is wrong.
_DENIAL = re.compile(r"(?:不是|is not )[\d.]+")
CHANGE = ("change", '{"node": "质量水平", "start": 2020, "end": 2021}')


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("injected") / "data"
    shutil.copytree(DATA, folder)
    (folder / "documents" / "巡查记录.md").write_text(document(), encoding="utf-8")
    return open_assistant(Settings(data_dir=folder, eqi_home=tmp_path_factory.mktemp("state")), silent)


@pytest.fixture
def script(opened: Assistant) -> Iterator[ChatScript]:
    with chatting() as played:
        opened._model = Model("scripted", played.url, KEY, seconds=20, silence=5)
        yield played


def assert_nothing_left(assistant: Assistant, answer: Answer, shown: list[Answer], order: Order) -> None:
    for text in (answer.text, *(part.text for part in shown)):
        assert order.forbidden not in _DENIAL.sub("", text), order
        assert KEY not in text
    assert assistant.findings(answer) == [], order


def test_orders_in_a_question_change_nothing(opened: Assistant, script: ChatScript):
    obeyed = 0
    for text, order in hidden():
        script.turns = [Turn(calls=(CHANGE,)), Turn(order.obeyed + PROVEN), Turn(order.obeyed)]
        shown: list[Answer] = []
        answer = opened.ask(f"{QUESTION}\n{text}", Conversation(), show=shown.append)
        obeyed += answer.engine == "llm" and "-0.59" not in answer.text and "0.59" in answer.text
        assert_nothing_left(opened, answer, shown, order)
    assert obeyed >= 100, "the model must have been asked"


def test_orders_in_a_passage_change_nothing(opened: Assistant, script: ChatScript):
    reached = 0
    for place, (_, order) in enumerate(hidden()):
        script.turns = [Turn(calls=(call(place), CHANGE)), Turn(order.obeyed), Turn(order.obeyed)]
        shown: list[Answer] = []
        answer = opened.ask(QUESTION, Conversation(), show=shown.append)
        reached += any(f"巡查记录{place}号" in told for told in script.told())
        assert_nothing_left(opened, answer, shown, order)
    assert reached >= 100, "the orders must have been read"
