"""Conversations with a scripted model, recorded as they went over the wire.

A recording's `about`, `data`, `turns` and `script` are written by hand; the rest is what was answered and sent: of
each request what no earlier one held. After a wanted change of a prompt, a tool or an answer,
`python -m tests.assistant.replay` records everything anew, and the difference is read.
"""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from assistant.ask import open_assistant
from assistant.dialogue.conversation import Conversation
from assistant.llm.model import Engine
from assistant.settings import Settings
from knowledge.progress import silent

from ..chat_script import Turn
from ..conftest import ROOT
from .play import playing_on

FOLDER = Path(__file__).parent / "recordings"
RECORDINGS = sorted(FOLDER.glob("*.yaml"))
SCHEMAS = Path(__file__).parent / "tool_schemas.yaml"

Recording = dict[str, Any]
Request = dict[str, Any]


def read(file: Path) -> Recording:
    return yaml.safe_load(file.read_text("utf-8"))


def replay(recording: Recording, state: Path) -> tuple[Recording, list[Request]]:
    """Have a conversation once more; give its recording, and all that was asked of the model."""
    assistant = open_assistant(Settings(data_dir=ROOT / recording["data"], eqi_home=state), silent)
    conversation = Conversation()
    with playing_on(assistant) as play:
        play.script.turns = [_turn(step) for step in recording["script"]]
        answers = [
            assistant.ask(turn["question"], conversation, Engine(turn.get("engine", "auto"))).text
            for turn in recording["turns"]
        ]
        requests = play.script.asked
    by_hand = {key: recording[key] for key in ("about", "data", "turns", "script")}
    return by_hand | {"answers": answers, "sent": list(_news(requests))}, requests


def schemas(requests: Sequence[Request]) -> dict[str, Any]:
    """Give what the tools are described to a model as, by name."""
    return {tool["function"]["name"]: tool["function"] for request in requests for tool in request.get("tools", ())}


def _turn(step: dict[str, Any]) -> Turn:
    return Turn(step.get("text", ""), tuple(step.get("calls", {}).items()), step.get("status", 200))


def _news(requests: Sequence[Request]) -> Iterator[Request]:
    seen: list[Any] = []
    before: Request = {}
    for request in requests:
        tools = ", ".join(tool["function"]["name"] for tool in request.get("tools", ()))
        settings = {key: value for key, value in request.items() if key != "messages"} | {"tools": tools}
        messages: list[Any] = []
        for message in request["messages"]:
            if message in seen:
                messages.append(f"message {seen.index(message)}")
            else:
                messages.append({"message": len(seen), **message})
                seen.append(message)
        yield {key: value for key, value in settings.items() if before.get(key) != value} | {"messages": messages}
        before = settings


class _Readable(yaml.SafeDumper):
    """Writes texts of several lines as such."""


def _block(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, "|" if "\n" in text else None)


_Readable.add_representer(str, _block)


def written(content: object) -> str:
    return yaml.dump(content, Dumper=_Readable, allow_unicode=True, sort_keys=False, width=10_000)


def record() -> None:
    """Record every conversation anew."""
    asked: list[Request] = []
    for file in RECORDINGS:
        with tempfile.TemporaryDirectory() as state:
            recording, requests = replay(read(file), Path(state))
        file.write_text(written(recording), "utf-8")
        asked += requests
    SCHEMAS.write_text(written(schemas(asked)), "utf-8")


if __name__ == "__main__":
    record()
