"""From the scores of the parts to the score of the whole: a quasi-arithmetic mean each (OECD/JRC handbook, step 7).

Each of the three means is the inverse of a function at the weighted arithmetic mean of that function of the parts.
All that is computed of a mean - its value, its exact split, the way back from a value - follows from four small
functions, so that a further mean is one more line of `AGGREGATIONS`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
Weights = Sequence[float] | Sequence[Scores]


@dataclass(frozen=True, slots=True)
class Mean:
    """A quasi-arithmetic mean.

    Attributes
    ----------
    transform, inverse : function of an array
        The function whose weighted arithmetic mean is taken, and its inverse.
    slope : function of two arrays
        (transform(b) - transform(a)) / (b - a), and the derivative where a = b, without loss of digits near it.
    positive : bool
        Whether scores must be above zero.
    """

    transform: Callable[[Scores], Scores]
    inverse: Callable[[Scores], Scores]
    slope: Callable[[Scores, Scores], Scores]
    positive: bool

    def of(self, parts: Sequence[Scores], shares: Weights) -> Scores:
        """Take the mean.

        Parameters
        ----------
        parts : sequence of ndarray, shape (rows,)
            Scores of the children; a row is a unit in a year.
        shares : sequence of float or of ndarray, shape (rows,)
            Weights relative to the siblings; they add up to one.
        """
        total = self.transform(parts[0]) * shares[0]
        for part, share in zip(parts[1:], shares[1:], strict=True):
            total += self.transform(part) * share
        return self.inverse(total)


def _same(scores: Scores) -> Scores:
    return scores


def _reciprocal(scores: Scores) -> Scores:
    return 1 / scores


def _one(start: Scores, end: Scores) -> Scores:
    return np.ones(())


def _log_slope(start: Scores, end: Scores) -> Scores:
    ratio = (end - start) / start
    return np.where(ratio == 0, 1.0, np.log1p(ratio) / np.where(ratio == 0, 1.0, ratio)) / start


def _reciprocal_slope(start: Scores, end: Scores) -> Scores:
    return -1 / (start * end)


AGGREGATIONS: Mapping[str, Mean] = {
    "arithmetic": Mean(_same, _same, _one, positive=False),
    "geometric": Mean(np.log, np.exp, _log_slope, positive=True),
    "harmonic": Mean(_reciprocal, _reciprocal, _reciprocal_slope, positive=True),
}
