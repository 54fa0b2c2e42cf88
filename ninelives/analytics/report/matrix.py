"""Numbers of pairs: a grid where there is room, a list on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from ninelives.analytics.report.bars import Bar, bars
from ninelives.analytics.report.figure import Canvas, Drawn
from ninelives.analytics.report.palette import INK, MAGENTA, SURFACE
from ninelives.analytics.report.wording import count

MOST_LISTED = 12


@dataclass(frozen=True)
class Cell:
    row: str
    column: str
    number: int

    @property
    def says(self) -> str:
        return f"{self.column} at {self.row}: {count(self.number)}"


def matrix(cells: Sequence[Cell], rows: Sequence[str], columns: Sequence[str], canvas: Canvas) -> Drawn:
    """`cells` are the greatest first; rows and columns keep the order given."""
    if canvas.narrow:
        listed = [Bar(f"{c.column}, {c.row}", c.number, count(c.number), c.says, MAGENTA) for c in cells[:MOST_LISTED]]
        return bars(listed, canvas)
    most = max(cell.number for cell in cells)
    values = [
        {"row": c.row, "column": c.column, "number": c.number, "share": 0.1 + 0.5 * c.number / most, "says": c.says}
        for c in cells
    ]
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=alt.X("column:N", sort=list(columns), title=None, axis=alt.Axis(orient="top", labelAngle=0, labelLimit=110)),
        y=alt.Y("row:N", sort=list(rows), title=None),
    )
    boxes = base.mark_rect(color=MAGENTA, cornerRadius=4, stroke=SURFACE, strokeWidth=3).encode(
        fillOpacity=alt.FillOpacity("share:Q", scale=None), description="says:N"
    )
    numbers = base.mark_text(color=INK, fontSize=12, aria=False).encode(text="number:Q")
    return alt.layer(boxes, numbers).properties(width=canvas.width, height=34 * len(rows))
