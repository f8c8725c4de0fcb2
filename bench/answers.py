"""How fast an answer is: warm, cold, and in the page. Medians; a cold start is paired with bare imports run by run."""

import json
import os
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

from playwright.sync_api import sync_playwright

from assistant.ask import Assistant, open_assistant
from assistant.dialogue.conversation import Conversation
from assistant.settings import Settings, load_settings
from bench.clock import milliseconds
from knowledge.progress import silent

ROOT = Path(__file__).parents[1]
QUESTION = "2021年质量水平为什么下降？"
RUNS = 7


def command(*arguments: str) -> Callable[[], object]:
    """Prepare a Python process to be run to its end."""
    return lambda: subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)


def warm(settings: Settings) -> None:
    """Time answers to the questions of the tests, of all kinds, by an assistant that is open."""
    assistant = open_assistant(settings, silent)
    questions = golden_questions()
    ask_all(assistant, questions)
    times = [milliseconds(lambda q=q: assistant.ask(q, Conversation())) for q in questions for _ in range(3)]
    worst = statistics.quantiles(times, n=20)[-1]
    median = statistics.median(times)
    print(f"warm ask, {len(times)} answers       median {median:7.1f} ms (15)   p95 {worst:7.1f} ms (40)")
    batch = (questions * 10)[:1000]
    seconds = milliseconds(lambda: ask_all(assistant, batch)) / 1000
    print(f"batch of {len(batch)}                  {len(batch) / seconds:7.0f} a second (50)")
    memory(assistant, questions)


def golden_questions() -> list[str]:
    """Read the questions of the tests."""
    lines = (ROOT / "tests" / "assistant" / "golden.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines]


def ask_all(assistant: Assistant, questions: Iterable[str]) -> None:
    """Ask each question in a conversation of its own."""
    for question in questions:
        assistant.ask(question, Conversation())


def memory(assistant: Assistant, questions: list[str]) -> None:
    """Measure what the peak of the process grows by over 10,000 questions, after the first thousand."""
    endless = cycle(questions)
    ask_all(assistant, islice(endless, 1000))
    before = peak()
    ask_all(assistant, islice(endless, 10_000))
    print(f"memory over 10,000 questions   {peak() - before:+7.1f} MiB (flat)")


def peak() -> float:
    """Give the largest size that the process ever had, in MiB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


def cold() -> None:
    """Time the command line, paired with bare imports of the two largest libraries."""
    bare, asked, built = [], [], []
    for _ in range(RUNS):
        bare.append(milliseconds(command("-c", "import pandas, chromadb")))
        asked.append(milliseconds(command("-m", "assistant", "ask", QUESTION)))
        built.append(milliseconds(command("-m", "knowledge", "build")))
    baseline = statistics.median(bare)
    print(f"import pandas, chromadb        median {baseline:7.0f} ms   (baseline)")
    for name, times in (("cold ask", asked), ("build with nothing changed", built)):
        ratio = statistics.median(time / base for time, base in zip(times, bare, strict=True))
        print(f"{name:<30} median {statistics.median(times):7.0f} ms   {ratio:.2f} of the baseline")


def await_port(port: int) -> None:
    """Wait until something listens."""
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("localhost", port)) == 0:
                return
        time.sleep(0.02)


@contextmanager
def server(port: int) -> Iterator[None]:
    """Run the page as `streamlit run` does."""
    arguments = ["-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def page() -> None:
    """Time from starting the server to the first answer in a browser."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("first answer in the page       left out: no Chromium on this machine")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        answered: list[float] = []
        complete: list[float] = []
        for _ in range(3):
            with socket.socket() as probe:
                probe.bind(("localhost", 0))
                port = probe.getsockname()[1]
            start = time.perf_counter()
            with server(port):
                await_port(port)
                tab = browser.new_page()
                tab.goto(f"http://localhost:{port}")
                tab.get_by_test_id("stChatInputTextArea").fill(QUESTION)
                tab.keyboard.press("Enter")
                tab.get_by_test_id("stMarkdown").filter(has_text="-0.59").first.wait_for()
                answered.append(time.perf_counter() - start)
                tab.get_by_test_id("stExpander").wait_for()
                complete.append(time.perf_counter() - start)
                tab.close()
        browser.close()
    for name, times in (("first answer in the page", answered), ("with chart and sources", complete)):
        median = 1000 * statistics.median(times)
        print(f"{name:<30} median {median:7.0f} ms   from `streamlit run`, store built")


def measure() -> None:
    """Measure answers on the data folder of the settings, in a state folder of its own."""
    with tempfile.TemporaryDirectory() as state:
        os.environ["EQI_HOME"] = state
        warm(load_settings())
        cold()
        page()
