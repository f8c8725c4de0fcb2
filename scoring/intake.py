"""A new year comes in: everything wrong with it is named, and what it would change is shown, before it is kept."""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scoring.curves import Curves, fit_curves
from scoring.definition import IndexDefinition, Node
from scoring.errors import ObservationError, Problem
from scoring.index import IndexResult, compute
from scoring.observation_files import Reading, Value, check, read_file
from scoring.observations import Observation, Observations
from scoring.rounding import display, exact

# A value so many times above all others of its indicator, or below them, is suspected of a wrong unit or point;
# where little is known of the indicator, much more is let through.
_FAR, _FAR_FROM_FEW, _FEW = 3, 30, 3

# A score and a raw value beside it that earns another, by more points than rounding explains, contradict each other.
_CONTRADICTION = 1.0

_MIX_UPS = {2: "比例与百分数", 3: "毫克与微克", 4: "吨与万吨", 6: "克与吨"}

# Less is float noise of adding up in another order.
_UNCHANGED = 1e-12


@dataclass(frozen=True, slots=True)
class Change:
    """What an intake does to one node in one unit and year; None where there is no score."""

    node: Node
    unit: str
    year: int
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Intake:
    """What a file would do.

    `lost` are the observations with a raw value that a replaced year no longer holds; `observations` is the whole
    dataset with the file, None where there are problems.
    """

    problems: tuple[Problem, ...]
    changes: tuple[Change, ...] = ()
    lost: tuple[Observation, ...] = ()
    observations: Observations | None = None


def assess(
    definition: IndexDefinition,
    current: Observations,
    path: Path,
    *,
    values: Value = "raw",
    year: int | None = None,
    unit: str = "",
    replace: bool = False,
    accept_suspected: bool = False,
) -> Intake:
    """Read a file of new observations and tell what is wrong with it, or what it would change.

    Parameters
    ----------
    year, unit : optional
        Stand in where the file has no such column; `year` otherwise picks the rows of that year.
    replace : bool
        Whether a unit and year that is there already may be replaced, as a whole.
    accept_suspected : bool
        Whether values far from all others of their indicator are taken as meant.

    Raises
    ------
    ObservationError
        The file is no table with the columns needed.
    """
    reading = read_file(path, definition, values, year=year, unit=unit)
    new = reading.observations(definition)
    arriving = set(new.periods)
    kept = (cell for cell in current.cells() if (cell.unit, cell.year) not in arriving)
    merged = Observations.of(definition, [*kept, *new.cells()])
    problems = [*reading.problems, *check(reading, definition, merged)]
    if not replace:
        problems.extend(_already_there(reading, current))
    if not accept_suspected:
        problems.extend(_new_units(reading, current))
        problems.extend(_suspected(reading, definition, current))
        problems.extend(_contradictions(reading, definition, merged))
    if not problems:
        try:
            before, after = compute(definition, current), compute(definition, merged)
        except ObservationError as error:
            problems.extend(error.problems)
        else:
            return Intake((), tuple(_changes(before, after)), tuple(_lost(current, merged)), merged)
    return Intake(tuple(problems))


def _already_there(reading: Reading, current: Observations) -> Iterator[Problem]:
    told: set[tuple[str, int]] = set()
    for (unit, year, _), given in reading.given.items():
        if (unit, year) in current.rows and (unit, year) not in told:
            told.add((unit, year))
            yield Problem(given.entry.address("indicator"), f"{unit}{year}年已有数据；确要整年替换请加 --replace")


def _suspected(reading: Reading, definition: IndexDefinition, current: Observations) -> Iterator[Problem]:
    """Suspect a wrong unit where a value is far from all that its indicator has been in that unit, or anywhere."""
    history = _history(current, fit_curves(definition, current))
    for (unit, year, indicator), given in reading.given.items():
        node = definition.nodes[indicator]
        cell = given.observation
        for kind, value, text in (("raw", cell.raw, cell.raw_text), ("score", cell.score, cell.score_text)):
            known = history.get((kind, indicator, unit)) or history.get((kind, indicator, ""), [])
            message = "" if value is None or not known else _mix_up(value, known, node, kind)
            if message:
                name = f"{year}年{node.name}的{'原始值' if kind == 'raw' else '得分'} {text}"
                yield Problem(
                    given.entry.address(kind), f"{name} {message}；确认无误请加 --accept-suspected", node.name
                )


def _contradictions(reading: Reading, definition: IndexDefinition, merged: Observations) -> Iterator[Problem]:
    """Suspect a score that its own raw value does not earn."""
    curves = fit_curves(definition, merged)
    for (_, year, indicator), given in reading.given.items():
        cell, node = given.observation, definition.nodes[indicator]
        if cell.raw is None or cell.score is None:
            continue
        earned = curves[indicator].score(cell.raw, year)
        if abs(earned - cell.score) > _CONTRADICTION:
            pair = f"得分 {cell.score_text} 与原始值 {cell.raw_text} 换算得到的 {display(earned)} 不符"
            told = f"{year}年{node.name}的{pair}"
            yield Problem(given.entry.address("score"), f"{told}；确认无误请加 --accept-suspected", node.name)


def _new_units(reading: Reading, current: Observations) -> Iterator[Problem]:
    """Suspect a unit that the data do not hold yet."""
    told: set[str] = set()
    for (unit, _, _), given in reading.given.items():
        if unit not in current.units and unit not in told:
            told.add(unit)
            place = given.entry.address("unit" if "unit" in given.entry.columns else "indicator")
            known = "、".join(current.units)
            yield Problem(place, f"“{unit}”是新的评价单位，现有：{known}；确认无误请加 --accept-suspected")


def _history(current: Observations, curves: Curves) -> dict[tuple[str, str, str], list[float]]:
    """List what each indicator has been, in a unit and, under "", anywhere: raw values also as its curve implies."""
    found: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for cell in current.cells():
        raw = cell.raw
        if raw is None and cell.score is not None:
            dated = curves[cell.indicator].at(cell.year)
            raw = dated.curve.raw(cell.score) if dated else None
        for kind, value in (("raw", raw), ("score", cell.score)):
            if value and value > 0:
                found[kind, cell.indicator, cell.unit].append(value)
                found[kind, cell.indicator, ""].append(value)
    return found


def _mix_up(value: float, known: list[float], node: Node, kind: str) -> str:
    low, high = min(known), max(known)
    if not value:
        return f"与历年的 {exact(low, 2)}–{exact(high, 2)} 相差太大，疑似漏填" if low else ""
    as_fraction = kind == "raw" and node.measure_unit == "%" and 0 < value <= 1 < low
    far = _FAR if len(known) >= _FEW else _FAR_FROM_FEW
    if not as_fraction and low / far <= abs(value) <= high * far and value > 0:
        return ""
    power = 2 if as_fraction else round(abs(math.log10(float(np.median(known)) / abs(value))))
    mixed = f"（如{_MIX_UPS[power]}）" if power in _MIX_UPS else ""
    unit = node.measure_unit if kind == "raw" else ""
    known_range = f"{exact(low, 2)}–{exact(high, 2)}{unit}"
    asked = f"，应以“{unit}”填写" if unit else ""
    return f"与历年的 {known_range} 相差约 {10**power} 倍，疑似单位或小数点不对{mixed}{asked}"


def _changes(before: IndexResult, after: IndexResult) -> Iterator[Change]:
    for unit, year in after.periods:
        for node in after.definition.nodes.values():
            old, new = (_score(result, node, unit, year) for result in (before, after))
            if old is None or new is None or abs(new - old) > _UNCHANGED:
                yield Change(node, unit, year, old, new)


def _lost(before: Observations, after: Observations) -> Iterator[Observation]:
    for cell in before.cells():
        kept = after.find(cell.unit, cell.year, cell.indicator)
        if cell.raw is not None and (kept is None or kept.raw is None):
            yield cell


def _score(result: IndexResult, node: Node, unit: str, year: int) -> float | None:
    row = result.observations.rows.get((unit, year))
    score = math.nan if row is None else float(result.matrix[row, result.definition.columns[node.id]])
    return None if math.isnan(score) else score
