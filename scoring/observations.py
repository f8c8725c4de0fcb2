"""Observations: the raw value and the score of each indicator, by unit and year, with the place each comes from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.definition import IndexDefinition

Grid = NDArray[np.float64]
Key = tuple[str, int, str]
Period = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Observation:
    """What is known of one indicator in one unit and year. `raw_text` and `score_text` keep the decimals as printed."""

    unit: str
    year: int
    indicator: str
    raw: float | None = None
    score: float | None = None
    raw_text: str = ""
    score_text: str = ""
    raw_section: str = ""
    score_section: str = ""


@dataclass(frozen=True, eq=False)
class Observations:
    """All observations: a row for each unit and year, a column for each indicator of the definition.

    Attributes
    ----------
    indicators : tuple of str
        The columns, by id.
    units : tuple of str
        The units, in the order in which they first appear.
    unit_codes, years : ndarray of int, shape (rows,)
        The unit (its place in `units`) and the year of each row; sorted by unit, then by year.
    raw, score : ndarray, shape (rows, indicators), or None
        NaN where nothing is known; None where nothing of the kind is known at all.
    printed : mapping
        The cells of which more is known than the value: decimals, section.
    """

    indicators: tuple[str, ...]
    units: tuple[str, ...]
    unit_codes: NDArray[np.int32]
    years: NDArray[np.int32]
    raw: Grid | None
    score: Grid | None
    printed: Mapping[Key, Observation] = field(default_factory=dict[Key, Observation])

    @classmethod
    def of(cls, definition: IndexDefinition, found: Iterable[Observation]) -> "Observations":
        """Lay out single observations, one a unit, year and indicator."""
        cells = list(found)
        units = {unit: code for code, unit in enumerate(dict.fromkeys(cell.unit for cell in cells))}
        periods = sorted({(units[cell.unit], cell.year) for cell in cells})
        rows = {period: row for row, period in enumerate(periods)}
        columns = {node.id: column for column, node in enumerate(definition.indicators)}
        raw, score = np.full((2, len(rows), len(columns)), np.nan)
        for cell in cells:
            place = rows[units[cell.unit], cell.year], columns[cell.indicator]
            raw[place] = np.nan if cell.raw is None else cell.raw
            score[place] = np.nan if cell.score is None else cell.score
        codes, years = np.array(periods, dtype=np.int32).reshape(-1, 2).T
        printed = {(cell.unit, cell.year, cell.indicator): cell for cell in cells if _says_more(cell)}
        return cls(tuple(columns), tuple(units), codes, years, raw, score, printed)

    @classmethod
    def from_arrays(
        cls,
        definition: IndexDefinition,
        units: Sequence[str],
        years: Sequence[int] | NDArray[np.integer[Any]],
        *,
        raw: Grid | None = None,
        score: Grid | None = None,
    ) -> "Observations":
        """Take whole tables: a row for each unit and year, a column for each indicator in the order of the definition.

        The arrays are not copied when the rows come sorted by unit (each in one run) and year.
        """
        names, codes = _codes(units)
        when = np.asarray(years, dtype=np.int32)
        indicators = tuple(node.id for node in definition.indicators)
        raw, score = (None if grid is None else np.asarray(grid, dtype=np.float64) for grid in (raw, score))
        for grid in (raw, score):
            if grid is not None and grid.shape != (len(when), len(indicators)):
                raise ValueError(f"expected shape {(len(when), len(indicators))}, got {grid.shape}")
        order = np.lexsort((when, codes))
        if not np.array_equal(order, np.arange(len(order))):
            codes, when = codes[order], when[order]
            raw, score = (None if grid is None else grid[order] for grid in (raw, score))
        if ((np.diff(codes) == 0) & (np.diff(when) == 0)).any():
            raise ValueError("a unit and year stand in two rows")
        return cls(indicators, names, codes, when, raw, score)

    @cached_property
    def periods(self) -> list[Period]:
        """The (unit, year) pairs of the rows."""
        pairs = zip(self.unit_codes.tolist(), self.years.tolist(), strict=True)
        return [(self.units[code], year) for code, year in pairs]

    @cached_property
    def rows(self) -> dict[Period, int]:
        """The row of each unit and year."""
        return {period: row for row, period in enumerate(self.periods)}

    def find(self, unit: str, year: int, indicator: str) -> Observation | None:
        """Give what is known of one indicator in one unit and year, or None where nothing is."""
        key = (unit, year, indicator)
        row = self.rows.get((unit, year))
        if key in self.printed or row is None or indicator not in self.indicators:
            return self.printed.get(key)
        column = self.indicators.index(indicator)
        raw, score = (_known(grid, row, column) for grid in (self.raw, self.score))
        if raw is None and score is None:
            return None
        return Observation(unit, year, indicator, raw, score, _shortest(raw), _shortest(score))

    def cells(self) -> Iterator[Observation]:
        """Yield every cell of which something is known, row by row."""
        for row in range(len(self.years)):
            yield from self.cells_of(row)

    def cells_of(self, row: int) -> Iterator[Observation]:
        """Yield every cell of a row of which something is known."""
        unit, year = self.periods[row]
        for indicator in self.indicators:
            found = self.find(unit, year, indicator)
            if found is not None:
                yield found


def _codes(units: Sequence[str]) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    places: dict[str, int] = {}
    codes = np.fromiter((places.setdefault(unit, len(places)) for unit in units), np.int32, len(units))
    return tuple(places), codes


def _known(grid: Grid | None, row: int, column: int) -> float | None:
    value = np.nan if grid is None else float(grid[row, column])
    return None if np.isnan(value) else value


def _shortest(value: float | None) -> str:
    return "" if value is None else repr(value).removesuffix(".0")


def _says_more(cell: Observation) -> bool:
    texts = (cell.raw_text, cell.score_text)
    plain = (_shortest(cell.raw), _shortest(cell.score))
    return any(text not in ("", bare) for text, bare in zip(texts, plain, strict=True)) or bool(
        cell.raw_section or cell.score_section
    )
