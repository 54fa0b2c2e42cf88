"""Counts of each face of a die, against where a fair die's faces lie."""

from __future__ import annotations

import altair as alt

from ninelives.analytics.report.fairness import Judgement
from ninelives.analytics.report.figure import Canvas, Drawn
from ninelives.analytics.report.palette import BAND, CYAN, INK, MAGENTA
from ninelives.analytics.report.wording import count


def faces(die: Judgement, canvas: Canvas) -> Drawn:
    """A bar per face, the expected number as a line, and the band of 95 % behind."""
    low, high = die.band
    top = max(high, max(die.counts)) * 1.08
    height = alt.Scale(domain=[0, top], nice=False)
    rows = [_face(face, seen, low, high) for face, seen in enumerate(die.counts, 1)]
    thin = max(1, die.sides // 20) * (2 if die.sides > 12 and canvas.width < 600 else 1)
    shown = [face for face in range(1, die.sides + 1) if face == 1 or face % max(thin, 1) == 0 or die.sides <= 12]
    x = alt.X(
        "face:Q",
        title=None,
        scale=alt.Scale(domain=[0.4, die.sides + 0.6], nice=False),
        axis=alt.Axis(grid=False, values=shown, format="d", labelPadding=6),
    )
    y = alt.Y("seen:Q", title=None, scale=height, axis=alt.Axis(tickCount=4, format=",d" if top >= 4 else ",.0f"))
    one = alt.InlineData(values=[{"low": low, "high": high, "expected": die.expected}])
    band = alt.Chart(one).mark_rect(color=BAND, aria=False).encode(y=alt.Y("low:Q", scale=height), y2="high:Q")
    expected = alt.Chart(one).mark_rule(color=INK, strokeDash=[4, 3], strokeWidth=1, aria=False)
    width = max(2.0, min(22.0, (canvas.width - 60) / die.sides * 0.68))
    bar = alt.Chart(alt.InlineData(values=rows)).mark_bar(width=width, cornerRadiusEnd=2)
    tone = alt.Color("tone:N", scale=None)
    return alt.layer(
        band,
        bar.encode(x=x, y=y, color=tone, description="says:N"),
        expected.encode(y=alt.Y("expected:Q", scale=height)),
    ).properties(width=canvas.width, height=190)


def _face(face: int, seen: int, low: float, high: float) -> dict[str, object]:
    outside = not low <= seen <= high
    where = ", outside the band" if outside else ""
    return {
        "face": face,
        "seen": seen,
        "tone": MAGENTA if outside else CYAN,
        "says": f"{face}: {count(seen, 'time')}{where}",
    }
