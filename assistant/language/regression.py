"""Multinomial logistic regression on sparse rows, fitted in a few passes.

Softmax regression by stochastic gradient descent with AdaGrad steps (Duchi, Hazan & Singer 2011). The rows are taken
in one fixed order, so that the same rows give the same weights to the last bit.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.float32]

_PASSES = 3
_AT_ONCE = 512
_FIRST_SQUARE = 1e-6


@dataclass(frozen=True)
class SparseRows:
    """Rows one after the other: where each starts, ends included, and for each entry its column and value."""

    bounds: NDArray[np.intp]
    columns: NDArray[np.intp]
    values: NDArray[np.float32]


@dataclass(frozen=True)
class _Batch:
    """Some of the rows, with their entries in order of the rows and, by `by_column`, of the columns."""

    rows: NDArray[np.intp]
    starts: NDArray[np.intp]
    columns: NDArray[np.intp]
    values: Weights
    row_of: NDArray[np.intp]
    known: NDArray[np.intp]
    by_column: NDArray[np.intp]
    column_starts: NDArray[np.intp]


def fit(rows: SparseRows, classes: NDArray[np.intp], width: int) -> Weights:
    """Fit the weights of each column for each class.

    Parameters
    ----------
    rows : SparseRows
    classes : array of int, shape (n_rows,)
        The class of each row, counted from 0.
    width : int
        How many columns there are.

    Returns
    -------
    array, shape (width, n_classes)
    """
    wanted = np.eye(int(classes.max()) + 1, dtype=np.float32)[classes]
    weights = np.zeros((width, wanted.shape[1]), np.float32)
    squares = np.full_like(weights, _FIRST_SQUARE)
    batches = list(_batches(rows))
    for _ in range(_PASSES):
        for batch in batches:
            products = weights[batch.columns] * batch.values
            error = softmax(np.add.reduceat(products, batch.starts, axis=0)) - wanted[batch.rows]
            shares = (error[batch.row_of] * batch.values)[batch.by_column]
            gradient = np.add.reduceat(shares, batch.column_starts, axis=0)
            squares[batch.known] += gradient * gradient
            weights[batch.known] -= gradient / np.sqrt(squares[batch.known])
    return weights


def softmax(scores: Weights) -> Weights:
    """Turn scores into probabilities, along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def _batches(rows: SparseRows) -> Iterator[_Batch]:
    count = len(rows.bounds) - 1
    order = np.random.default_rng(0).permutation(count)
    for first in range(0, count, _AT_ONCE):
        taken = order[first : first + _AT_ONCE]
        lengths = rows.bounds[taken + 1] - rows.bounds[taken]
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        entries = np.repeat(rows.bounds[taken] - starts, lengths) + np.arange(int(lengths.sum()))
        columns = rows.columns[entries]
        by_column = np.argsort(columns, kind="stable")
        known, column_starts = np.unique(columns[by_column], return_index=True)
        yield _Batch(
            rows=taken,
            starts=starts,
            columns=columns,
            values=rows.values[entries][:, None],
            row_of=np.repeat(np.arange(len(taken)), lengths),
            known=known,
            by_column=by_column,
            column_starts=column_starts,
        )
