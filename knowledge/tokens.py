"""How text is cut for searching: words of Latin letters and digits, labels of tables and figures, Chinese bigrams."""

import re
import unicodedata

_RUN = re.compile(
    r"(?P<label>[表图]\s*\d+)|(?P<word>[a-z0-9]+(?:\.\d+)*)|(?P<han>[\u3400-\u9fff]+?(?=[表图]\s*\d|[^\u3400-\u9fff]|$))"
)
_LABEL = re.compile(r"[表图]\s*\d+")


def fold(text: str) -> str:
    """Fold width and case away."""
    return unicodedata.normalize("NFKC", text).casefold()


def tokens(text: str) -> list[str]:
    """Cut a text into search tokens; a run of Chinese gives its bigrams, a single character itself."""
    found: list[str] = []
    for run in _RUN.finditer(fold(text)):
        if run.lastgroup == "han":
            characters = run[0]
            found += [characters[i : i + 2] for i in range(max(1, len(characters) - 1))]
        else:
            found.append("".join(run[0].split()))
    return found


def index_tokens(text: str) -> list[str]:
    """Cut a text to be indexed: its search tokens, and each Chinese character, so that one alone can be found."""
    return [*tokens(text), *(character for character in text if "\u3400" <= character <= "\u9fff")]


def labels(text: str) -> set[str]:
    """Find the tables and figures that a text names, as `表2`."""
    return {"".join(label.split()) for label in _LABEL.findall(fold(text))}


def is_caption(line: str) -> bool:
    """Whether a line is the caption of a table or figure."""
    return bool(_LABEL.match(fold(line)))
