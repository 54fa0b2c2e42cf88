"""Bars that are read like a list: a name, a bar, a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import altair as alt

from ninelives.analytics.report.figure import Canvas, Drawn
from ninelives.analytics.report.palette import CYAN, INK

ROW = 30
LABELS = 215
NUMBERS = 95
"""Pixels kept free for what stands at the end of the longest bar."""


@dataclass(frozen=True)
class Bar:
    """`text` stands at its end; `says` appears when one points at it; `tone` is a role of `palette`."""

    name: str
    value: float
    text: str
    says: str
    tone: str = CYAN


def bars(rows: Sequence[Bar], canvas: Canvas) -> Drawn:
    """The bars from top to bottom in the order given."""
    longest = max((row.value for row in rows), default=0) or 1
    names = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=LABELS))
    space = canvas.width - min(LABELS, 6.5 * max((len(row.name) for row in rows), default=0)) - 20
    scale = alt.Scale(domain=[0, longest * space / max(space - NUMBERS, 40)], nice=False)
    length = alt.X("value:Q", title=None, axis=None, scale=scale)
    base = alt.Chart(alt.InlineData(values=[asdict(row) for row in rows])).encode(x=length, y=names)
    solid = base.mark_bar(height=14, cornerRadiusEnd=3).encode(
        color=alt.Color("tone:N", scale=None), description="says:N"
    )
    numbers = base.mark_text(align="left", dx=8, fontSize=12, color=INK, aria=False)
    return alt.layer(solid, numbers.encode(text="text:N")).properties(width=canvas.width, height=ROW * len(rows))
