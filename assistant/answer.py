"""The types that everything in the assistant hands on: figures, citations, charts, answers."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from assistant.usage import Usage
from scoring import display


class Kind(StrEnum):
    """What a figure is."""

    SCORE = "score"
    PRINTED = "printed"
    RAW = "raw"
    CHANGE = "change"
    DIFFERENCE = "difference"
    CONTRIBUTION = "contribution"
    SHARE = "share"
    WEIGHT = "weight"
    COUNT = "count"
    SCENARIO = "scenario"
    TARGET = "target"
    RANK = "rank"
    MEAN = "mean"


_SIGNED = {Kind.CHANGE, Kind.CONTRIBUTION}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its proof.

    Attributes
    ----------
    node, node_id : str
        What the figure is of.
    kind : Kind
    value : float
        Unrounded.
    decimals : int
        To be shown; a raw value keeps those it was printed with.
    measure_unit : str
        As the index writes it: `分`, `%`, `微克/立方米`; empty for a bare number.
    formula : str
        How the value came about, in words that a reader can follow.
    year, base_year : int or None
        The year it holds for; for a change, also the year it counts from.
    within : str or None
        For a contribution, share or weight: the id of the node it is part of; for a difference, the other node.
    unit : str
        The scored entity, where there are several.
    other_unit : str
        For a gap between two of them, or a part of it: the one it is counted from.
    members : tuple of str
        For a count of nodes: their ids.
    """

    node: str
    node_id: str
    kind: Kind
    value: float
    formula: str
    measure_unit: str = ""
    decimals: int = 2
    year: int | None = None
    base_year: int | None = None
    within: str | None = None
    unit: str = ""
    other_unit: str = ""
    members: tuple[str, ...] = ()

    @property
    def display(self) -> str:
        """The value as a reader sees it; changes and contributions carry their sign."""
        return display(self.value, self.decimals, signed=self.kind in _SIGNED)

    @property
    def magnitude(self) -> str:
        """The value as a reader sees it, without its sign."""
        return display(abs(self.value), self.decimals)

    @property
    def direction(self) -> int:
        """1 for a rise, -1 for a fall, 0 for what shows as zero."""
        shown = float(display(self.value, self.decimals))
        return (shown > 0) - (shown < 0)

    def record(self) -> dict[str, Any]:
        """Give the figure as JSON; a `unit` only where there are several."""
        record: dict[str, Any] = {
            "node": self.node,
            "node_id": self.node_id,
            "year": self.year,
            "kind": self.kind.value,
            "value": self.value,
            "display": self.display,
            "measure_unit": self.measure_unit,
            "formula": self.formula,
        }
        if self.base_year is not None:
            record["base_year"] = self.base_year
        if self.within is not None:
            record["within"] = self.within
        if self.unit:
            record["unit"] = self.unit
        return record


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage that backs the text where `[marker]` stands; `quote` is an exact substring of it."""

    marker: int
    document: str
    section: str
    quote: str
    passage_id: str


class Point(NamedTuple):
    """One point of a text that was drafted.

    Attributes
    ----------
    part, text : str
        In which part it stands, and what it says without markers.
    is_added : bool
        Whether it was added to what the text was first asked for.
    number : int
        Of which numbered point of the text it is part; 0 where they have no numbers.
    """

    part: str
    text: str
    is_added: bool = False
    number: int = 0


class ChartKind(StrEnum):
    """How figures are drawn."""

    WATERFALL = "waterfall"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures to be drawn.

    A waterfall holds the score at the start, the contributions, and the score at the end; a line holds scores by year.
    """

    kind: ChartKind
    title: str
    figures: tuple[Figure, ...]


class Status(StrEnum):
    """Whether a question was answered, turned down, or must be made clearer."""

    ANSWER = "answer"
    REFUSE = "refuse"
    CLARIFY = "clarify"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with all its proof.

    `choices` are the questions a clarifying answer offers; `found` are the ids of the nodes at the head of a ranking,
    `found_years` the years that only the data tell, as that of the highest score, `leaders` the units at the head of
    theirs, `named` the ids of all that the answer means to speak of; `years` are those that the question was understood
    to name, whether the data hold them or not; `statements` is what its text says in words that may not be altered;
    `points` are what a drafted text is made up of;
    `usage` is what a model took, also where its answer did not stand.
    """

    question: str
    language: str
    status: Status
    text: str
    figures: tuple[Figure, ...] = ()
    citations: tuple[Citation, ...] = ()
    warnings: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    choices: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    found_years: tuple[int, ...] = ()
    leaders: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    statements: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    engine: str = "offline"
    usage: Usage | None = None
    elapsed_ms: float = 0.0

    def record(self) -> dict[str, Any]:
        """Give the answer as JSON."""
        return {
            "question": self.question,
            "status": self.status.value,
            "answer": self.text,
            "figures": [figure.record() for figure in self.figures],
            "citations": [asdict(citation) for citation in self.citations],
            "warnings": list(self.warnings),
            "choices": list(self.choices),
            "engine": self.engine,
            "usage": self.usage and self.usage.record(),
            "elapsed_ms": round(self.elapsed_ms, 1),
        }
