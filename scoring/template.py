"""An XLSX form for a new year: one row an indicator, with drop-downs, units and notes, to be read back by an import."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scoring.definition import Node
from scoring.index import IndexResult
from scoring.rounding import LARGEST
from scoring.scenario import best_score
from scoring.table import column_letters
from scoring.workbook import build_workbook

_TEXTS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "headings": "评价单位,年份,指标,计量单位,原始值,得分,来源与说明",
        "form": "填报",
        "guide": "填写说明",
        "fill_raw": "原始值或得分至少填一项；两项都填时以得分为准。",
        "fill_score": "请填得分：这个指标没有原始值的换算方法。",
        "range": "应在 {low:g} 到 {high:g}{unit}之间",
        "number": "应填数字",
        "unit": "计量单位：{unit}",
        "last": "{year}年：{value}",
        "definition": "定义：{text}",
        "source": "数据来源：{text}",
        "curve": "换算：{text}",
        "wrong": "填写有误",
        "choose": "请从列表中选择",
        "guide_lines": (
            "一行一个指标。只填“原始值”“得分”两列（底色标出），其余各列不要改动。\n"
            "填好后运行：python -m scoring import 本文件；核对变化无误，再加 --commit 存为新版本。\n"
            "空着的指标、超出范围的数、疑似填错单位的数，导入时会逐格指出。"
        ),
    },
    "en": {
        "headings": "unit,year,indicator,measure unit,raw,score,source and notes",
        "form": "Form",
        "guide": "How to fill it in",
        "fill_raw": "Give the raw value or the score; the score counts where both are given.",
        "fill_score": "Give the score: there is no way from a raw value of this indicator to one.",
        "range": "Between {low:g} and {high:g} {unit}",
        "number": "A number",
        "unit": "Unit of measure: {unit}",
        "last": "{year}: {value}",
        "definition": "Definition: {text}",
        "source": "Source: {text}",
        "curve": "Scoring: {text}",
        "wrong": "Not a possible value",
        "choose": "Choose from the list",
        "guide_lines": (
            "One row for each indicator. Fill in the two coloured columns only.\n"
            "Then run: python -m scoring import THIS_FILE; check the changes, and keep them with --commit.\n"
            "Gaps, impossible values and likely mistakes of unit are named cell by cell."
        ),
    },
}
_WIDTHS = (14, 8, 34, 14, 14, 12, 40)
_RAW, _SCORE = 4, 5
_NOTE_SIZE = {"x_scale": 2.5, "y_scale": 2.0}


def build_template(result: IndexResult, year: int) -> bytes:
    """Make the form for one year as an XLSX workbook, a row for each unit and indicator."""
    texts = _TEXTS[result.definition.language]

    def fill(workbook: Any) -> None:
        form = workbook.add_worksheet(texts["form"])
        _write_rows(workbook, form, result, year, texts)
        guide = workbook.add_worksheet(texts["guide"])
        guide.set_column(0, 0, 100)
        guide.write_column(0, 0, texts["guide_lines"].split("\n"))
        lists = workbook.add_worksheet("lists")
        lists.hide()
        last_row = len(result.units) * len(result.definition.indicators)
        names = [node.name for node in result.definition.indicators]
        choices: tuple[Sequence[str | int], ...] = (result.units, [year], names)
        for column, values in enumerate(choices):
            lists.write_column(0, column, values)
            letter = column_letters(column)
            rule = {
                "validate": "list",
                "source": f"=lists!${letter}$1:${letter}${len(values)}",
                "error_title": texts["wrong"],
                "error_message": texts["choose"],
            }
            form.data_validation(1, column, last_row, column, rule)

    return build_workbook(fill)


def _write_rows(workbook: Any, form: Any, result: IndexResult, year: int, texts: Mapping[str, str]) -> None:
    heading = workbook.add_format({"bold": True, "bg_color": "#DDE8DD", "border": 1})
    fixed = workbook.add_format({"text_wrap": True, "valign": "top", "border": 1})
    entry = workbook.add_format({"bg_color": "#FFF9DB", "border": 1, "valign": "top"})
    for column, (name, width) in enumerate(zip(texts["headings"].split(","), _WIDTHS, strict=True)):
        form.set_column(column, column, width)
        form.write_string(0, column, name, heading)
    form.freeze_panes(1, 3)
    rows = [(unit, node) for unit in result.units for node in result.definition.indicators]
    for row, (unit, node) in enumerate(rows, start=1):
        form.write_row(row, 0, (unit, year, node.name, node.measure_unit, "", "", ""), fixed)
        form.write_comment(row, 2, _note(result, node, year, texts), _NOTE_SIZE)
        for column, kind in ((_RAW, "raw"), (_SCORE, "score")):
            form.write_blank(row, column, None, entry)
            limits = node.valid if kind == "raw" else _score_limits(result, node, year)
            unit_of_measure = node.measure_unit if kind == "raw" else result.definition.score_unit
            allowed = _allowed(limits, unit_of_measure, texts)
            fill = texts["fill_raw" if node.normalise else "fill_score"]
            hint = [fill, allowed, *_latest(result, unit, node, kind, texts)]
            form.write_comment(row, column, "\n".join(hint), _NOTE_SIZE)
            form.data_validation(row, column, row, column, _validation(limits, allowed, texts))


def _note(result: IndexResult, node: Node, year: int, texts: Mapping[str, str]) -> str:
    """Say what an indicator is: unit, definition, source, scoring."""
    dated = result.curves[node.id].at(year)
    curve = f"{dated.curve.formula('x')} {dated.reference.standard}".strip() if dated else ""
    said = {"unit": node.measure_unit, "definition": node.definition, "source": node.source, "curve": curve}
    key_of = {"unit": "unit", "definition": "text", "source": "text", "curve": "text"}
    return "\n".join(texts[key].format(**{key_of[key]: text}) for key, text in said.items() if text)


def _score_limits(result: IndexResult, node: Node, year: int) -> tuple[float, float] | None:
    best, scale = best_score(result, node, year), result.definition.score_range
    return (scale[0], best) if scale and best is not None else None


def _allowed(limits: tuple[float, float] | None, unit: str, texts: Mapping[str, str]) -> str:
    return texts["range"].format(low=limits[0], high=limits[1], unit=unit) if limits else texts["number"]


def _latest(result: IndexResult, unit: str, node: Node, kind: str, texts: Mapping[str, str]) -> Iterator[str]:
    """Say what the value last was."""
    for year in reversed(result.years(unit)):
        cell = result.observation(node.id, year, unit)
        text = (cell.raw_text if kind == "raw" else cell.score_text) if cell else ""
        if text:
            yield texts["last"].format(year=year, value=text)
            return


def _validation(limits: tuple[float, float] | None, allowed: str, texts: Mapping[str, str]) -> dict[str, Any]:
    low, high = limits or (-LARGEST, LARGEST)
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": low,
        "maximum": high,
        "error_title": texts["wrong"],
        "error_message": allowed,
    }
