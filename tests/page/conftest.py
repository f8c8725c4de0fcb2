"""A real browser, and the page served for it."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import httpx
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from ..conftest import ROOT

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-quic",
]  # fmt: skip

in_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="left out: no Chromium on this machine (Debian: apt install chromium)"),
]

WIDE, NARROW = ViewportSize(width=1200, height=900), ViewportSize(width=400, height=850)


@contextmanager
def serving_page(state: Path, **settings: str) -> Iterator[str]:
    """Serve the page in a process of its own, and give its address."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    with (state / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "assistant", "serve", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, "EQI_HOME": str(state), **settings},
            stdout=log,
            stderr=log,
        )
        try:
            transport = httpx.HTTPTransport(retries=20)
            with httpx.Client(transport=transport, timeout=30, trust_env=False) as client:
                assert client.get(f"http://localhost:{port}/_stcore/health").text == "ok"
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            server.wait(20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


Scheme = Literal["light", "dark"]
Opened = Callable[[ViewportSize, Scheme], tuple[Page, list[str]]]


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Opened]:
    contexts = []

    def open_page(viewport: ViewportSize, scheme: Scheme) -> tuple[Page, list[str]]:
        context = browser.new_context(viewport=viewport, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.goto(address)
        expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible(timeout=30_000)
        return page, requests

    yield open_page
    for context in contexts:
        context.close()
