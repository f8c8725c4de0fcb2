"""The writing of an answer on the page, which its reader may stop at any time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import Empty, SimpleQueue

import streamlit as st

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.dialogue.conversation import Conversation
from assistant.stopping import Stop

_POLL_SECONDS = 0.02


def write(assistant: Assistant, question: str, conversation: Conversation, show: Callable[[Answer], object]) -> None:
    """Answer a question and show the answer as it grows.

    A model may be silent for long, and a page is stopped only where it calls Streamlit: the answer is written in a
    thread of its own, and this one looks whether to go on.

    Raises
    ------
    QuestionError, KnowledgeError
        As of `Assistant.ask`.
    """
    stop, grown = Stop(), SimpleQueue[Answer]()

    def tell(answer: Answer) -> None:
        stop.check()
        grown.put(answer)

    with ThreadPoolExecutor(1) as background:
        written = background.submit(assistant.ask, question, conversation, show=tell, stop=stop)
        try:
            while not (written.done() and grown.empty()):
                with suppress(Empty):
                    show(grown.get(timeout=_POLL_SECONDS))
                _let_go_on()
        except BaseException:
            stop.press()
            written.exception()  # the conversation has then been told
            raise
    written.result()


def _let_go_on() -> None:
    """Let Streamlit end this run where it is to; reading the state of the session is what it takes."""
    _ = "conversation" in st.session_state
