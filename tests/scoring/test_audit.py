from pathlib import Path
from typing import Any, cast

import formulas
import pytest
from openpyxl import load_workbook

from scoring import (
    IndexResult,
    audit_rows,
    build_audit_workbook,
    compute,
    effective_weights,
    load_definition,
    read_observations,
    read_published,
)

from ..conftest import DATA
from .test_every_option import INDEX, WIDE


def test_the_one_pair_that_is_off_by_a_hundredth_is_told(result: IndexResult):
    pairs = [row for row in audit_rows(result) if row.curve_agrees is not None]
    off = [row for row in pairs if not row.curve_agrees]
    assert len(pairs) == 12
    assert [(row.node.id, row.year, row.given) for row in off] == [("sewage_capacity", 2021, 90.98)]
    assert off[0].computed == pytest.approx(90.988, abs=1e-3)


def test_every_figure_has_its_formula_and_the_parts_their_points(result: IndexResult):
    rows = {(row.year, row.node.id): row for row in audit_rows(result)}
    root = rows[2021, result.definition.root.id]
    assert root.formula == "0.4 × 93.65 + 0.4 × 93.755 + 0.2 × 91.32 = 93.226"
    assert all(row.formula for row in rows.values())
    below = sum(rows[2021, child.id].points or 0 for child in root.node.children)
    assert below == pytest.approx(root.score)


def test_effective_weights_are_the_printed_ones(result: IndexResult):
    weights = effective_weights(result, 2021)
    printed = {node.id: node.weight for node in result.definition.nodes.values()}
    assert weights == pytest.approx(printed)


@pytest.fixture
def every_option(tmp_path: Path) -> IndexResult:
    (tmp_path / "index.yaml").write_text(INDEX, encoding="utf-8")
    (tmp_path / "wide.csv").write_text(WIDE, encoding="utf-8")
    definition = load_definition(tmp_path / "index.yaml")
    return compute(definition, read_observations(tmp_path / "wide.csv", definition))


def recomputed(path: Path) -> dict[tuple[str, int, str], dict[str, Any]]:
    """Let a spreadsheet engine that is not ours compute every formula of a workbook."""
    sheet = load_workbook(path).worksheets[0]
    names = [str(cell.value) for cell in next(sheet.iter_rows(max_row=1))]
    model = cast(Any, formulas).ExcelModel().loads(str(path)).finish()
    solution = model.calculate()
    prefix = f"'[{path.name}]{sheet.title}'!"
    values = {key.upper(): cell.value[0, 0] for key, cell in solution.items() if hasattr(cell, "value")}
    rows: dict[tuple[str, int, str], dict[str, Any]] = {}
    for line in sheet.iter_rows(min_row=2):
        found = {
            name: values.get(f"{prefix}{cell.coordinate}".upper(), cell.value)
            for name, cell in zip(names, line, strict=False)
        }
        rows[str(line[0].value), int(str(line[1].value)), str(line[4].value)] = found
    return rows


def test_the_formulas_of_the_workbook_arrive_at_our_figures(tmp_path: Path, result: IndexResult):
    published = read_published(DATA / "published.csv", result.definition)
    path = tmp_path / "audit.xlsx"
    path.write_bytes(build_audit_workbook(audit_rows(result, published), "zh"))
    rows = recomputed(path)
    assert len(rows) == 102
    for (unit, year, node), row in rows.items():
        assert float(row["得分"]) == pytest.approx(result.score(node, year, unit), abs=1e-9)
    differing = [key for key, row in rows.items() if row["核对"] == "不一致"]
    assert differing == [("深圳市", 2017, "shenzhen-eco-quality")]


def test_so_they_do_for_every_method_and_every_mean(tmp_path: Path, every_option: IndexResult):
    path = tmp_path / "audit.xlsx"
    path.write_bytes(build_audit_workbook(audit_rows(every_option), "en"))
    for (unit, year, node), row in recomputed(path).items():
        if every_option.has_score(node, year, unit):
            assert float(row["score"]) == pytest.approx(every_option.score(node, year, unit), abs=1e-9), (
                unit,
                year,
                node,
            )
        if row["computed score"] is not None and row["raw"] is not None:
            expected = every_option.curves[node].score(float(row["raw"]), year)
            assert float(row["computed score"]) == pytest.approx(expected, abs=1e-9)


def test_a_name_that_looks_like_a_formula_stays_a_name(tmp_path: Path):
    (tmp_path / "index.yaml").write_text(INDEX.replace("name: 原样", "name: '=1+1'"), encoding="utf-8")
    (tmp_path / "wide.csv").write_text(WIDE, encoding="utf-8")
    definition = load_definition(tmp_path / "index.yaml")
    result = compute(definition, read_observations(tmp_path / "wide.csv", definition))
    (tmp_path / "audit.xlsx").write_bytes(build_audit_workbook(audit_rows(result), "zh"))
    cells = [cell for row in load_workbook(tmp_path / "audit.xlsx").worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value == "=1+1"} == {"s"}
