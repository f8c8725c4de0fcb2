"""What an answer says of the grades that an index declares, and of how it combines its parts."""

import pytest

from assistant.ask import open_assistant
from assistant.settings import Settings
from knowledge.progress import silent

from ...conftest import Ask

INDEX = """
id: stock
name: Bridge stock index
aliases: [bridge index]
language: en
score_unit: points
aggregation: geometric
grades: [{name: Sound, from: 80}, {name: Fair, from: 60}, {name: Poor, from: 20}]
children:
  - {id: decks, name: Decks, weight: 1, source: Works Office, normalise: {method: none}}
  - {id: piers, name: Piers, weight: 1, source: Works Office, normalise: {method: none}}
"""
DATA = "year,indicator,raw,score\n" + "".join(
    f"{year},{indicator},{score},\n"
    for year, score in ((2018, 10), (2019, 20), (2020, 60), (2021, 79.99), (2022, 80))
    for indicator in ("decks", "piers")
)


@pytest.fixture(scope="module")
def ask_bridges(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("bridges")
    (folder / "index.yaml").write_text(INDEX, encoding="utf-8")
    (folder / "observations.csv").write_text(DATA, encoding="utf-8")
    settings = Settings(data_dir=folder, eqi_home=tmp_path_factory.mktemp("state"))
    return Ask(open_assistant(settings, silent))


@pytest.mark.parametrize(
    ("year", "said"),
    [
        (2018, "below 20 points, where the lowest grade, “Poor”, begins"),
        (2019, "“Poor” (20 points and above, below 60 points)"),
        (2020, "“Fair” (60 points and above, below 80 points)"),
        (2021, "“Fair” (60 points and above, below 80 points)"),
        (2022, "“Sound” (80 points and above)"),
    ],
)
def test_a_score_is_of_the_grade_whose_floor_it_reaches(ask_bridges: Ask, year: int, said: str):
    assert said in ask_bridges(f"What was the bridge index in {year}?").text


def test_what_has_no_grades_says_so_only_when_asked(ask_bridges: Ask):
    assert "not divided into grades" in ask_bridges("Which grade did Decks get in 2022?").text
    assert "grade" not in ask_bridges("What did Decks score in 2022?").text


@pytest.mark.parametrize("question", ["What was the bridge index in 2022?", "What is the bridge index made up of?"])
def test_a_mean_that_is_not_the_ordinary_one_is_named(ask_bridges: Ask, question: str):
    assert "weighted geometric mean" in ask_bridges(question).text
