"""The parts of a page: sections of figures. A figure is a sentence, a drawing and the numbers behind both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import altair as alt


@dataclass(frozen=True)
class Canvas:
    """The room a drawing has, in CSS pixels at its natural size."""

    width: int
    narrow: bool = False


WIDE, HALF, NARROW = Canvas(968), Canvas(452), Canvas(340, narrow=True)
Drawn = alt.LayerChart | alt.FacetChart
Drawing = Callable[[Canvas], Drawn]


@dataclass(frozen=True)
class Table:
    """Numbers as they are read: formatted, the first column naming the row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """`says` is what one sees in it, computed from the data; `note` is how it was counted."""

    id: str
    title: str
    says: str
    table: Table
    draw: Drawing | None = None
    half: bool = False
    note: str | None = None


@dataclass(frozen=True)
class Tile:
    """A figure of one number."""

    value: str
    label: str


@dataclass(frozen=True)
class Section:
    """`says` is the answer to the question the section asks."""

    id: str
    title: str
    says: str
    tiles: tuple[Tile, ...] = ()
    figures: tuple[Chart, ...] = ()
