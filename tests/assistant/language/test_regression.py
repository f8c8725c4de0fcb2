"""Logistic regression on sparse rows."""

import numpy as np
import pytest

from assistant.language.regression import SparseRows, fit, softmax

# Column 0 tells class 0, column 1 class 1; column 2 stands in all rows and tells nothing.
ROWS = SparseRows(
    bounds=np.array([0, 2, 4, 6, 8]),
    columns=np.array([0, 2, 1, 2, 0, 2, 1, 2]),
    values=np.ones(8, dtype=np.float32),
)
CLASSES = np.array([0, 1, 0, 1])


def test_what_tells_the_classes_apart_weighs_and_what_all_rows_share_does_not():
    weights = fit(ROWS, CLASSES, 3)
    assert weights.shape == (3, 2)
    assert weights[0, 0] > 0 > weights[0, 1]
    assert weights[1, 1] > 0 > weights[1, 0]
    assert abs(weights[2, 0]) < 0.1 * weights[0, 0]


def test_the_same_rows_give_the_same_bits():
    assert fit(ROWS, CLASSES, 3).tobytes() == fit(ROWS, CLASSES, 3).tobytes()


def test_probabilities_add_up_and_do_not_overflow():
    probabilities = softmax(np.array([1000.0, 999.0, -1000.0], dtype=np.float32))
    assert probabilities.sum() == pytest.approx(1.0)
    assert probabilities[0] == pytest.approx(1 / (1 + np.exp(-1)))
