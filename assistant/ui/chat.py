"""The chat page: suggested questions, the conversation, and behind each answer its charts, quotations and formulas."""

import streamlit as st

from assistant.answer import Answer, Status
from assistant.ask import Assistant
from assistant.conversation import Conversation
from assistant.model import Engine, Model
from assistant.question import LONGEST_QUESTION, QuestionError
from assistant.settings import SettingsError
from assistant.ui.citations import show_citations
from assistant.ui.markdown import literal
from assistant.ui.opening import Opening, opening
from assistant.usage import Usage
from assistant.wording import Wording, wording
from knowledge import KnowledgeError
from scoring import IndexDefinition, IndexResult, ScoringError, display

_USER, _ASSISTANT, _WARNING, _FORMULA = (f":material/{name}:" for name in ("person", "eco", "warning", "calculate"))


def show_chat() -> None:
    """Show the page; data or settings that cannot be used are told in one line instead."""
    try:
        opened = opening()
    except (SettingsError, ScoringError) as error:
        st.error(literal(str(error)), icon=_WARNING)
        return
    words = wording(opened.result.definition.language)
    state = st.session_state
    if "conversation" not in state:
        state.conversation = Conversation()
    answers = state.conversation.answers
    _header(opened.result, opened.model, words)
    asked = st.chat_input(words.say("ui.placeholder"), max_chars=LONGEST_QUESTION, submit_mode="stop")
    if not answers and not asked:
        asked = _suggestions(opened.result.definition, words)
    asked = asked or state.pop("chosen", None)
    engine = state.pop("again", None)
    if engine and answers and not asked:
        asked = state.conversation.take_back()
        answers = state.conversation.answers
    if not (answers or asked):
        return
    assistant = _await(opened)
    if assistant is None:
        return
    for position, answer in enumerate(answers):
        _show_exchange(assistant, answer, position)
    if asked:
        _answer(assistant, asked, engine or Engine.AUTO)
    elif opened.model is not None:
        _offer_again(words)


def _await(opened: Opening) -> Assistant | None:
    """Wait for the assistant with a progress bar; a store that cannot be used is told in one line."""
    place = st.empty()
    try:
        assistant = opened.assistant(lambda step, share: place.progress(share, text=literal(step)))
    except KnowledgeError as error:
        place.error(literal(str(error)), icon=_WARNING)
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


def _offer_again(words: Wording) -> None:
    """Offer to ask the last question once more, of the model or of the offline engine."""
    with st.container(horizontal=True):
        for engine, key in {Engine.LLM: "ui.again", Engine.OFFLINE: "ui.again_offline"}.items():
            if st.button(words.say(key), key=f"again-{engine}", type="tertiary"):
                st.session_state.again = engine
                st.rerun()


def _answer(assistant: Assistant, question: str, engine: Engine) -> None:
    """Answer a question on the page; one that a model writes grows sentence by sentence."""
    with st.chat_message("user", avatar=_USER):
        st.text(question)
    with st.chat_message("assistant", avatar=_ASSISTANT):
        place = st.empty()
        try:
            assistant.ask(
                question,
                st.session_state.conversation,
                engine,
                show=lambda answer: place.markdown(literal(answer.text)),
            )
        except QuestionError as error:
            place.warning(literal(str(error)))
            return
        except KnowledgeError as error:
            place.error(literal(str(error)), icon=_WARNING)
            return
    st.rerun()


def _show_exchange(assistant: Assistant, answer: Answer, position: int) -> None:
    words = wording(answer.language)
    with st.chat_message("user", avatar=_USER):
        st.text(answer.question)
    with st.chat_message("assistant", avatar=_ASSISTANT):
        st.markdown(literal(answer.text))
        if answer.engine == Engine.LLM:
            st.caption(words.say("ui.by_model"))
        if answer.usage:
            st.caption(_spent(answer.usage, answer.elapsed_ms, words))
        _charts(answer, position)
        if answer.status is Status.CLARIFY:
            _choices(answer, position)
        if answer.citations:
            show_citations(assistant, answer.citations, words, position)
        if answer.figures:
            _proof(answer, words)


def _spent(usage: Usage, elapsed_ms: float, words: Wording) -> str:
    """Tell what the model took."""
    key = "ui.spent_uncounted" if usage.input_tokens is None else "ui.spent"
    seconds = display(elapsed_ms / 1000, 1)
    return words.say(key, calls=usage.calls, read=usage.input_tokens, written=usage.output_tokens, seconds=seconds)


def _charts(answer: Answer, position: int) -> None:
    if not answer.charts:
        return
    from assistant.ui.charts import draw  # Altair is loaded while the page is already there

    dark = st.context.theme.type == "dark"
    for number, chart in enumerate(answer.charts):
        st.altair_chart(draw(chart, dark=dark), width="stretch", key=f"chart-{position}-{number}")


def _choices(answer: Answer, position: int) -> None:
    """Offer the readings of an unclear question as buttons."""
    with st.container(horizontal=True):
        for choice in answer.choices:
            if st.button(choice, key=f"choice-{position}-{choice}"):
                st.session_state.chosen = choice
                st.rerun()


def _proof(answer: Answer, words: Wording) -> None:
    """Show each figure with its formula."""
    with st.expander(words.say("ui.proof", count=len(answer.figures)), icon=_FORMULA):
        rows = [f"| {words.title(figure)} | {words.written(figure)} | {figure.formula} |" for figure in answer.figures]
        header = words.say("ui.proof_header")
        st.markdown(literal("\n".join([header, "| --- | ---: | --- |", *rows])))
