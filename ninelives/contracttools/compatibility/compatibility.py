"""The verdict on a change: every break, in both directions."""

from __future__ import annotations

from collections.abc import Iterator

from ninelives.contracttools.compatibility.comparison import Comparison
from ninelives.contracttools.compatibility.document import Document, place_name
from ninelives.contracttools.compatibility.findings import TOO_DEEP, UNDECIDABLE, Break, Direction, Unusable
from ninelives.contracttools.compatibility.vocabulary import unread

DIRECTIONS: tuple[Direction, ...] = ("backward", "forward")


def breaks(old: Document, new: Document) -> list[Break]:
    """The reasons why `new` may not replace `old` within a major version; empty when it may.

    Raises Unusable when the definitions refer to each other too deeply to follow.
    """
    try:
        unreadable = list(_undecidable(old, new))
        found = [*_gaps("backward", old, new), *_gaps("forward", new, old)]
    except RecursionError as error:
        raise Unusable(TOO_DEEP) from error
    return [*unreadable, *(each for each in found if not (unreadable and each.rule == UNDECIDABLE))]


def _gaps(direction: Direction, writer: Document, reader: Document) -> Iterator[Break]:
    for gap in Comparison(writer, reader).gaps():
        yield Break(direction, "$" + gap.path, gap.rule, gap.message)


def _undecidable(old: Document, new: Document) -> Iterator[Break]:
    """Breaks at what the gate does not read: it must stay as it is, where it is. Found by its place in the schema."""
    comparison = Comparison(old, new)
    for place in dict.fromkeys([*old.places, *new.places]):
        before, after = old.places.get(place), new.places.get(place)
        reasons = [reason for schema in (before, after) if schema is not None and (reason := unread(schema))]
        if reasons and not (before is not None and after is not None and comparison.same(before, after)):
            yield from (Break(direction, place_name(place), UNDECIDABLE, reasons[0]) for direction in DIRECTIONS)
