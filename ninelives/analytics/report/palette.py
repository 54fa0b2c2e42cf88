"""Colours by what they mean. Drawings name a role; the page's style gives it a colour, by day and by night.

A drawing is rendered once with a stand-in for each role, a colour nobody would choose, which becomes a CSS variable.
"""

from __future__ import annotations

from typing import Any

INK, MUTED, GRID, SURFACE = "#010000", "#020000", "#030000", "#040000"
CYAN, MAGENTA, AMBER, SLATE, BAND = "#050000", "#060000", "#070000", "#080000", "#090000"

ROLES = {
    INK: "ink",
    MUTED: "muted",
    GRID: "grid",
    SURFACE: "surface",
    CYAN: "cyan",
    MAGENTA: "magenta",
    AMBER: "amber",
    SLATE: "slate",
    BAND: "band",
}

TEXT = {"fontSize": 12, "font": "Arial"}
"""Arial only measures: the page's own typeface, of the same width, draws."""

CONFIG: dict[str, Any] = {
    "background": None,
    "font": "Arial",
    "padding": 4,
    "view": {"stroke": None},
    "axis": {
        "domainColor": GRID,
        "gridColor": GRID,
        "labelColor": MUTED,
        "labelFontSize": 12,
        "labelPadding": 8,
        "labelLimit": 220,
        "ticks": False,
        "domain": False,
        "titleColor": MUTED,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "titlePadding": 12,
    },
    "legend": {
        "labelColor": INK,
        "labelFontSize": 12,
        "title": None,
        "orient": "top",
        "symbolSize": 90,
        "padding": 4,
        "offset": 8,
        "columnPadding": 20,
    },
    "text": {"color": INK, **TEXT},
}
