"""What a text names, and which kind of question it resembles once the names are masked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.intent.naming import beside_suppliers, ends_another_name
from assistant.language.phrasings import Phrasings
from assistant.names.mention import NODE, SOURCE, Mention, mask
from assistant.names.mentions import Names
from assistant.names.unnamed import with_unnamed


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it was read.

    Attributes
    ----------
    plain, masked : str
        The normalised text, and the same with its names masked.
    mentions : sequence of Mention
        What it names, in order.
    kind, likeness : str, float
        The kind of question that it resembles most, and how much, 0..1.
    excludes : bool
        Whether the data of all but the suppliers that it names are meant.
    """

    plain: str
    masked: str
    mentions: Sequence[Mention]
    kind: str
    likeness: float
    excludes: bool = False

    @property
    def named(self) -> set[str]:
        """What sorts of things it names."""
        return {mention.what for mention in self.mentions}


def read(plain: str, mentions: Sequence[Mention], names: Names, phrasings: Phrasings) -> Reading:
    """Read a text that names some things.

    Names inside other words or the title of a document do not count, nor those of the whole beside its suppliers.
    """
    reading = _masked(plain, mentions, phrasings)
    of_persons = [found.span() for found in phrasings.personal.finditer(plain)]
    units = [found.span() for found in names.per_what.finditer(plain)]
    titles = [found.span() for found in phrasings.titles.finditer(plain)]
    inside = [
        m
        for m in mentions
        if any(start < m.end and m.start < end for start, end in of_persons)
        or any(start <= m.start and m.end <= end for start, end in (*units, *titles))
        or ends_another_name(m, mentions, reading.kind, plain, phrasings)
    ]
    if inside:
        reading = _masked(plain, [mention for mention in mentions if mention not in inside], phrasings)
    reading = _of_suppliers(reading, phrasings)
    more = reading.mentions
    if not of_persons:
        more = with_unnamed(plain, reading.masked, reading.mentions, reading.kind, names, phrasings)
    if more != reading.mentions:
        reading = _masked(plain, more, phrasings)
    named = reading.named
    reading = replace(reading, excludes=SOURCE in named and bool(phrasings.excluding.search(reading.masked)))
    if SOURCE in named and NODE not in named and not of_persons and not beside_suppliers(reading.masked, phrasings):
        return replace(reading, kind="source", likeness=1.0, masked=SOURCE)
    return reading


def _masked(plain: str, mentions: Sequence[Mention], phrasings: Phrasings) -> Reading:
    masked = mask(plain, mentions)
    [(kind, likeness), *_] = phrasings.rank(masked)
    return Reading(plain, masked, mentions, kind, likeness)


def _of_suppliers(reading: Reading, phrasings: Phrasings) -> Reading:
    """Leave out words for the whole index, where no other node is named, beside suppliers of data."""
    nodes = [mention for mention in reading.mentions if mention.what == NODE]
    wholes = [mention for mention in nodes if mention.text in phrasings.whole]
    if SOURCE not in reading.named or not wholes or len(wholes) < len(nodes):
        return reading
    rest = [mention for mention in reading.mentions if mention not in wholes]
    masked = mask(_without(reading.plain, wholes), rest)
    return reading if beside_suppliers(masked, phrasings) else replace(reading, mentions=rest, masked=masked)


def _without(text: str, mentions: Sequence[Mention]) -> str:
    """Blank out what some mentions take up, so that all else stays in its place."""
    for mention in mentions:
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    return text
