"""The shipped data folder with a scripted model."""

from collections.abc import Iterator

import pytest

from assistant.ask import Assistant, open_assistant
from assistant.settings import Settings
from knowledge.progress import silent

from ..conftest import DATA
from .play import Play, playing_on


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(Settings(data_dir=DATA, eqi_home=tmp_path_factory.mktemp("state")), silent)


@pytest.fixture
def play(opened: Assistant) -> Iterator[Play]:
    with playing_on(opened) as play:
        yield play
