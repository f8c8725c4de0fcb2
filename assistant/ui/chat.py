"""The chat page: suggested questions, the conversation, and the answer that is being written."""

import streamlit as st

from assistant.ask import Assistant
from assistant.dialogue.conversation import Conversation
from assistant.language.wording import Wording, wording
from assistant.llm.model import Model
from assistant.question import LONGEST_QUESTION, QuestionError
from assistant.settings import SettingsError
from assistant.ui.exchange import ASSISTANT, USER, WARNING, show_exchange
from assistant.ui.markdown import literal
from assistant.ui.opening import Opening, opening
from assistant.ui.writing import write
from knowledge import KnowledgeError
from scoring import IndexDefinition, IndexResult, ScoringError

# A name in a table may be broken after any Chinese character; on a narrow page it would be as wide as one.
_STYLE = "<style>[data-testid='stMarkdownContainer'] td:first-child { min-width: 7em; }</style>"


def show_chat() -> None:
    """Show the page; data or settings that cannot be used are told in one line instead."""
    try:
        opened = opening()
    except (SettingsError, ScoringError) as error:
        st.error(literal(str(error)), icon=WARNING)
        return
    words = wording(opened.result.definition.language)
    st.html(_STYLE)
    state = st.session_state
    if "conversation" not in state:
        state.conversation = Conversation()
    conversation: Conversation = state.conversation
    _header(opened.result, opened.model, words)
    asked = st.chat_input(words.say("ui.placeholder"), max_chars=LONGEST_QUESTION, submit_mode="stop")
    if not conversation.exchanges and not asked:
        asked = _suggestions(opened.result.definition, words)
    asked = asked or state.pop("chosen", None)
    if state.pop("again", False) and conversation.exchanges and not asked:
        asked = conversation.take_back()
    if not (conversation.exchanges or asked):
        return
    assistant = _await(opened)
    if assistant is None:
        return
    for position in range(len(conversation.exchanges)):
        show_exchange(assistant, conversation, position)
    if asked:
        _answer(assistant, asked, conversation)
    elif assistant.has_model and st.button(words.say("ui.again"), key="ask-again", type="tertiary"):
        state.again = True
        st.rerun()


def _await(opened: Opening) -> Assistant | None:
    """Wait for the assistant with a progress bar; a store that cannot be used is told in one line."""
    place = st.empty()
    try:
        assistant = opened.assistant(lambda step, share: place.progress(share, text=literal(step)))
    except KnowledgeError as error:
        place.error(literal(str(error)), icon=WARNING)
        return None
    place.empty()
    return assistant


def _header(result: IndexResult, model: Model | None, words: Wording) -> None:
    name = result.definition.root.called(words.language)
    years = result.span
    title, button = st.columns([4, 1], vertical_alignment="bottom")
    title.subheader(words.say("ui.title", name=name), anchor=False)
    if st.session_state.conversation.exchanges and button.button(words.say("ui.new"), width="stretch"):
        st.session_state.conversation = Conversation()
        st.rerun()
    st.caption(words.say("ui.promise", first=years[0], last=years[-1]))
    if model is not None:
        st.caption(words.say("ui.model", model=literal(model.name), host=literal(model.host)))


def _suggestions(definition: IndexDefinition, words: Wording) -> str | None:
    """Offer the questions of the data folder on an empty page."""
    examples = definition.examples
    if not examples:
        return None
    st.markdown(f"**{words.say('help.examples')}**")
    chosen: str | None = None
    columns = st.columns(2)
    for position, example in enumerate(examples):
        if columns[position % 2].button(example, key=f"example-{position}", width="stretch"):
            chosen = example
    return chosen


def _answer(assistant: Assistant, question: str, conversation: Conversation) -> None:
    """Answer a question on the page; one that a model writes grows sentence by sentence."""
    with st.chat_message("user", avatar=USER):
        st.text(question)
    with st.chat_message("assistant", avatar=ASSISTANT):
        place = st.empty()
        try:
            write(assistant, question, conversation, lambda answer: place.markdown(literal(answer.text)))
        except QuestionError as error:
            place.warning(literal(str(error)))
            return
        except KnowledgeError as error:
            place.error(literal(str(error)), icon=WARNING)
            return
    st.rerun()
