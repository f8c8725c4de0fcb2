"""The audit table as a workbook with live formulas: change a raw value, and every figure above it follows."""

from collections.abc import Mapping, Sequence
from typing import Any

from scoring.audit import AuditRow
from scoring.definition import Node
from scoring.normalise import Line
from scoring.rounding import round_half_up
from scoring.table import column_letters
from scoring.workbook import build_workbook

_HEADINGS: Mapping[str, Sequence[str]] = {
    "zh": (
        "评价单位", "年份", "层级", "节点", "id", "原始值", "计量单位", "方法", "起点", "终点", "起点得分", "终点得分",
        "封顶", "标准", "依据", "换算得分", "给定得分", "权重", "同级份额", "占总指数", "得分", "显示", "公布值",
        "核对", "算式",
    ),
    "en": (
        "unit", "year", "level", "node", "id", "raw", "measure unit", "method", "start", "end", "score at start",
        "score at end", "cap", "standard", "status", "computed score", "given score", "weight", "share",
        "weight in index", "score", "shown", "printed", "check", "formula",
    ),
}  # fmt: skip
(
    _UNIT, _YEAR, _LEVEL, _NODE, _ID, _RAW, _MEASURE, _METHOD, _START, _END, _LOW, _HIGH, _CAP, _STANDARD, _STATUS,
    _COMPUTED, _GIVEN, _WEIGHT, _SHARE, _WHOLE, _SCORE, _SHOWN, _PRINTED, _CHECK, _FORMULA,
) = range(25)  # fmt: skip
_VERDICTS = {"zh": ("一致", "不一致"), "en": ("agrees", "differs")}
_NAMES, _FORMULAS = (_UNIT, _NODE, _STANDARD), 60


def build_audit_workbook(rows: Sequence[AuditRow], language: str) -> bytes:
    """Make the audit table as an XLSX workbook; scores, shares and checks are formulas over the other cells."""

    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet("审计表" if language == "zh" else "Audit")
        bold = workbook.add_format({"bold": True, "bg_color": "#DDE8DD", "border": 1})
        two = workbook.add_format({"num_format": "0.00"})
        given = workbook.add_format({"bg_color": "#FFF9DB"})
        sheet.write_row(0, 0, _HEADINGS[language], bold)
        sheet.freeze_panes(1, _RAW)
        sheet.autofilter(0, 0, len(rows), _FORMULA)
        sheet.set_column(0, _FORMULA, 10)
        sheet.set_column(_NODE, _NODE, 30)
        sheet.set_column(_FORMULA, _FORMULA, _FORMULAS)
        places = {(row.unit, row.year, row.node.id): number for number, row in enumerate(rows, start=1)}
        parents = {(r.unit, r.year, child.id): r.node for r in rows for child in r.node.children}
        for number, row in enumerate(rows, start=1):
            cells = _Cells(rows, number, places, parents.get((row.unit, row.year, row.node.id)))
            for column, value in cells.constants().items():
                if value is not None and value != "":
                    sheet.write(
                        number, column, value, given if column == (_RAW if row.given is None else _GIVEN) else None
                    )
            for column, (formula, value) in cells.formulas(_VERDICTS[language]).items():
                sheet.write_formula(number, column, formula, two if column == _SHOWN else None, value)

    return build_workbook(fill)


class _Cells:
    """The cells of one row."""

    def __init__(
        self, rows: Sequence[AuditRow], number: int, places: Mapping[tuple[str, int, str], int], parent: Node | None
    ):
        self._rows, self._row = rows, rows[number - 1]
        self._number, self._places, self._parent = number, places, parent

    def _is_there(self, node: Node) -> bool:
        return self._rows[self._places[self._row.unit, self._row.year, node.id] - 1].score is not None

    def _at(self, column: int, node: Node | None = None) -> str:
        row = self._row
        number = self._number if node is None else self._places[row.unit, row.year, node.id]
        return f"{column_letters(column)}{number + 1}"

    def constants(self) -> dict[int, object]:
        """Give what is given."""
        row, line = self._row, self._row.line
        return {
            _UNIT: row.unit, _YEAR: row.year, _LEVEL: row.level, _NODE: row.node.name, _ID: row.node.id, _RAW: row.raw,
            _MEASURE: row.node.measure_unit, _METHOD: row.method, _STANDARD: row.standard, _STATUS: row.status,
            _START: line.start if line else None, _END: line.end if line else None, _LOW: line.low if line else None,
            _HIGH: line.high if line else None, _CAP: line.cap if line else None, _GIVEN: row.given,
            _WEIGHT: row.weight, _FORMULA: row.formula,
            _PRINTED: float(row.published.printed) if row.published else None,
        }  # fmt: skip

    def formulas(self, verdicts: tuple[str, str]) -> dict[int, tuple[str, object]]:
        """Give what follows, with its value for readers that do not compute."""
        row = self._row
        found: dict[int, tuple[str, object]] = {
            _SHARE: (self._share(), row.share),
            _WHOLE: (self._whole(), row.effective_weight),
        }
        if row.computed is not None and row.raw is not None:
            found[_COMPUTED] = self._computed(row.line), row.computed
        if row.score is not None:
            found[_SCORE] = self._score(), row.score
            found[_SHOWN] = f"=ROUND({self._at(_SCORE)},2)", float(round_half_up(row.score))
            if row.published:
                test = f"ROUND({self._at(_SCORE)},{row.published.decimals})={self._at(_PRINTED)}"
                verdict = verdicts[0 if row.print_agrees else 1]
                found[_CHECK] = f'=IF({test},"{verdicts[0]}","{verdicts[1]}")', verdict
        return found

    def _share(self) -> str:
        if self._parent is None:
            return "=1"
        if not self._row.share:
            return "=0"
        siblings = "+".join(self._at(_WEIGHT, child) for child in self._parent.children if self._is_there(child))
        return f"={self._at(_WEIGHT)}/({siblings})"

    def _whole(self) -> str:
        above = "1" if self._parent is None else self._at(_WHOLE, self._parent)
        return f"={self._at(_SHARE)}*{above}"

    def _computed(self, line: Line | None) -> str:
        raw, start, end, low, high, cap = (self._at(c) for c in (_RAW, _START, _END, _LOW, _HIGH, _CAP))
        if line is None:
            return self._rank()
        if line.log:
            raw, start, end = f"LN({raw})", f"LN({start})", f"LN({end})"
        score = f"{low}+({high}-{low})*({raw}-{start})/({end}-{start})"
        return f"={score}" if line.cap is None else f"=MIN({score},{cap})"

    def _rank(self) -> str:
        """Count the raw values of the same indicator that are worse, and share places among equal ones."""
        last = len(self._rows)
        ids, raws = (f"{_fixed(1, column)}:{_fixed(last, column)}" for column in (_ID, _RAW))
        worse = ">" if self._row.node.less_is_better else "<"
        of_this = f"{ids},{self._at(_ID)},{raws}"
        return f'=COUNTIFS({of_this},"{worse}"&{self._at(_RAW)})+(COUNTIFS({of_this},{self._at(_RAW)})+1)/2'

    def _score(self) -> str:
        node = self._row.node
        if not node.children:
            return f"={self._at(_COMPUTED if self._row.given is None else _GIVEN)}"
        parts = [(self._at(_SHARE, child), self._at(_SCORE, child)) for child in node.children if self._is_there(child)]
        if node.aggregation == "geometric":
            return "=" + "*".join(f"{score}^{share}" for share, score in parts)
        if node.aggregation == "harmonic":
            return "=1/(" + "+".join(f"{share}/{score}" for share, score in parts) + ")"
        return "=" + "+".join(f"{share}*{score}" for share, score in parts)


def _fixed(row: int, column: int) -> str:
    return f"${column_letters(column)}${row + 1}"
