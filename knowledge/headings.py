"""What printed lines tell: headings by numbering (第一章 > 第一节 > 一、 > （一）), captions, and how lines join."""

import re
from collections.abc import Iterable
from functools import reduce

_NUMBERINGS = tuple(
    re.compile(pattern)
    for pattern in (
        r"第[一二三四五六七八九十百]+(?:[章编篇]|部分(?=[\s：:]|$))",
        r"第[一二三四五六七八九十百]+节(?=[\s：:]|$)",
        r"[一二三四五六七八九十]+、",
        r"（[一二三四五六七八九十]+）",
        r"\d{1,2}[、．](?!\d)",
        r"（\d{1,2}）",
        r"[①-⑳]",
    )
)
# That of a chapter; 一、 has the rank of the first style of a heading.
_FIRST_RANK = -1
SUB_RANK = 4
"""The rank of （1）, the first of the numberings inside a section that is numbered otherwise."""

_LONGEST_HEADING = 40
_CAPTION = re.compile(r"([表图])\s*[\d一二三四五六七八九十]+")
_LEFT_OVERS = re.compile(r"\[(?:bookmark|image):[^\]]*\]")
_FIRST_WIDE = "\u2000"


def heading_rank(line: str) -> int | None:
    """Tell how deep a heading stands by its numbering, or None where the line is no heading."""
    if len(line) > _LONGEST_HEADING or line.endswith(("；", ";", "：", "，")) or "。" in line[:-1]:
        return None
    return next((rank for rank, numbering in enumerate(_NUMBERINGS, _FIRST_RANK) if numbering.match(line)), None)


def is_caption(line: str) -> bool:
    """Whether a line is the caption of a table or figure, where one stands beside it."""
    return bool(_CAPTION.match(line))


def is_table_caption(line: str) -> bool:
    """Whether a line is the caption of a table, where one follows."""
    caption = _CAPTION.match(line)
    return caption is not None and caption[1] == "表"


def without_left_overs(text: str) -> str:
    """Take out what a word processor leaves where bookmarks and pictures were."""
    return _LEFT_OVERS.sub("", text)


def join_lines(lines: Iterable[str]) -> str:
    """Put the lines of a paragraph together: with a space between Latin letters or digits, without in Chinese."""
    return reduce(_join, (line for line in lines if line), "")


def _join(before: str, after: str) -> str:
    is_narrow = bool(before) and before[-1] < _FIRST_WIDE and after[0] < _FIRST_WIDE
    return f"{before} {after}" if is_narrow and before[-1] not in "-/" else before + after
