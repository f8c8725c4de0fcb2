"""Text of documents, questions and files as the page may show it."""

import re
from collections.abc import Sequence

_MARKUP = re.compile(r"[\[\]<$~`\\]|(?<!\*)\*(?!\*)|(?<![^\W_])_|_(?![^\W_])|:(?=//)")


def literal(text: str) -> str:
    """Keep what would read as links, pictures, HTML, code, mathematics or struck out; bold, lists and tables stay."""
    return _MARKUP.sub(r"\\\g<0>", text)


def table(header: str, rows: Sequence[str]) -> str:
    """Write rows, cells between bars, as a table."""
    rule = "| " + " | ".join(["---"] * (header.count("|") - 1)) + " |"
    return "\n".join([header, rule, *rows])
