"""Figures as pictures. Rise and fall differ by colour (safe for the colour-blind), sign and label."""

from collections.abc import Sequence
from typing import TypedDict

import altair as alt

from assistant.answer import Chart, ChartKind, Figure
from scoring import display

Drawing = alt.LayerChart | alt.FacetChart

_RISE, _FALL, _TOTAL = "#0072B2", "#D55E00", "#7f7f7f"
_RISE_DARK, _FALL_DARK = "#56B4E9", "#E69F00"
_ROW_HEIGHT = 30
_FRAME_HEIGHT = 100
_LABEL_WIDTH = 150


def draw(chart: Chart, *, unit: str, dark: bool) -> Drawing:
    """Draw a chart without its title for a light or a dark page; `unit` stands at its axis."""
    text = "#e8eef0" if dark else "#1f2a2e"
    if chart.kind is ChartKind.WATERFALL:
        return _waterfall(chart, unit, text, _RISE_DARK if dark else _RISE, _FALL_DARK if dark else _FALL)
    return _line(chart, unit, text, _RISE_DARK if dark else _RISE)


def _waterfall(chart: Chart, unit: str, text: str, rise: str, fall: str) -> Drawing:
    """Draw the contributions as steps from the score at the start to the score at the end.

    The axis is cut off: only distances mean something, so the two scores are marks, not bars.
    """
    first, *steps, last = chart.figures
    rows = [_step(f"{first.year} {first.node}", first.value, first.value, first.display, "total")]
    level = first.value
    for step in steps:
        colour = {1: "rise", -1: "fall", 0: "total"}[step.direction]
        rows.append(
            _step(step.node, level, level + step.value, display(step.value, step.decimals, signed=True), colour)
        )
        level += step.value
    rows.append(_step(f"{last.year} {last.node}", last.value, last.value, last.display, "total"))
    low, high = min(min(row["start"], row["end"]) for row in rows), max(row["edge"] for row in rows)
    reach = max(high - low, 0.1)
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y(
            "label:N",
            sort=None,
            title=None,
            axis=alt.Axis(labelLimit=_LABEL_WIDTH, labelOverlap=False, ticks=False, domain=False),
        ),
        tooltip=[alt.Tooltip("label:N", title=" "), alt.Tooltip("display:N", title=" ")],
    )
    scale = alt.Scale(domain=[low - 0.08 * reach, high + 0.35 * reach], zero=False, nice=False)
    axis = alt.Axis(title=unit or None, tickCount=4, format=".1f")
    colour = alt.Color(
        "kind:N", scale=alt.Scale(domain=["rise", "fall", "total"], range=[rise, fall, _TOTAL]), legend=None
    )
    bars = base.mark_bar(height=16, cornerRadius=2).encode(
        x=alt.X("start:Q", scale=scale, axis=axis), x2="end:Q", color=colour
    )
    marks = (
        base.transform_filter("datum.start == datum.end")
        .mark_tick(thickness=4, size=20)
        .encode(x=alt.X("start:Q", scale=scale), color=colour)
    )
    labels = base.mark_text(align="left", dx=6, color=text, fontSize=12).encode(
        x=alt.X("edge:Q", scale=scale), text="display:N"
    )
    return alt.layer(bars, marks, labels).properties(
        height=_ROW_HEIGHT * len(rows) + _FRAME_HEIGHT, background="transparent"
    )


class _Row(TypedDict):
    label: str
    start: float
    end: float
    edge: float
    display: str
    kind: str


def _step(label: str, start: float, end: float, display: str, kind: str) -> _Row:
    return {"label": label, "start": start, "end": end, "edge": max(start, end), "display": display, "kind": kind}


def _line(chart: Chart, unit: str, text: str, colour: str) -> Drawing:
    rows = [_point(figure) for figure in chart.figures]
    low, high = _range(chart.figures)
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y(
            "score:Q",
            scale=alt.Scale(domain=[low, high], zero=False, nice=True),
            axis=alt.Axis(title=unit or None, tickCount=5),
        ),
        tooltip=[alt.Tooltip("year:O", title=" "), alt.Tooltip("display:N", title=" ")],
    )
    line = base.mark_line(color=colour, strokeWidth=2.5, point=alt.OverlayMarkDef(size=70, color=colour))
    labels = base.mark_text(dy=-14, color=text, fontSize=12).encode(text="display:N")
    return alt.layer(line, labels).properties(height=300, background="transparent")


def _point(figure: Figure) -> dict[str, str | float]:
    return {"year": str(figure.year), "score": figure.value, "display": figure.display}


def _range(figures: Sequence[Figure]) -> tuple[float, float]:
    values = [figure.value for figure in figures]
    margin = max(max(values) - min(values), 1.0) * 0.15
    return min(values) - margin, max(values) + margin
