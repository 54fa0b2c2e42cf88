"""Common knowledge: what any citizen could tell a stranger. The same bytes on every turn of every campaign."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from re import match

from contracts.canon import Npc
from services.lore.domain.pack import Pack
from services.lore.domain.visibility import find_visible

MAX_CHARACTERS = 12_000


@cache
def describe_common_knowledge(pack: Pack) -> str:
    """City, districts with their places and people, factions. Nothing that hides behind a secret, no figures."""
    return "\n".join(_lines(pack))


def _lines(pack: Pack) -> Iterator[str]:
    yield f"# {pack.manifest.name}"
    yield pack.manifest.premise
    yield f"Tone: {pack.manifest.tone}"
    visible = find_visible(pack)
    where = {id: p.name for p in pack.places if p.id in visible.places for id in p.npcs}
    places = sorted((p for p in pack.places if p.id in visible.places), key=lambda p: (p.district, p.id))
    for district, members in groupby(places, key=lambda p: p.district):
        yield f"\n## {district}"
        for place in members:
            yield f"- {place.name}: {first_sentence(place.description)}"
    yield "\n## Who is who"
    yield from (f"- {_person(pack, n)} In {where[n.id]}." for n in pack.npcs if n.id in where)
    yield "\n## Powers"
    yield from (f"- {f.name}: {f.description}" for f in pack.factions)


def _person(pack: Pack, npc: Npc) -> str:
    side = next((f", {f.name}" for f in pack.factions if f.id == npc.faction), "")
    return f"{npc.name}, {npc.role}{side}."


def first_sentence(text: str) -> str:
    found = match(r".+?[.!?](?=\s|$)", text)
    return found.group() if found else text
