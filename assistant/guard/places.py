"""Where a number stands in a text: in which sentence, behind which names and years, in what context."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from assistant.evidence import COUNTED_FROM, NUMBER, SENTENCE, YEAR
from assistant.guard.tables import ENTITY, NAME, unit_heading
from assistant.language.motion import CAUSING, MOVES

_SINCE = re.compile(r"年?(?:以来|起)")
_CLAUSE_END = re.compile(r"[，,；;]")
_WEIGHED = re.compile(
    r"(?:占|对)\s?⟦[^⟧]*⟧的(?:权重|贡献率|贡献)(?:均?为)?|占\s?⟦[^⟧]*⟧的?(?=\s?\d|$)|weight in ⟦[^⟧]*⟧"
    rf"|在\s?⟦[^⟧]*⟧(?:之?[中内里]|当中|内部)的?(?=占|权重|比重)|{CAUSING}⟦[^⟧]*⟧(?={MOVES}$)"
    r"|(?:贡献|带来|占)了?⟦[^⟧]*⟧(?=的?(?:[升降增涨跌]幅|上升|下降|增长|变化)的?)",
    re.IGNORECASE,
)
_RUN = re.compile(r"((?:⟦[^⟧]*⟧(?:、|和|与|以及|, (?:and )?| and )(?:the )?)+)⟦([^⟧]*)⟧[^⟦⟧]*$")
_RESPECTIVELY = re.compile(
    r"(?P<nodes>(?:⟦[^⟧]*⟧(?:、|和|与|以及|, (?:and )?| and ))+⟦[^⟧]*⟧)[^⟦⟧。；;]{0,12}分别"
    r"(?:[^⟦⟧。；;]|⟦[^⟧]*⟧(?=\s?\d))*$"
)
TOWARDS = re.compile(r"(?:对|\bto )⟦[^⟧]*⟧(?=\s?(?:[-+]\d|$))")
_SUPPOSED = re.compile(r"假[设如]|如果|若|要是|倘|Suppose|If\b")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"(?<![\w⟦-])[A-Za-z]+(?![\w⟧-])")


class Context(NamedTuple):
    """What a text speaks of where a sentence begins.

    Attributes
    ----------
    earlier : sequence of str
        The nodes named before, in order.
    topic : str or None
        The node that the paragraph is about.
    years : frozenset of int
        The years named before in what a semicolon cut in two.
    entities : sequence of str
        The marks of the two scored units named last, in order.
    """

    earlier: Sequence[str] = ()
    topic: str | None = None
    years: frozenset[int] = frozenset()
    entities: Sequence[str] = ()


@dataclass(frozen=True)
class Place:
    """Where a number stands.

    Attributes
    ----------
    sentence : str
        With a mark for each name.
    start, end : int
        Where the number begins and ends in the sentence.
    context : Context
        What was spoken of before.
    """

    sentence: str
    start: int
    end: int
    context: Context

    @cached_property
    def before(self) -> str:
        """The sentence up to the number."""
        return self.sentence[: self.start]

    @cached_property
    def subject(self) -> str:
        """The same without the whole that a part is weighed in."""
        return TOWARDS.sub("", _WEIGHED.sub("", self.before))

    @cached_property
    def names(self) -> list[str]:
        """The nodes named before the number, without that whole; of those that numbers follow respectively, its own."""
        if "分别" in self.before and (listed := _RESPECTIVELY.search(self.before)):
            nodes = NAME.findall(listed["nodes"])
            place = len(NUMBER.findall(YEAR.sub("", NAME.sub("", self.before[listed.end("nodes") :]))))
            return [nodes[min(place, len(nodes) - 1)]]
        return NAME.findall(self.subject)

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that the sentence names, or the half before it."""
        return years_of(self.sentence) or self.context.years

    @cached_property
    def is_supposed(self) -> bool:
        """Whether the sentence tells what would be."""
        return bool(_SUPPOSED.match(self.sentence.lstrip()))

    @property
    def is_cell(self) -> bool:
        """Whether the sentence is a cell of a table with its headings."""
        return self.sentence.startswith("| ")

    @cached_property
    def is_chinese(self) -> bool:
        """Whether the sentence is Chinese; an English one may hold Chinese names of levels and places."""
        return len(_HAN.findall(self.sentence)) > len(_LATIN_WORD.findall(self.sentence))

    @cached_property
    def clause(self) -> str:
        """The clause up to the number."""
        return _CLAUSE_END.split(self.before)[-1]


# Several claims are looked for in the sentences of the same text.
@lru_cache(8)
def sentences(plain: str) -> Sequence[tuple[re.Match[str], Context]]:
    """List the sentences, each with what was spoken of before."""
    return tuple(_sentences(plain))


def _sentences(plain: str) -> Iterator[tuple[re.Match[str], Context]]:
    context, is_open, end = Context(), True, 0
    for match in SENTENCE.finditer(plain):
        gap = plain[end : match.start()]
        names = NAME.findall(match[0])
        is_open = is_open or "\n\n" in gap
        if names and is_open:
            context, is_open = context._replace(topic=names[0]), False
        if gap not in ("；", ";"):
            context = context._replace(years=frozenset())
        end = match.end()
        yield match, context
        years = years_of(match[0]) or context.years
        context = context._replace(earlier=(*context.earlier, *names), years=years)
        if heading := unit_heading(match[0]):
            context = context._replace(entities=(heading,))  # what stands under the name of a unit is of it alone
        elif entities := ENTITY.findall(match[0]):
            latest = list(dict.fromkeys(reversed((*context.entities, *entities))))[:2]
            context = context._replace(entities=latest[::-1])


def years_of(text: str) -> frozenset[int]:
    """List the years that a text names."""
    return frozenset(map(int, YEAR.findall(text)))


def ends_of(text: str) -> frozenset[int]:
    """List the years that a text names, but for those that it counts from."""
    return frozenset(
        int(year[0])
        for year in YEAR.finditer(text)
        if not COUNTED_FROM.search(text[: year.start()]) and not _SINCE.match(text, year.end())
    )


def joined_names(before: str) -> list[str]:
    """List the nodes that are named together at the end of some words; none where one stands alone."""
    run = _RUN.search(before)
    return [*NAME.findall(run[1]), run[2]] if run else []
