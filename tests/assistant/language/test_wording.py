"""Both languages can say the same things, with the same figures in them."""

import re
import string

import pytest
import yaml

from assistant.answer import Figure, Kind
from assistant.language.phrasings import phrasings
from assistant.language.wording import LANGUAGES, Wording, wording
from assistant.query import FROM_DOCUMENTS

from ...conftest import ROOT

CONTENT = {
    language: yaml.safe_load((ROOT / "assistant" / "language" / f"{language}.yaml").read_text("utf-8"))["sentences"]
    for language in LANGUAGES
}


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("key", sorted(set(CONTENT["zh"]) | set(CONTENT["en"])))
def test_every_sentence_stands_in_both_languages_with_the_same_fields(key: str):
    assert fields(CONTENT["zh"][key]) == fields(CONTENT["en"][key])


def test_every_sentence_is_said_somewhere():
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "assistant").rglob("*.py"))
    literals = re.findall(r'"([a-z_]+\.[a-z_.]+)"', code)
    built = (*re.findall(r'f"([a-z_]+\.[a-z_.]*)\{', code), *(f"{literal}_" for literal in literals))
    unused = [key for key in CONTENT["zh"] if f'"{key}"' not in code and not key.startswith(built)]
    assert unused == []


def test_figures_are_written_with_sign_and_unit_as_asked():
    figure = Figure("甲", "a", Kind.CHANGE, -0.59375, "", "分")
    assert [f"{form}" for form in _forms(wording("zh"), figure)] == ["-0.59分", "0.59分", "-0.59"]
    assert [f"{form}" for form in _forms(wording("en"), figure)] == ["-0.59 points", "0.59 points", "-0.59"]


def _forms(words: Wording, figure: Figure) -> list[str]:
    shown = words._shown(figure)
    return [f"{shown}", f"{shown:abs}", f"{shown:bare}"]


def test_lists_are_joined_as_the_language_does():
    assert [wording("zh").join(items) for items in ([], ["甲"], ["甲", "乙", "丙"])] == ["", "甲", "甲、乙和丙"]
    assert wording("en").join(["a", "b", "c"]) == "a, b and c"


def test_every_kind_of_question_has_someone_to_answer_it():
    from assistant.writers import routing
    from assistant.writers.figure_routing import FROM_FIGURES

    served = {
        "help",
        "definition",
        *FROM_FIGURES,
        *routing._ABOUT_STRUCTURE,
        *FROM_DOCUMENTS,
        *routing._BEYOND_THE_DATA,
    }
    assert {kind.name for kind in phrasings().kinds} == served
