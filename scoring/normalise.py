"""From a raw observation to a score: one named function a method (OECD/JRC handbook, step 5).

A method takes the raw values of one indicator and, as keyword-only arguments, the parameters that the definition
must give under `normalise`.
"""

import inspect
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


def efficacy(raw: Scores, *, floor: float, target: float) -> Scores:
    """Score by the efficacy coefficient method (功效系数法).

    60 points at `floor`, 100 at `target`, linear between and below, capped at 100. A `target` below `floor`
    serves an indicator of which less is better.
    """
    return np.minimum(60 + 40 * (raw - floor) / (target - floor), 100.0)


def none(raw: Scores) -> Scores:
    """Take the raw value as the score."""
    return raw


NORMALISATIONS: Mapping[str, Callable[..., Scores]] = {"efficacy": efficacy, "none": none}


def parameters_of(method: str) -> tuple[str, ...]:
    """Name the parameters that `method` must be given."""
    signature = inspect.signature(NORMALISATIONS[method])
    return tuple(p.name for p in signature.parameters.values() if p.kind is p.KEYWORD_ONLY)
