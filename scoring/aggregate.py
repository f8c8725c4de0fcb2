"""From the scores of the parts to the score of the whole: one named function a method (OECD/JRC handbook, step 7)."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


def arithmetic(parts: Scores, shares: Scores) -> Scores:
    """Take the weighted arithmetic mean.

    Parameters
    ----------
    parts : ndarray, shape (rows, children)
        Scores of the children, a row per unit and year.
    shares : ndarray, shape (children,)
        Weights relative to the siblings; they add up to one.

    Returns
    -------
    ndarray, shape (rows,)
    """
    return parts @ shares


AGGREGATIONS: Mapping[str, Callable[[Scores, Scores], Scores]] = {"arithmetic": arithmetic}
