"""The assistant as the page holds it: one for all sessions, opened in the background while the page is there."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from importlib import import_module
from pathlib import Path
from threading import Lock

import streamlit as st

from assistant.ask import Assistant, load_index, open_assistant
from assistant.settings import Settings, load_settings
from scoring import IndexResult

_POLL_SECONDS = 0.05

Progress = Callable[[str, float], object]


class Opening:
    """A data folder whose index is there at once, and whose assistant follows."""

    def __init__(self, settings: Settings):
        self.result: IndexResult = load_index(settings)[0]
        self.model = settings.model()
        self._step, self._share = "", 0.0
        background = ThreadPoolExecutor(1)
        self._future: Future[Assistant] = background.submit(open_assistant, settings, self._report)
        # Altair and LangChain take a second each, which the first answer need not wait for.
        background.submit(import_module, "assistant.ui.charts")
        if self.model is not None:
            background.submit(import_module, "assistant.llm.agent")

    def _report(self, step: str, done: int, total: int) -> None:
        self._step, self._share = step, done / total if total else 1.0

    @property
    def has_failed(self) -> bool:
        """Whether there is no assistant, and another attempt may have one."""
        return self._future.done() and self._future.exception() is not None

    def assistant(self, progress: Progress) -> Assistant:
        """Wait for the assistant; `progress` hears the step and how much of it is done, while there is one.

        Raises
        ------
        KnowledgeError
            The store cannot be used.
        """
        while True:
            try:
                return self._future.result(_POLL_SECONDS)
            except NotYet:
                if self._step:
                    progress(self._step, self._share)


class _Holder:
    def __init__(self) -> None:
        self.lock = Lock()
        self.stamp: object = None
        self.opening: Opening | None = None


@st.cache_resource
def _holder() -> _Holder:
    return _Holder()


def opening() -> Opening:
    """Give the data folder of the settings, opened anew when a setting or a data file has changed.

    Raises
    ------
    SettingsError, ScoringError
        A setting or a data file cannot be used.
    """
    settings = load_settings()
    stamp = _stamp(settings)
    holder = _holder()
    with holder.lock:
        if holder.opening is None or holder.opening.has_failed or holder.stamp != stamp:
            holder.opening = Opening(settings)
            holder.stamp = stamp
        return holder.opening


def _stamp(settings: Settings) -> object:
    versions = settings.dataset.list_file
    files = (settings.definition_file, settings.observations_file, versions, settings.published_file)
    return settings, tuple(_modified(path) for path in files)


def _modified(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0
