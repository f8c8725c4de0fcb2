"""The styles of a Word file, as far as they tell headings, contents and hidden text."""

import re
from collections.abc import Iterator

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_VAL = qn("w:val")
_OFF = {"0", "false", "off"}
_BODY_TEXT = 9
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE_NAME = re.compile(r"title|标题", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|目录)\s*(?:[1-9]|heading|标题)|table of figures|图表目录", re.IGNORECASE)


def value(parent: BaseOxmlElement | None, *names: str) -> str | None:
    """Give `w:val` of the element that `names` lead down to, or None where there is none."""
    for name in names:
        parent = None if parent is None else parent.find(qn(name))
    return None if parent is None else parent.get(_VAL)


def number(parent: BaseOxmlElement | None, *names: str) -> int | None:
    """Give `w:val` as a number, or None where there is none."""
    text = value(parent, *names) or ""
    return int(text) if re.fullmatch(r"[+-]?\d{1,9}", text) else None


def is_on(parent: BaseOxmlElement | None, name: str) -> bool | None:
    """Whether a property is switched on, or None where nothing is said."""
    element = None if parent is None else parent.find(qn(name))
    return None if element is None else element.get(_VAL, "1") not in _OFF


class Styles:
    """The styles of a document; a paragraph's or run's own properties go before those of its style."""

    def __init__(self, root: BaseOxmlElement | None):
        self._styles: dict[str, BaseOxmlElement] = {}
        self._default: str | None = None
        for style in () if root is None else root.findall(qn("w:style")):
            name = style.get(qn("w:styleId"), "")
            self._styles[name] = style
            if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default"), "0") not in _OFF:
                self._default = name

    def of(self, paragraph: BaseOxmlElement) -> list[BaseOxmlElement]:
        """Give the styles of a paragraph, its own first, then those it is based on."""
        return list(self.chain(value(paragraph, "w:pPr", "w:pStyle") or self._default))

    def chain(self, name: str | None) -> Iterator[BaseOxmlElement]:
        """Go from a style to those it is based on."""
        seen: set[str] = set()
        while name is not None and name not in seen and (style := self._styles.get(name)) is not None:
            seen.add(name)
            yield style
            name = value(style, "w:basedOn")

    def heading_rank(self, paragraph: BaseOxmlElement) -> int | None:
        """Tell the level of a heading by outline level or style name; a title is 0, what is no heading None."""
        level = number(paragraph, "w:pPr", "w:outlineLvl")
        if level is not None:
            return level + 1 if 0 <= level < _BODY_TEXT else None
        for style in self.of(paragraph):
            level = number(style, "w:pPr", "w:outlineLvl")
            if level is not None:
                return level + 1 if 0 <= level < _BODY_TEXT else None
            name = value(style, "w:name") or ""
            if heading := _HEADING_NAME.fullmatch(name):
                return int(heading[1])
            if _TITLE_NAME.fullmatch(name):
                return 0
        return None

    def is_contents(self, paragraph: BaseOxmlElement) -> bool:
        """Whether a paragraph belongs to a table of contents."""
        return any(_CONTENTS_NAME.fullmatch(value(style, "w:name") or "") for style in self.of(paragraph))

    def hides(self, run: BaseOxmlElement, paragraph: BaseOxmlElement) -> bool:
        """Whether a run is hidden text."""
        properties = run.find(qn("w:rPr"))
        hidden = is_on(properties, "w:vanish")
        if hidden is None:
            styles = [*self.chain(value(properties, "w:rStyle")), *self.of(paragraph)]
            said = (is_on(style.find(qn("w:rPr")), "w:vanish") for style in styles)
            hidden = next((answer for answer in said if answer is not None), False)
        return hidden
