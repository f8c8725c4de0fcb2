"""What the gate costs: answers through a model, each beside the bare client streaming the same scripted text."""

import json
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import openai
from pydantic import HttpUrl

from assistant.ask import Assistant, open_assistant
from assistant.dialogue.conversation import Conversation
from assistant.settings import Settings
from knowledge.progress import silent
from tests.chat_script import SteadyScript, Turn, chatting

QUESTION = "2021年质量水平为什么下降？"
CALL = ("change", json.dumps({"node": "质量水平", "start": 2020, "end": 2021}))
SENTENCES = 20
TEXT = "2021年质量水平得分为{F2}，比2020年的{F1}下降{F3:abs}。" * SENTENCES
PACE = 0.005
RUNS = 7
AT_ONCE = 20


def serve(line: Connection) -> None:
    """Play the script in a process of its own, so that it takes nothing from what is measured."""
    with chatting(SteadyScript(Turn(calls=(CALL,), pace=PACE), Turn(TEXT, pace=PACE))) as script:
        line.send(script.url)
        line.recv()


@contextmanager
def scripted() -> Iterator[str]:
    """Run the scripted server and give its address."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,))
    process.start()
    try:
        yield ours.recv()
    finally:
        ours.send(None)
        process.join()


def bare(url: str) -> tuple[float, float]:
    """Stream the call of the tool and the text with the bare client; time the first sentence and the whole."""
    client = openai.OpenAI(base_url=url, api_key="none")
    start = time.perf_counter()
    first, text = 0.0, ""
    for role in ("user", "tool"):
        messages: Any = [{"role": role, "content": QUESTION, "tool_call_id": "call_0"}]
        for chunk in client.chat.completions.create(model="scripted", messages=messages, stream=True):
            text += (chunk.choices[0].delta.content or "") if chunk.choices else ""
            if not first and "。" in text:
                first = time.perf_counter() - start
    return first, time.perf_counter() - start


def checked(assistant: Assistant) -> tuple[float, float]:
    """Ask the assistant; time the first sentence that is shown and the whole."""
    shown: list[float] = []
    start = time.perf_counter()
    answer = assistant.ask(QUESTION, Conversation(), show=lambda _: shown.append(time.perf_counter() - start))
    total = time.perf_counter() - start
    assert answer.engine == "llm", answer.warnings
    assert answer.text.count("。") == SENTENCES
    return shown[0], total


def measure() -> None:
    """Measure one answer at a time, and many at once."""
    with tempfile.TemporaryDirectory() as state, scripted() as url:
        settings = Settings(eqi_home=Path(state), llm_model="scripted", openai_base_url=HttpUrl(url))
        assistant = open_assistant(settings, silent)
        checked(assistant)
        pairs = [(bare(url), checked(assistant)) for _ in range(RUNS)]
        behind = statistics.median(own[0] - raw[0] for raw, own in pairs)
        ratio = statistics.median(own[1] / raw[1] for raw, own in pairs)
        print(f"first checked sentence         {1000 * behind:7.0f} ms behind the bare client's (50)")
        print(f"whole answer, {SENTENCES} sentences     {ratio:7.2f} of the bare client's time (1.10)")
        with ThreadPoolExecutor(AT_ONCE) as threads:
            many = [one.result() for one in [threads.submit(checked, assistant) for _ in range(AT_ONCE)]]
        alone = statistics.median(own[1] for _, own in pairs)
        worst = max(total for _, total in many)
        print(f"{AT_ONCE} conversations at once      {worst / alone:7.2f} of one alone, the slowest of them")
