"""Quantiles of several things on one scale: half, nineteen of twenty, all but one of a hundred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from ninelives.analytics.report.figure import Canvas, Drawn
from ninelives.analytics.report.palette import AMBER, CYAN, GRID, MAGENTA

ROW = 34
MARKS = (("p50", CYAN, "circle"), ("p95", MAGENTA, "diamond"), ("p99", AMBER, "triangle-right"))


@dataclass(frozen=True)
class Range:
    """The values that 50, 95 and 99 of a hundred stay within; `texts` are the same as people read them."""

    name: str
    values: tuple[float, float, float]
    texts: tuple[str, str, str]


def ranges(rows: Sequence[Range], canvas: Canvas, *, labels: str, decades: bool = False) -> Drawn:
    """A line per row with its three quantiles. `labels` is the Vega expression of the axis' labels.

    The scale begins at zero, or is logarithmic (`decades`).
    """
    scale, axis = _decades(rows, labels) if decades else _from_zero(rows, labels)
    names = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=150 if canvas.narrow else 220))
    spans = alt.Chart(alt.InlineData(values=[_span(row) for row in rows])).mark_rule(
        strokeWidth=3, color=GRID, aria=False
    )
    points = alt.Chart(alt.InlineData(values=[point for row in rows for point in _points(row)])).mark_point(
        filled=True, size=95, opacity=1
    )
    kinds, tones, shapes = zip(*MARKS, strict=True)
    return alt.layer(
        spans.encode(y=names, x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q"),
        points.encode(
            y=names,
            x=alt.X("value:Q", scale=scale, axis=axis),
            color=alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=tones)),
            shape=alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=shapes)),
            description="says:N",
        ),
    ).properties(width=canvas.width, height=ROW * len(rows))


def _span(row: Range) -> dict[str, Any]:
    return {"name": row.name, "low": _above_zero(row.values[0]), "high": _above_zero(row.values[2])}


def _points(row: Range) -> list[dict[str, Any]]:
    return [
        {"name": row.name, "kind": kind, "value": _above_zero(value), "says": f"{row.name}, {kind}: {text}"}
        for (kind, _, _), value, text in zip(MARKS, row.values, row.texts, strict=True)
    ]


def _above_zero(value: float) -> float:
    return max(value, 0.5)  # a logarithm has no zero


def _from_zero(rows: Sequence[Range], labels: str) -> tuple[alt.Scale, alt.Axis]:
    most = max(max(row.values) for row in rows)
    scale = alt.Scale(domain=[0, most * 1.06], nice=False)
    return scale, alt.Axis(labelExpr=labels, title=None, tickCount=5, labelOverlap=True)


def _decades(rows: Sequence[Range], labels: str) -> tuple[alt.Scale, alt.Axis]:
    """With ticks at 1, 2, 5, 10, …"""
    low = _above_zero(min(min(row.values) for row in rows)) * 0.8
    high = _above_zero(max(max(row.values) for row in rows)) * 1.25
    ticks = [step * 10**power for power in range(9) for step in (1, 2, 5) if low <= step * 10**power <= high]
    scale = alt.Scale(type="log", domain=[low, high], nice=False)
    return scale, alt.Axis(labelExpr=labels, values=ticks, title=None, labelOverlap=True)
