"""Rolls against a target: how often they succeeded, and how often they should have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import altair as alt

from ninelives.analytics.report.figure import Canvas, Drawn
from ninelives.analytics.report.palette import AMBER, CYAN, GRID
from ninelives.analytics.report.wording import count, percent

SURE = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class ReportCheck:
    """Rolls against one target; `due` is the number of successes fair dice and the rules give on average."""

    target: int
    rolls: int
    successes: int
    due: float

    @property
    def interval(self) -> tuple[float, float]:
        """The interval of the true rate with 95 % confidence (Wilson's score)."""
        n, rate, z = self.rolls, self.successes / self.rolls, SURE
        centre = (rate + z * z / (2 * n)) / (1 + z * z / n)
        reach = z / (1 + z * z / n) * (rate * (1 - rate) / n + z * z / (4 * n * n)) ** 0.5
        return max(0.0, centre - reach), min(1.0, centre + reach)


def checks(rows: Sequence[ReportCheck], canvas: Canvas) -> Drawn:
    """The observed rate with its interval, and the due rate as a dash."""
    targets = [row.target for row in rows]
    x = alt.X(
        "target:Q",
        title="target",
        scale=alt.Scale(domain=[min(targets) - 1, max(targets) + 1], nice=False),
        axis=alt.Axis(grid=False, format="d", values=targets, labelOverlap=True),
    )
    y = alt.Y("rate:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format=".0%", tickCount=5))
    data = alt.InlineData(values=[mark for row in rows for mark in _marks(row)])
    kinds = ("seen", "due by the rules")
    tone = alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=(CYAN, AMBER)))
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=("circle", "stroke")))
    base = alt.Chart(data)
    spans = base.mark_rule(strokeWidth=4, color=GRID, aria=False).transform_filter("isValid(datum.low)")
    points = base.mark_point(filled=True, size=90, strokeWidth=3, opacity=1)
    return alt.layer(
        spans.encode(x=x, y=alt.Y("low:Q", title=None), y2="high:Q"),
        points.encode(x=x, y=y, color=tone, shape=shape, stroke=tone, description="says:N"),
    ).properties(width=canvas.width, height=240)


def _marks(row: ReportCheck) -> list[dict[str, Any]]:
    low, high = row.interval
    seen = f"target {row.target}: {percent(row.successes, row.rolls)} of {count(row.rolls, 'roll')} succeeded"
    due = f"target {row.target}: {percent(row.due, row.rolls)} should succeed"
    return [
        {
            "target": row.target,
            "kind": "seen",
            "rate": row.successes / row.rolls,
            "low": low,
            "high": high,
            "says": seen,
        },
        {"target": row.target, "kind": "due by the rules", "rate": row.due / row.rolls, "says": due},
    ]
