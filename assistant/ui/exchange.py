"""A question with its answer: the text, and behind it its charts, quotations and formulas."""

import streamlit as st

from assistant.answer import Answer, Status
from assistant.ask import Assistant
from assistant.dialogue.conversation import Conversation
from assistant.language.wording import Wording, wording
from assistant.llm.model import Engine
from assistant.ui.citations import show_citations
from assistant.ui.markdown import literal
from assistant.usage import Usage
from knowledge import KnowledgeError
from scoring import display

USER, ASSISTANT, WARNING = (f":material/{name}:" for name in ("person", "eco", "warning"))
_OFFLINE, _FORMULA = ":material/difference:", ":material/calculate:"


def show_exchange(assistant: Assistant, conversation: Conversation, position: int) -> None:
    """Show the exchange at some position of a conversation."""
    answer, beside = conversation.exchanges[position].answer, conversation.exchanges[position].beside
    words = wording(answer.language)
    with st.chat_message("user", avatar=USER):
        st.text(answer.question)
    with st.chat_message("assistant", avatar=ASSISTANT):
        st.markdown(literal(answer.text))
        if answer.engine == Engine.LLM:
            st.caption(words.say("ui.by_model"))
        if answer.usage:
            st.caption(_spent(answer.usage, answer.elapsed_ms, words))
        _charts(answer, words, position)
        if answer.status is Status.CLARIFY:
            _choices(answer, position)
        _grounds(assistant, answer, words, f"{position}")
        if beside is None and answer.engine == Engine.LLM:
            _offer_comparison(assistant, conversation, position, words)
    if beside is not None:
        with st.chat_message("assistant", avatar=_OFFLINE):
            st.caption(words.say("ui.beside"))
            st.markdown(literal(beside.text))
            _grounds(assistant, beside, words, f"{position}-beside")


def _offer_comparison(assistant: Assistant, conversation: Conversation, position: int, words: Wording) -> None:
    """Offer to see the offline engine's answer beside a model's."""
    if not st.button(words.say("ui.compare"), key=f"compare-{position}", type="tertiary"):
        return
    question = conversation.exchanges[position].question
    try:
        answer = assistant.ask(question, conversation.before(position), Engine.OFFLINE)
    except KnowledgeError as error:
        st.error(literal(str(error)), icon=WARNING)
        return
    conversation.lay_beside(position, answer)
    st.rerun()


def _grounds(assistant: Assistant, answer: Answer, words: Wording, place: str) -> None:
    if answer.citations:
        show_citations(assistant, answer.citations, words, place)
    if answer.figures:
        _proof(answer, words)


def _spent(usage: Usage, elapsed_ms: float, words: Wording) -> str:
    """Tell what the model took."""
    key = "ui.spent_uncounted" if usage.input_tokens is None else "ui.spent"
    seconds = display(elapsed_ms / 1000, 1)
    return words.say(key, calls=usage.calls, read=usage.input_tokens, written=usage.output_tokens, seconds=seconds)


def _charts(answer: Answer, words: Wording, position: int) -> None:
    if not answer.charts:
        return
    from assistant.ui.charts import draw  # Altair is loaded while the page is already there

    dark = st.context.theme.type == "dark"
    for number, chart in enumerate(answer.charts):
        st.markdown(f"**{literal(chart.title)}**")
        unit = words.unit(chart.figures[0].measure_unit)
        st.altair_chart(draw(chart, unit=unit, dark=dark), width="stretch", key=f"chart-{position}-{number}")


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
