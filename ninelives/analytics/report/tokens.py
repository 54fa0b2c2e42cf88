"""Tokens side by side: what was read from the cache, what was read anew, what was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from ninelives.analytics.report.figure import Canvas, Drawn
from ninelives.analytics.report.palette import AMBER, CYAN, INK, MAGENTA

KINDS = (("from the cache", CYAN), ("read", MAGENTA), ("written", AMBER))


@dataclass(frozen=True)
class Tokens:
    """Of one turn of this model, on average."""

    model: str
    cached: float
    read: float
    written: float


def tokens(rows: Sequence[Tokens], canvas: Canvas) -> Drawn:
    """A stacked bar per model."""
    kinds, tones = zip(*KINDS, strict=True)
    longest = max(row.cached + row.read + row.written for row in rows)
    room = 1.25 if canvas.narrow else 1.1
    data = alt.InlineData(values=[piece for row in rows for piece in _pieces(row)])
    names = alt.Y("model:N", sort=None, title=None, axis=alt.Axis(labelLimit=150 if canvas.narrow else 220))
    scale = alt.Scale(domain=[0, longest * room], nice=False)
    stacked = (
        alt.Chart(data)
        .mark_bar(height=16)
        .encode(
            y=names,
            x=alt.X("start:Q", scale=scale, axis=None),
            x2="end:Q",
            color=alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=tones)),
            description="says:N",
        )
    )
    sums = [{"model": row.model, "end": row.cached + row.read + row.written} for row in rows]
    labels = alt.Chart(alt.InlineData(values=sums)).mark_text(align="left", dx=8, fontSize=12, color=INK, aria=False)
    return alt.layer(
        stacked, labels.encode(y=names, x=alt.X("end:Q", scale=scale, axis=None), text=alt.Text("end:Q", format=",.0f"))
    ).properties(width=canvas.width, height=34 * len(rows))


def _pieces(row: Tokens) -> list[dict[str, Any]]:
    pieces, start = [], 0.0
    for (kind, _), amount in zip(KINDS, (row.cached, row.read, row.written), strict=True):
        says = f"{row.model}: {amount:,.0f} tokens {kind} in a turn"
        pieces.append({"model": row.model, "kind": kind, "start": start, "end": start + amount, "says": says})
        start += amount
    return pieces
