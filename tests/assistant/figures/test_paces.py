from itertools import combinations, pairwise, permutations

import pytest

from assistant.figures.computed import Figures
from assistant.figures.paces import compare_paces
from scoring import IndexResult


def test_the_parts_add_up_to_how_far_two_movements_are_apart(result: IndexResult):
    figures = Figures(result, "zh")
    steps = list(pairwise(figures.years))
    for node in figures.definition.nodes.values():
        for span, other in (*permutations(steps, 2), *combinations([(2016, 2018), (2018, 2021)], 2)):
            pace = compare_paces(figures, node, span, other)
            apart = figures.change(node, *span).value - figures.change(node, *other).value
            assert pace.apart.value == pytest.approx(apart)
            assert sum(part.apart.value for part in pace.parts) == pytest.approx(apart)
            assert pace.total.value == pytest.approx(apart)


def test_the_largest_part_comes_first_and_each_tells_both_contributions(result: IndexResult):
    figures = Figures(result, "zh")
    pace = compare_paces(figures, figures.definition.root, (2020, 2021), (2019, 2020))
    sizes = [abs(part.apart.value) for part in pace.parts]
    assert sizes == sorted(sizes, reverse=True)
    first = pace.parts[0]
    assert (first.own.year, first.other.year, first.apart.value) == (
        2021,
        2020,
        pytest.approx(first.own.value - first.other.value),
    )
