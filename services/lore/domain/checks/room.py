"""The needs of a place fit into one slice of canon, whichever quests are under way besides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from contracts.canon import Ability, Place, Quest
from contracts.lore import CanonSlice
from services.lore.domain.pack import Pack
from services.lore.domain.pack_fault import PackFault
from services.lore.domain.slice import MAX_ACTIVE, MAX_BYTES, assemble_slice, figures, rewards_of, weight, without_words

MOST_ITEMS, MOST_SECRETS, MOST_QUESTS = 80, 12, 12


@dataclass(frozen=True)
class Burden:
    """The contents of a slice, or what a quest under way adds to one."""

    bytes: int
    items: int
    secrets: int
    quests: int


def faults(pack: Pack) -> Iterator[PackFault]:
    """Each place with all that is offered there, and with the heaviest quests from elsewhere besides."""
    abilities = max((c.abilities for c in pack.classes), key=len, default=())
    burdens = {quest.id: _of_quest(pack, quest) for quest in pack.quests}
    for place in pack.places:
        file = pack.file_of("places", place.id)
        try:
            most = _at_most(pack, place, abilities, burdens)
        except ValidationError as error:
            what = ", ".join(f"{e['loc'][0]}: {e['msg']}" for e in error.errors())
            yield PackFault(file, place.id, f"holds too much for one slice of canon: {what}", _REMEDY)
            continue
        for what, there, fit in (
            ("bytes", most.bytes, MAX_BYTES),
            ("items", most.items, MOST_ITEMS),
            ("secrets", most.secrets, MOST_SECRETS),
            ("quests", most.quests, MOST_QUESTS),
        ):
            if there > fit:
                yield PackFault(file, place.id, f"may need {there} {what} in a slice of canon, {fit} fit", _REMEDY)


_REMEDY = "shorten it, or spread it over more places"


def _at_most(pack: Pack, place: Place, abilities: tuple[Ability, ...], burdens: dict[str, Burden]) -> Burden:
    offered = [q for q in pack.quests if q.giver in place.npcs]
    own = _of_slice(assemble_slice(pack, place, offered, abilities))
    others = [burdens[q.id] for q in pack.quests if q not in offered]
    return Burden(
        bytes=own.bytes + _heaviest([b.bytes for b in others]),
        items=own.items + _heaviest([b.items for b in others]),
        secrets=own.secrets + _heaviest([b.secrets for b in others]),
        quests=own.quests + min(MAX_ACTIVE, len(others)),
    )


def _heaviest(burdens: list[int]) -> int:
    return sum(sorted(burdens, reverse=True)[:MAX_ACTIVE])


def _of_slice(slice_: CanonSlice) -> Burden:
    return Burden(weight(slice_), len(slice_.items), len(slice_.secrets), len(slice_.quests))


def _of_quest(pack: Pack, quest: Quest) -> Burden:
    """The quest itself, what it pays and wants, what it tells, and its ending."""
    items = {i for r in rewards_of(quest) for i in r.items}
    items |= {s.goal.target for s in quest.stages if s.goal.kind in ("hold", "deliver")}
    secrets = {s for r in rewards_of(quest) for s in r.reveals}
    parts = [without_words(quest), *(figures(pack.item[id]) for id in items), *(pack.secret[id] for id in secrets)]
    if quest.ending:
        parts.append(pack.ending[quest.ending])
    return Burden(sum(weight(part) + 1 for part in parts), len(items), len(secrets), 1)
