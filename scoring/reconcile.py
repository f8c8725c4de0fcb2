"""Printed against recomputed: every figure that a publication prints, and whether ours rounds to it."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from scoring.definition import IndexDefinition, Node
from scoring.errors import ObservationError, Problem, ScoringError
from scoring.index import IndexResult
from scoring.rounding import LARGEST, round_half_up
from scoring.table import parse_year, read_table

_MOST_DECIMALS = 9


@dataclass(frozen=True, slots=True)
class Published:
    """A printed score, the section that prints it, the words it stands in, and the name it bears there if another."""

    unit: str
    year: int
    node: Node
    printed: Decimal
    section: str = ""
    printed_as: str = ""
    printed_for: str = ""

    @property
    def decimals(self) -> int:
        """How many decimals are printed."""
        return max(0, -int(self.printed.as_tuple().exponent))

    def agrees_with(self, score: float) -> bool:
        """Whether a score, rounded half up to the decimals printed, is the printed one."""
        return self.rounded(score) == self.printed

    def rounded(self, score: float) -> Decimal:
        """Round a score half up to the decimals printed."""
        return round_half_up(score, self.decimals)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A printed score beside ours; `rounded` has the decimals that were printed."""

    published: Published
    recomputed: float
    rounded: Decimal

    @property
    def agrees(self) -> bool:
        """Whether ours, rounded half up to the decimals printed, is the printed one."""
        return self.rounded == self.published.printed


def read_published(path: Path, definition: IndexDefinition) -> tuple[Published, ...]:
    """Read printed figures: `unit,year,node,score` and, optional, `section,printed_as,printed_for`.

    A missing file prints nothing.

    Raises
    ------
    ObservationError
        Anything is wrong with the file; all of it is named at once.
    """
    if not path.exists():
        return ()
    table = read_table(path)
    table.require("year", "node", "score")
    figures: list[Published] = []
    problems: list[Problem] = []
    for row in table.rows:
        try:
            figures.append(
                Published(
                    unit=table.value(row, "unit") or definition.default_unit,
                    year=parse_year(table.value(row, "year")),
                    node=definition.find(table.value(row, "node")),
                    printed=_printed(table.value(row, "score")),
                    section=table.value(row, "section"),
                    printed_as=table.value(row, "printed_as"),
                    printed_for=_known_name(table.value(row, "printed_for"), definition),
                )
            )
        except (ScoringError, ValueError) as error:
            problems.append(Problem(f"第{row.number}行", str(error)))
    if problems:
        raise ObservationError(path.name, problems)
    return tuple(figures)


def _known_name(name: str, definition: IndexDefinition) -> str:
    if name:
        definition.find(name)
    return name


def _printed(text: str) -> Decimal:
    try:
        printed = Decimal(text)
    except InvalidOperation:
        printed = Decimal("NaN")
    if (
        not printed.is_finite()
        or abs(printed) >= Decimal(LARGEST)
        or int(printed.as_tuple().exponent) < -_MOST_DECIMALS
    ):
        raise ValueError(f"score 列的“{text}”不是一个数")
    return printed


def reconcile(result: IndexResult, published: tuple[Published, ...]) -> tuple[Reconciled, ...]:
    """Set each printed figure beside the recomputed one.

    Raises
    ------
    UnknownYearError, UnknownUnitError
        A figure is printed for a unit or year that the data do not hold.
    """
    rows: list[Reconciled] = []
    for figure in published:
        score = result.score(figure.node.id, figure.year, figure.unit)
        rows.append(Reconciled(figure, score, figure.rounded(score)))
    return tuple(rows)
