"""Quantiles over time, in steps that suit the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from ninelives.analytics.report.figure import Canvas, Drawn
from ninelives.analytics.report.ranges import MARKS

MINUTE = 60_000
HOUR, DAY = 60 * MINUTE, 24 * 60 * MINUTE
MOST_STEPS = 60


@dataclass(frozen=True)
class Width:
    """Of one step of time."""

    name: str
    milliseconds: int


WIDTHS = (
    Width("minute", MINUTE),
    Width("five minutes", 5 * MINUTE),
    Width("quarter of an hour", 15 * MINUTE),
    Width("hour", HOUR),
    Width("six hours", 6 * HOUR),
    Width("day", DAY),
    Width("week", 7 * DAY),
    Width("thirty days", 30 * DAY),
)


@dataclass(frozen=True)
class TimeSpan:
    """The turns accepted in one step: `since` in milliseconds of the epoch, quantiles in milliseconds."""

    since: int
    when: str
    turns: int
    values: tuple[float, float, float]
    texts: tuple[str, str, str]


def bucket(first: int | None, last: int | None) -> Width:
    """The finest step that cuts the time between two moments into at most sixty (the coarsest has no such bound)."""
    spread = (last or 0) - (first or 0)
    return next((width for width in WIDTHS if spread / width.milliseconds <= MOST_STEPS), WIDTHS[-1])


def over_time(spans: Sequence[TimeSpan], width: Width, canvas: Canvas) -> Drawn:
    """A line for each quantile."""
    first, last = spans[0].since, spans[-1].since
    kinds, tones, shapes = zip(*MARKS, strict=True)
    data = alt.InlineData(values=[point for span in spans for point in _points(span)])
    pad = max(width.milliseconds // 2, (last - first) // 60)
    time = alt.X(
        "since:T",
        title=None,
        scale=alt.Scale(type="utc", domain=[first - pad, last + pad]),
        axis=alt.Axis(
            grid=False,
            format=_format(first, last),
            values=_some([span.since for span in spans], 4 if canvas.narrow else 8),
        ),
    )
    value = alt.Y("value:Q", title=None, axis=alt.Axis(labelExpr="datum.value + ' s'", tickCount=5))
    base = alt.Chart(data).encode(
        x=time, y=value, color=alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=tones))
    )
    lines = base.mark_line(strokeWidth=1.5, aria=False)
    points = base.mark_point(filled=True, size=36 if len(spans) > 20 else 64, opacity=1).encode(
        shape=alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=shapes)), description="says:N"
    )
    return alt.layer(lines, points).properties(width=canvas.width, height=240)


def _some(moments: Sequence[int], most: int) -> list[int]:
    """At most so many of them, evenly apart."""
    return list(moments[:: -(-len(moments) // most)])


def _format(first: int, last: int) -> str:
    if last - first < DAY:
        return "%H:%M"
    return "%d %b %H:%M" if last - first < 3 * DAY else "%d %b"


def _points(span: TimeSpan) -> list[dict[str, Any]]:
    return [
        {
            "since": span.since,
            "kind": kind,
            "value": value / 1000,
            "says": f"{span.when}, {kind}: {text} ({span.turns} turns)",
        }
        for (kind, _, _), value, text in zip(MARKS, span.values, span.texts, strict=True)
    ]
