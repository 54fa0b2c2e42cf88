"""Every place can be reached from the start, and left again for the haven."""

from __future__ import annotations

from collections.abc import Iterator

from services.lore.domain.pack import Pack
from services.lore.domain.pack_fault import PackFault
from services.lore.domain.reachability import Reachability


def faults(pack: Pack, reachable: Reachability) -> Iterator[PackFault]:
    for place in pack.places:
        if place.id not in reachable.places:
            yield PackFault(pack.file_of("places", place.id), place.id, _why(pack, place.id, reachable), _REMEDY)
    home = _leading_to(pack, reachable, pack.manifest.haven)
    for place in pack.places:
        if place.id in reachable.places and place.id not in home:
            wrong = f"has no way back to {pack.manifest.haven}"
            yield PackFault(pack.file_of("places", place.id), place.id, wrong, "add an exit that leads home")


_REMEDY = "add an exit, or a key, a check or a telling that opens one"


def _why(pack: Pack, place: str, reachable: Reachability) -> str:
    ways = [(p, e) for p in pack.places for e in p.exits if e.to == place and p.id in reachable.places]
    if not ways:
        return "cannot be reached: no reachable place has an exit to it"
    barred = [
        f"{e.id} waits for secret {e.secret}" if not reachable.sees(e) else f"{e.id} for key {e.lock and e.lock.key}"
        for _, e in ways
    ]
    return f"cannot be reached: {', '.join(barred)}"


def _leading_to(pack: Pack, reachable: Reachability, haven: str) -> set[str]:
    home = {haven}
    while True:
        more = {p.id for p in pack.places if any(e.to in home and reachable.passes(e) for e in p.exits)} - home
        if not more:
            return home
        home |= more
