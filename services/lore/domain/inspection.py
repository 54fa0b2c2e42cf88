"""Inspection: a pack, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from services.lore.domain.assembly import SourceFile, assemble
from services.lore.domain.checks import (
    bounds,
    feasibility,
    language,
    leaks,
    links,
    room,
    standing,
    uniqueness,
    wayfinding,
)
from services.lore.domain.pack import Pack
from services.lore.domain.pack_fault import PackFault
from services.lore.domain.reachability import Reachability


def inspect(files: Iterable[SourceFile]) -> tuple[Pack | None, list[PackFault]]:
    """Read and check a whole pack: it is playable when there are no faults. What follows from an entry that cannot be
    read, or from a name that leads nowhere, is left unsaid until that is mended."""
    done = assemble(files)
    pack = done.pack()
    found = list(done.faults)
    if pack is not None:
        found += uniqueness.faults(pack)
        dangling = list(links.faults(pack, done.unread))
        found += dangling
        if not dangling and not any(done.unread.values()):
            found += _play(pack)
    return pack, sorted(set(found))


def _play(pack: Pack) -> Iterator[PackFault]:
    """Faults that show only when one walks through the whole world."""
    reachable = Reachability(pack).explore()
    yield from standing.faults(pack)
    yield from wayfinding.faults(pack, reachable)
    yield from feasibility.faults(pack, reachable)
    yield from bounds.faults(pack)
    yield from room.faults(pack)
    yield from leaks.faults(pack)
    yield from language.faults(pack)
