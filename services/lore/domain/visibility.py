"""Visibility: what a campaign may know of a world, everything less what hides behind secrets it has not learnt.

Locks do not hide: one can see a barred door and hear of what lies behind it. Secrets do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from contracts.canon import Exit, Feature, Find, Place, Reward, Spawn
from contracts.state import CampaignState
from services.lore.domain.pack import Pack

Hideable = Exit | Feature | Find | Spawn


@dataclass(frozen=True)
class Visibility:
    """Ids of what may be spoken of, by kind."""

    revealed: frozenset[str]
    places: frozenset[str]
    npcs: frozenset[str]
    enemies: frozenset[str]
    items: frozenset[str]
    shops: frozenset[str]
    quests: frozenset[str]

    def shows(self, thing: Hideable) -> bool:
        return thing.secret is None or thing.secret in self.revealed


def campaign_visibility(pack: Pack, state: CampaignState) -> Visibility:
    """The visibility of this campaign: what was revealed to it, where it has been, what it carries."""
    been = {state.place.id, *(p.id for p in state.places)}
    carried = {i.item for i in state.character.inventory}
    return find_visible(pack, frozenset(state.revealed), been, carried, state.met)


def find_visible(
    pack: Pack,
    revealed: frozenset[str] = frozenset(),
    been: Iterable[str] = (),
    carried: Iterable[str] = (),
    met: Iterable[str] = (),
) -> Visibility:
    """Everything visible to one who knows `revealed`; without arguments, everything that every citizen may know."""
    return _find(pack, revealed, frozenset(been), frozenset(carried), frozenset(met))


@lru_cache(maxsize=128)
def _find(
    pack: Pack, revealed: frozenset[str], been: frozenset[str], carried: frozenset[str], met: frozenset[str]
) -> Visibility:
    places = _open_places(pack, revealed, been)
    here = [pack.place[id] for id in places]
    npcs = {n for p in here for n in p.npcs} | met
    enemies = {s.enemy for p in here for s in p.spawns if _open(s, revealed)}
    shops = {p.shop for p in here if p.shop}
    quests = {q.id for q in pack.quests if q.giver in npcs}
    items = carried | _items(pack, here, revealed, enemies, shops, quests)
    return Visibility(revealed, *(frozenset(s) for s in (places, npcs, enemies, items, shops, quests)))


def _open(thing: Hideable, revealed: frozenset[str]) -> bool:
    return thing.secret is None or thing.secret in revealed


def _open_places(pack: Pack, revealed: frozenset[str], been: Iterable[str]) -> set[str]:
    waiting = [id for id in (pack.manifest.start, pack.manifest.haven, *been) if id in pack.place]
    seen: set[str] = set()
    while waiting:
        id = waiting.pop()
        if id in seen:
            continue
        seen.add(id)
        waiting.extend(e.to for e in pack.place[id].exits if _open(e, revealed) and e.to in pack.place)
    return seen


def _items(
    pack: Pack, here: list[Place], revealed: frozenset[str], enemies: set[str], shops: set[str], quests: set[str]
) -> set[str]:
    rewards: list[Reward] = [f.reward for p in here for f in p.features if _open(f, revealed)]
    for quest in (pack.quest[id] for id in quests):
        rewards += [quest.reward, *(s.reward for s in quest.stages)]
    sought = {s.goal.target for id in quests for s in pack.quest[id].stages if s.goal.kind in ("hold", "deliver")}
    found = sought | {f.item for p in here for f in p.finds if f.item and _open(f, revealed)}
    found |= {i for r in rewards for i in r.items}
    found |= {line.item for id in shops if id in pack.shop for line in pack.shop[id].stock}
    found |= {i for c in pack.classes for i in c.items}
    tables = {e.loot for id in enemies if (e := pack.enemy.get(id)) and e.loot}
    return found | {e.item for id in tables if id in pack.loot_table for e in pack.loot_table[id].entries if e.item}
