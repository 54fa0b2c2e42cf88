"""Every place can be reached from the start, and left again for the haven."""

from __future__ import annotations

from collections.abc import Iterator

from services.lore.domain.pack import Pack
from services.lore.domain.pack_fault import Fault
from services.lore.domain.reachability import Expedition


def faults(pack: Pack, expedition: Expedition) -> Iterator[Fault]:
    for place in pack.places:
        if place.id not in expedition.places:
            yield Fault(pack.file_of("places", place.id), place.id, _why(pack, place.id, expedition), _REMEDY)
    home = _leading_to(pack, expedition, pack.manifest.haven)
    for place in pack.places:
        if place.id in expedition.places and place.id not in home:
            wrong = f"has no way back to {pack.manifest.haven}"
            yield Fault(pack.file_of("places", place.id), place.id, wrong, "add an exit that leads home")


_REMEDY = "add an exit, or a key, a check or a telling that opens one"


def _why(pack: Pack, place: str, expedition: Expedition) -> str:
    ways = [(p, e) for p in pack.places for e in p.exits if e.to == place and p.id in expedition.places]
    if not ways:
        return "cannot be reached: no reachable place has an exit to it"
    barred = [
        f"{e.id} waits for secret {e.secret}" if not expedition.sees(e) else f"{e.id} for key {e.lock and e.lock.key}"
        for _, e in ways
    ]
    return f"cannot be reached: {', '.join(barred)}"


def _leading_to(pack: Pack, expedition: Expedition, haven: str) -> set[str]:
    home = {haven}
    while True:
        more = {p.id for p in pack.places if any(e.to in home and expedition.passes(e) for e in p.exits)} - home
        if not more:
            return home
        home |= more
