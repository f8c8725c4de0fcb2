"""A text file as offices hand it over: UTF-8 with or without BOM, or GB18030."""

from pathlib import Path


def read_text(path: Path) -> str:
    """Read a text file, trying UTF-8 first.

    Raises
    ------
    OSError
        The file cannot be read.
    UnicodeDecodeError
        It is in neither encoding.
    """
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")
