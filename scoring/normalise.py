"""From a raw observation to a score: one named function a method (OECD/JRC handbook, step 5).

A method takes the observed raw values of one indicator (all units and years; a function, called only by a method that
depends on them), whether less of it is better, and, as keyword-only arguments, the parameters that the definition gives
under `normalise`. It returns a curve: the way from raw values to scores and, where there is one, back.
"""

import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
Parameter = float | bool | str | tuple[float, float]
Parameters = Mapping[str, Parameter]
Observed = Callable[[], Scores]

_HUNDRED = (0.0, 100.0)


class CurveError(Exception):
    """The parameters make no curve; the message says why, in Chinese."""


class NothingObservedError(CurveError):
    """The curve depends on observed raw values, and there are none."""

    def __init__(self) -> None:
        super().__init__("没有可以据以换算的原始值")


class Curve(Protocol):
    """A monotone way from raw values to scores."""

    @property
    def best(self) -> float | None:
        """The highest score the curve can give; None where there is no limit."""
        ...

    def scores(self, raw: Scores) -> Scores:
        """Score raw values; NaN stays NaN, and so does what has no logarithm."""
        ...

    def raw(self, score: float) -> float | None:
        """Give the raw value that earns a score, at the cap the first one that does; None where none is known."""
        ...

    def formula(self, raw: str) -> str:
        """Write the scoring of a raw value as arithmetic; empty where it is none."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """The straight line through (`start`, `low`) and (`end`, `high`), flat above the score `cap`.

    With `log`, it is straight over the natural logarithm of the raw value.
    """

    start: float
    end: float
    low: float
    high: float
    cap: float | None = None
    log: bool = False

    def __post_init__(self) -> None:
        if self.log and not min(self.start, self.end) > 0:
            raise CurveError("取对数（transform: log）要求参照值大于 0")
        if not abs(self.end - self.start) > 0:
            raise CurveError(f"参照值相同（{self.start:g}），无法换算")

    def _axis(self, raw: float) -> float:
        return math.log(raw) if self.log else raw

    @property
    def is_identity(self) -> bool:
        """Whether the score is the raw value itself."""
        return (self.start, self.end, self.log, self.cap) == (self.low, self.high, False, None)

    @property
    def slope(self) -> float:
        """Points per unit of the raw value, or of its logarithm."""
        return (self.high - self.low) / (self._axis(self.end) - self._axis(self.start))

    @property
    def best(self) -> float | None:
        """The cap."""
        return self.cap

    def scores(self, raw: Scores) -> Scores:
        """Score raw values."""
        scores = np.log(np.where(raw > 0, raw, np.nan)) if self.log else raw
        scores = scores - self._axis(self.start)
        scores *= self.slope
        scores += self.low
        return scores if self.cap is None else np.minimum(scores, self.cap, out=scores)

    def raw(self, score: float) -> float | None:
        """Go back along the line; None above the cap."""
        if self.cap is not None and score > self.cap:
            return None
        value = self._axis(self.start) + (score - self.low) / self.slope
        return math.exp(value) if self.log else value

    def formula(self, raw: str) -> str:
        """Write the line as arithmetic."""
        value, start, end = (
            f"ln({text})" if self.log else text for text in (raw, f"{self.start:.12g}", f"{self.end:.12g}")
        )
        if self.is_identity:
            return raw
        line = f"{self.low:.12g} + {self.high - self.low:.12g} × ({value} - {start}) ÷ ({end} - {start})"
        return line if self.cap is None else f"min({line}, {self.cap:.12g})"


@dataclass(frozen=True, slots=True, eq=False)
class Ranks:
    """The place among the observed values, the worst being 1; equal values share the mean of their places."""

    observed: Scores
    less_is_better: bool

    @property
    def best(self) -> float:
        """The place above all others."""
        return float(len(self.observed))

    def scores(self, raw: Scores) -> Scores:
        """Rank raw values among the observed."""
        below = np.searchsorted(self.observed, raw, "left")
        up_to = np.searchsorted(self.observed, raw, "right")
        places = (below + up_to + 1) / 2
        if self.less_is_better:
            places = len(self.observed) + 1 - places
        return np.where(np.isnan(raw), np.nan, places)

    def raw(self, score: float) -> None:
        """Know no raw value: many share a place."""

    def formula(self, raw: str) -> str:
        """Have no arithmetic."""
        return ""


def efficacy(observed: Observed, less_is_better: bool, *, floor: float, target: float, transform: str = "") -> Line:
    """Score by the efficacy coefficient method (功效系数法).

    60 points at `floor`, 100 at `target`, linear between and below, capped at 100.
    """
    if (target < floor) != less_is_better:
        raise CurveError(f"direction: {_direction(less_is_better)} 与 floor {floor:g}、target {target:g} 的大小矛盾")
    return Line(floor, target, 60.0, 100.0, cap=100.0, log=_is_log(transform))


def minmax(
    observed: Observed,
    less_is_better: bool,
    *,
    lower: float | None = None,
    upper: float | None = None,
    scale: tuple[float, float] = _HUNDRED,
    cap: bool = False,
    transform: str = "",
) -> Line:
    """Rescale between `lower` and `upper`, or between the least and the greatest observed, onto `scale`."""
    lower = float(np.min(_some(observed))) if lower is None else lower
    upper = float(np.max(_some(observed))) if upper is None else upper
    if lower > upper:
        raise CurveError(f"下限 lower {lower:g} 大于上限 upper {upper:g}")
    start, end = (upper, lower) if less_is_better else (lower, upper)
    return Line(start, end, *scale, cap=scale[1] if cap else None, log=_is_log(transform))


def zscore(observed: Observed, less_is_better: bool, *, transform: str = "") -> Line:
    """Standardise: the observed mean is 0, one standard deviation (of the population observed) is 1."""
    values = _some(observed)
    values = np.log(_positive(values)) if _is_log(transform) else values
    mean, deviation = float(np.mean(values)), float(np.std(values))
    ends = (mean, mean - deviation if less_is_better else mean + deviation)
    start, end = (math.exp(value) for value in ends) if _is_log(transform) else ends
    return Line(start, end, 0.0, 1.0, log=_is_log(transform))


def rank(observed: Observed, less_is_better: bool) -> Ranks:
    """Score by the place among the observed, the worst being 1; equal values share the mean of their places."""
    return Ranks(np.sort(_some(observed)), less_is_better)


def target(
    observed: Observed,
    less_is_better: bool,
    *,
    target: float,
    start: float | None = None,
    scale: tuple[float, float] = _HUNDRED,
    cap: bool = False,
    transform: str = "",
) -> Line:
    """Score the share of the way to `target` that is covered, from `start` or from the worst observed."""
    if start is None:
        start = float(np.max(_some(observed)) if less_is_better else np.min(_some(observed)))
    if (target < start) != less_is_better:
        raise CurveError(f"direction: {_direction(less_is_better)} 与起点 {start:g}、target {target:g} 的大小矛盾")
    return Line(start, target, *scale, cap=scale[1] if cap else None, log=_is_log(transform))


def none(observed: Observed, less_is_better: bool) -> Line:
    """Take the raw value as the score; the direction is then that of the measure behind it."""
    return Line(0.0, 1.0, 0.0, 1.0)


Method = Callable[..., Curve]
NORMALISATIONS: Mapping[str, Method] = {
    "efficacy": efficacy,
    "minmax": minmax,
    "zscore": zscore,
    "rank": rank,
    "target": target,
    "none": none,
}
TRANSFORMS = ("log",)


def parameters_of(method: str) -> dict[str, bool]:
    """Name the parameters of a method, and whether each must be given."""
    signature = inspect.signature(NORMALISATIONS[method])
    return {p.name: p.default is p.empty for p in signature.parameters.values() if p.kind is p.KEYWORD_ONLY}


def fit(method: str, parameters: Parameters, observed: Observed, *, less_is_better: bool) -> Curve:
    """Make the curve of a method.

    Raises
    ------
    CurveError
        The reference values, given or observed, make no curve.
    """
    return NORMALISATIONS[method](observed, less_is_better, **parameters)


def nothing_observed() -> Scores:
    """Stand for the observations before there are any."""
    return np.empty(0)


def _some(observed: Observed) -> Scores:
    values = observed()
    if not values.size:
        raise NothingObservedError
    return values


def _positive(values: Scores) -> Scores:
    if not values.min() > 0:
        raise CurveError("取对数（transform: log）要求原始值大于 0")
    return values


def _is_log(transform: str) -> bool:
    return transform == "log"


def _direction(less_is_better: bool) -> str:
    return "lower" if less_is_better else "higher"
