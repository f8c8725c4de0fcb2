"""The assistant as the page holds it: opened once for all sessions, and again when a data file changes."""

from pathlib import Path
from threading import Lock

import streamlit as st

from assistant.ask import Assistant, open_assistant
from assistant.settings import Settings, load_settings
from assistant.wording import wording


class _Holder:
    """One assistant for all sessions, with the state of the data files that it was opened from."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.stamp: object = None
        self.assistant: Assistant | None = None


@st.cache_resource
def _holder() -> _Holder:
    return _Holder()


def opened_assistant() -> Assistant:
    """Give the assistant, opening it with a progress bar where needed.

    Raises
    ------
    SettingsError, ScoringError, KnowledgeError
        A setting, a data file or the store cannot be used.
    """
    settings = load_settings()
    stamp = _stamp(settings)
    holder = _holder()
    with holder.lock:
        if holder.assistant is None or holder.stamp != stamp:
            bar = st.progress(0.0, text=wording("zh").say("ui.opening"))

            def report(step: str, done: int, total: int) -> None:
                bar.progress(done / total if total else 1.0, text=step)

            holder.assistant = open_assistant(settings, report)
            holder.stamp = stamp
            bar.empty()
        return holder.assistant


def _stamp(settings: Settings) -> object:
    files = (settings.definition_file, settings.observations_file, settings.published_file)
    return settings, tuple(_modified(path) for path in files)


def _modified(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0
