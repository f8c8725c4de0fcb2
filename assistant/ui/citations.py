"""The sources of an answer: each opens to the place in its document, the quote marked."""

import re
from collections.abc import Sequence

import streamlit as st

from assistant.answer import Citation
from assistant.ask import Assistant
from assistant.language.wording import Wording
from assistant.ui.markdown import literal, table
from knowledge import DocumentError, Passage
from knowledge.documents import PATH_SEPARATOR, position_unit

_CELL = re.compile(r"[^|\s](?:[^|\n]*[^|\s])?")
_MARKED = r":orange-background[\g<0>]"
_DOWNLOAD = ":material/download:"


def show_citations(assistant: Assistant, citations: Sequence[Citation], words: Wording, place: str) -> None:
    """List the sources of the answer at some place of the page."""
    with st.container(horizontal=True, gap="small"):
        for citation in citations:
            heading = citation.section.rsplit(PATH_SEPARATOR, 1)[-1]
            label = literal(f"[{citation.marker}] {heading}")
            if st.button(label, key=f"citation-{place}-{citation.marker}"):
                st.dialog(words.say("ui.original"), width="large")(_show_original)(assistant, citation, words)


def _show_original(assistant: Assistant, citation: Citation, words: Wording) -> None:
    """Show the document around a quote and offer the file itself."""
    st.caption(literal(words.say("ui.section", section=citation.section)))
    document = words.say("ui.document", document=citation.document)
    passage = assistant.passage(citation.passage_id)
    if passage is None:
        gone = words.say("ui.gone")
        st.caption(literal(f"{document} · {gone}"))
        st.markdown(_CELL.sub(_MARKED, literal(citation.quote)).replace("\n", "\n\n"))
        return
    place = words.say(f"position.{position_unit(passage.document)}", position=passage.position)
    st.caption(literal(f"{document} · {place}"))
    for neighbour in assistant.around(passage):
        if neighbour.section != citation.section:
            st.caption(literal(neighbour.section))
        st.markdown(_marked(neighbour, citation.quote if neighbour == passage else ""))
    try:
        file = assistant.original(citation.document)
    except DocumentError as error:
        st.caption(literal(str(error)))
        return
    name = words.say("ui.download")
    st.download_button(name, file.read_bytes, citation.document, icon=_DOWNLOAD, on_click="ignore")


def _marked(passage: Passage, quote: str) -> str:
    """Write a passage, the quote in it marked."""
    before, found, after = passage.text.partition(quote) if quote else (passage.text, "", "")
    text = literal(before) + _CELL.sub(_MARKED, literal(found)) + literal(after)
    if not passage.is_table:
        return text.replace("\n", "\n\n")
    lines = text.split("\n")
    caption = [line for line in lines if not line.startswith("|")]
    header, *rows = [line for line in [literal(passage.header), *lines] if line.startswith("|")]
    return "\n".join([*caption, "", table(header, rows)])
