"""Files as they lie on the disk: their names and their text."""

import os
from pathlib import Path

from knowledge.errors import DocumentError

_ENCODINGS = ("utf-8-sig", "gb18030")


def name_of(path: Path) -> str:
    """Give the name of a file as text, also where its bytes are none."""
    return os.fsencode(path.name).decode(errors="replace")


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
