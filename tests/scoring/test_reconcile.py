from decimal import Decimal
from pathlib import Path

import pytest

from scoring import IndexDefinition, IndexResult, ObservationError, UnknownYearError, read_published, reconcile

from ..conftest import DATA


def test_the_one_printed_total_that_differs_is_found(result: IndexResult):
    rows = reconcile(result, read_published(DATA / "published.csv", result.definition))
    differing = [row for row in rows if not row.agrees]
    assert len(rows) == 66
    assert [(row.published.node.id, row.published.year) for row in differing] == [("shenzhen-eco-quality", 2017)]
    assert (differing[0].published.printed, differing[0].rounded) == (Decimal("86.70"), Decimal("86.71"))


def test_a_figure_is_compared_at_the_decimals_that_were_printed(tmp_path: Path, result: IndexResult):
    path = tmp_path / "published.csv"
    path.write_text("year,node,score\n2017,总指数,86.7\n2017,总指数,87\n2017,总指数,86.71\n2017,总指数,86.705\n")
    assert [row.agrees for row in reconcile(result, read_published(path, result.definition))] == [True] * 4


def test_no_file_prints_nothing(tmp_path: Path, definition: IndexDefinition):
    assert read_published(tmp_path / "published.csv", definition) == ()


def test_problems_are_named_at_once(tmp_path: Path, definition: IndexDefinition):
    path = tmp_path / "published.csv"
    path.write_text("year,node,score\n2017,总指数,NaN\n17,总指数,86.7\n2017,臭氧,1\n")
    with pytest.raises(ObservationError) as error:
        read_published(path, definition)
    assert len(error.value.problems) == 3


def test_a_figure_printed_for_a_year_without_data_is_told(tmp_path: Path, result: IndexResult):
    path = tmp_path / "published.csv"
    path.write_text("year,node,score\n2030,总指数,86.7\n")
    with pytest.raises(UnknownYearError):
        reconcile(result, read_published(path, result.definition))
