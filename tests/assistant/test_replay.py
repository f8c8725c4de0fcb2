"""What a model is told, message by message, is what was recorded; so is what comes of its answers."""

from pathlib import Path

import pytest

from .replay import RECORDINGS, SCHEMAS, read, replay, schemas


@pytest.mark.parametrize("file", RECORDINGS, ids=lambda file: file.stem)
def test_a_conversation_goes_as_it_was_recorded(file: Path, tmp_path: Path):
    recording = read(file)
    again, requests = replay(recording, tmp_path)
    assert again == recording, "record anew and read the difference: python -m tests.assistant.replay"
    known = read(SCHEMAS)
    told = schemas(requests)
    assert told == {name: known[name] for name in told}
