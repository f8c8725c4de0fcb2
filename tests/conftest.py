"""Shared fixtures: the shipped data folder, and a small foreign one that shares nothing with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from assistant.answer import Answer
from assistant.ask import Assistant, open_assistant
from assistant.dialogue.conversation import Conversation
from assistant.settings import Settings
from knowledge.progress import silent
from scoring import IndexDefinition, IndexResult, compute, load_definition, read_observations

from .chat_script import ChatScript, chatting
from .embedding_script import EmbeddingScript, playing

# A slow machine is no failure; speed is measured by the benchmark.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads the user's settings or writes into the user's state folder."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("EQI_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(ROOT)


@pytest.fixture
def script() -> Iterator[EmbeddingScript]:
    with playing() as script:
        yield script


@pytest.fixture
def chat() -> Iterator[ChatScript]:
    with chatting() as script:
        yield script


@pytest.fixture(scope="session")
def definition() -> IndexDefinition:
    return load_definition(DATA / "index.yaml")


@pytest.fixture(scope="session")
def result(definition: IndexDefinition) -> IndexResult:
    return compute(definition, read_observations(DATA / "observations.csv", definition))


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    settings = Settings(data_dir=DATA, eqi_home=tmp_path_factory.mktemp("state"))
    return open_assistant(settings, silent)


class Ask:
    """Asks a question in a new conversation, after the earlier ones."""

    def __init__(self, assistant: Assistant):
        self.assistant = assistant

    def __call__(self, question: str, *history: str) -> Answer:
        conversation = Conversation()
        for earlier in history:
            self.assistant.ask(earlier, conversation)
        return self.assistant.ask(question, conversation)


@pytest.fixture(scope="session")
def ask(assistant: Assistant) -> Ask:
    return Ask(assistant)


@pytest.fixture(scope="session")
def ask_prosperity(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """An English index on base 100 with scores above it, two regions, and no documents."""
    folder = ROOT / "tests" / "prosperity"
    return Ask(open_assistant(Settings(data_dir=folder, eqi_home=tmp_path_factory.mktemp("state")), silent))


@pytest.fixture(scope="session")
def ask_care(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """An index of three cities, two of whose names begin alike, with a report under one title."""
    folder = ROOT / "tests" / "care"
    return Ask(open_assistant(Settings(data_dir=folder, eqi_home=tmp_path_factory.mktemp("state")), silent))


FOREIGN_INDEX = """
id: widget-quality
name: Widget quality index
aliases: [widget index, overall quality]
language: en
score_unit: points
base_year: 2010
weights: relative
levels: [{name: index}, {name: pillar}, {name: indicator}]
examples: ["Why did durability fall in 2012?"]
children:
  - id: durability
    name: Durability
    weight: 3
    children:
      - {id: drop, name: Drop test, aliases: [drops], weight: 1, measure_unit: cm, source: Lab A,
         normalise: {method: efficacy, floor: 50, target: 150},
         definition: "Height from which nine in ten widgets survive."}
      - {id: wear, name: Wear, weight: 3, measure_unit: mg, direction: lower, source: Lab B,
         normalise: {method: efficacy, floor: 40, target: 10}}
  - id: looks
    name: Looks
    weight: 1
    source: Lab A
    normalise: {method: none}
"""

FOREIGN_DATA = """year,indicator,raw,score
2010,drop,100,
2010,wear,25,
2010,looks,70,
2011,drop,120,
2011,wear,22,
2011,looks,71.5,
2012,drop,110,
2012,wear,30,
2012,looks,,80
"""


@pytest.fixture(scope="session")
def foreign_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in English with three indicators on two storeys, raw values, and no documents."""
    folder = tmp_path_factory.mktemp("widgets")
    (folder / "index.yaml").write_text(FOREIGN_INDEX, encoding="utf-8")
    (folder / "observations.csv").write_text(FOREIGN_DATA, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def ask_foreign(foreign_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    settings = Settings(data_dir=foreign_folder, eqi_home=tmp_path_factory.mktemp("state"))
    return Ask(open_assistant(settings, silent))
