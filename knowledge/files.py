"""Files as they lie on the disk: their names and their text."""

import os
import unicodedata
from pathlib import Path

from knowledge.errors import DocumentError

# Control and format characters, halves of characters, and what ends a line or paragraph.
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_ENCODINGS = ("utf-8-sig", "gb18030")


def name_of(path: Path) -> str:
    """Give the name of a file as text on one line, also where its bytes are none."""
    return printable(os.fsencode(path.name).decode(errors="replace"))


def printable(text: str) -> str:
    """Replace what would break a line or turn its direction."""
    return "".join("\ufffd" if unicodedata.category(c) in _UNPRINTABLE else c for c in text)


def read_text(path: Path) -> str:
    """Read a text file in UTF-8, with or without a byte order mark, or GB18030; lines end as in Unix.

    Raises
    ------
    DocumentError
        It is in neither.
    """
    content = path.read_bytes()
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise DocumentError(f"{name_of(path)}：不是 UTF-8 或 GB18030 编码的文本文件")
