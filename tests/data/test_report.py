"""The data files against the report itself, so that neither can drift."""

import csv
import re
from pathlib import Path

import pytest

from knowledge.documents import read_document
from knowledge.passages import cut
from scoring import IndexDefinition, IndexResult

from ..conftest import DATA

REPORT = next((DATA / "documents").iterdir())


def printed_rows(caption: str) -> list[list[str]]:
    """Read a table straight from the report file: tab-led cells, an empty line between rows."""
    text = REPORT.read_text("utf-8")
    start = text.index("\n", text.index(caption + "  ")) + 1
    rows: list[list[str]] = []
    for block in re.split(r"\n\n+", text[start:]):
        if not block.startswith("\t"):
            break
        cells = re.sub(r"\[bookmark:[^\]]*\]", "", block)[1:].split("\n\t")
        rows.append([re.sub(r"\s", "", cell) for cell in cells])
    return rows


def numbers_by_name(rows: list[list[str]]) -> dict[str, list[str]]:
    """Give, for each cell of words, the numbers that follow it."""
    found: dict[str, list[str]] = {}
    for row in rows:
        name = ""
        for cell in row:
            if re.fullmatch(r"[\d.]+", cell):
                found[name].append(cell)
            elif cell:
                name = cell
                found.setdefault(name, [])
    return found


def test_the_report_is_shipped_as_it_was_handed_over():
    content = REPORT.read_bytes()
    assert len(content) == 30883
    assert content.startswith(" [bookmark: _Toc418107719]一、研究背景".encode())


def test_table_1_is_the_tree(definition: IndexDefinition):
    printed = numbers_by_name(printed_rows("表1")[1:])
    ours = {node.name: [f"{node.weight:.2f}"] for node in definition.nodes.values() if node is not definition.root}
    assert {name: weights for name, weights in printed.items() if weights} == ours
    order = [name for name in printed if name in {node.name for node in definition.indicators}]
    assert order == [node.name for node in definition.indicators]


def test_table_1_sets_each_indicator_under_its_dimensions(definition: IndexDefinition):
    above: list[str] = []
    for row in printed_rows("表1")[1:]:
        names = [cell if not re.fullmatch(r"[\d.]+", cell) else None for cell in row]
        words = [name for name in names if name is not None]
        above = [new or old for new, old in zip(words, above or [""] * len(words), strict=False)] if above else words
        path = [node.name for node in definition.path(definition.find(words[-1]).id)]
        assert words[-1] == path[-1]
        filled = [name for name in words[:-1] if name]
        assert all(name in path for name in filled)


def test_table_2_is_the_observations(definition: IndexDefinition):
    header, *body, total = printed_rows("表2")
    years = [int(cell[:4]) for cell in header if re.fullmatch(r"\d{4}年", cell)]
    with (DATA / "observations.csv").open(encoding="utf-8") as file:
        ours = {(row["indicator"], int(row["year"])): row["score"] for row in csv.DictReader(file)}
    cells = 0
    for row in body:
        weight, *scores = [cell for cell in row if re.fullmatch(r"[\d.]+", cell)]
        node = definition.find([cell for cell in row if cell and not re.fullmatch(r"[\d.]+", cell)][-1])
        assert float(weight) == node.weight
        for year, score in zip(years, scores, strict=True):
            assert ours[node.id, year] == score
            cells += 1
    assert cells == len(ours) == 54
    assert total[0] == "合计"


def test_every_total_and_cell_of_table_2_is_published(definition: IndexDefinition):
    header, *body, total = printed_rows("表2")
    years = [int(cell[:4]) for cell in header if re.fullmatch(r"\d{4}年", cell)]
    with (DATA / "published.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["printed_as"].startswith("表2")]
    ours = {(row["node"], int(row["year"])): row["score"] for row in rows}
    for year, score in zip(years, total[1:], strict=True):
        assert ours.pop((definition.root.id, year)) == score
    for row in body:
        scores = [cell for cell in row if re.fullmatch(r"[\d.]+", cell)][1:]
        node = definition.find([cell for cell in row if cell and not re.fullmatch(r"[\d.]+", cell)][-1])
        for year, score in zip(years, scores, strict=True):
            assert ours.pop((node.id, year)) == score
    assert ours == {}


def sections() -> dict[str, str]:
    texts: dict[str, str] = {}
    for passage in cut(read_document(REPORT)):
        texts[passage.section] = texts.get(passage.section, "") + passage.text + "\n"
    return texts


@pytest.mark.parametrize("name", ["observations.csv", "published.csv"])
def test_every_figure_stands_in_the_section_that_is_named(name: str):
    texts = sections()
    with (DATA / name).open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for value, section in (("raw", "raw_section"), ("score", "score_section"), ("score", "section")):
                if row.get(section):
                    assert row[value] in texts[row[section]], row
            if row.get("printed_as", "").startswith("表2"):
                assert all(word in texts[row["section"]] for word in row["printed_as"].split())
            elif "printed_as" in row:
                assert row["printed_as"] in texts[row["section"]]


def test_every_printed_raw_value_has_its_section(result: IndexResult):
    raw = [o for o in result.observations.cells() if o.raw is not None]
    assert len(raw) == 12
    assert all(o.raw_section for o in raw)


def test_definitions_and_sources_are_the_report_s_words(definition: IndexDefinition):
    texts = sections()
    for node in definition.indicators:
        path = next(section for section in texts if section.endswith(node.name))
        assert node.definition in texts[path]
        assert f"数据来源：{node.source}" in texts[path]


def test_the_data_folder_tells_its_provenance():
    assert "来源" in Path(DATA / "README.md").read_text("utf-8")
