"""What a model may write from what the tools gave it passes the gate in many wordings, and nothing else does."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.compound import understand_all
from assistant.desk import Desk
from assistant.draft import Draft
from assistant.figures.computed import Figures
from assistant.tools import References, tools_at

from ..conftest import Ask

WRITTEN: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "model_sentences.yaml").read_text("utf-8"))


def cases(key: str) -> list[Any]:
    return [pytest.param(block, sentence, id=sentence[:40]) for block in WRITTEN for sentence in block[key]]


def findings(ask: Ask, block: dict[str, Any], sentence: str) -> list[str]:
    assistant = ask.assistant
    [query, *_] = understand_all(block["question"], assistant._names, assistant._phrasings, None)
    figures = Figures(assistant.result, block.get("language", "zh"), assistant.result.units[0])
    desk = Desk(query, figures, assistant._sources(), Draft(figures.language))
    for call in block["calls"]:
        getattr(tools_at(desk), call["tool"])(**{name: given for name, given in call.items() if name != "tool"})
    desk.draft.block(References(desk.draft, assistant.definition).written_out(sentence))
    return [f"{found.claim}: {found.reason}" for found in assistant.findings(desk.draft.answer(block["question"]))]


@pytest.mark.parametrize(("block", "sentence"), cases("true"))
def test_a_true_sentence_passes(ask: Ask, block: dict[str, Any], sentence: str):
    assert findings(ask, block, sentence) == []


@pytest.mark.parametrize(("block", "sentence"), cases("false"))
def test_a_false_sentence_is_held(ask: Ask, block: dict[str, Any], sentence: str):
    assert findings(ask, block, sentence)
