"""The canon slice: the figures the rules need here and now, bounded whatever the campaign has become."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from contracts.canon import Ability, Goal, Item, Npc, NpcVoice, Place, Quest, Reward
from contracts.envelope import Value
from contracts.lore import CanonSlice
from contracts.state import CampaignState
from services.lore.domain.briefing import list_offered
from services.lore.domain.pack import Pack, ref
from services.lore.domain.visibility import Hideable

MAX_BYTES = 24 * 1024
"""Of the slice as JSON."""

_WORDS: dict[str, Any] = {"description": "", "aliases": (), "deeds": (), "ambience": ()}
_PARTS = frozenset({"exits", "features", "finds", "topics"})

Canon = TypeVar("Canon", bound=Value)

MAX_ACTIVE = 4
"""Active quests in one slice. Those that something here can move come first; the others wait for their place."""


def cut(pack: Pack, state: CampaignState) -> CanonSlice:
    """The slice that the rules need where the cat stands. Carried things are left out where there is no room: an
    instance in the inventory has its figures with it."""
    place = pack.place[state.place.id]
    fought = {c.enemy for c in state.encounter.enemies} if state.encounter else set()
    quests = (*active_here(pack, state), *list_offered(pack, state))
    base = assemble_slice(pack, place, quests, _abilities(pack, state), fought)
    return _with_carried(pack, base, state)


def assemble_slice(
    pack: Pack, place: Place, quests: Iterable[Quest], abilities: tuple[Ability, ...] = (), fought: Iterable[str] = ()
) -> CanonSlice:
    """A place with all it may give, and these quests with all they may pay. What is there to be read or told is for the
    briefing; of a voice only what is said in a talk is in here."""
    place = without_words(place)
    quests = tuple({q.id: without_words(q) for q in quests}.values())
    npcs = tuple(without_words(pack.npc[id]) for id in place.npcs)
    shop = pack.shop[place.shop] if place.shop else None
    enemies = tuple(without_words(pack.enemy[id]) for id in dict.fromkeys([*(s.enemy for s in place.spawns), *fought]))
    loot = tuple(pack.loot_table[id] for id in dict.fromkeys(e.loot for e in enemies if e.loot))
    rewards = [f.reward for f in place.features] + [r for q in quests for r in rewards_of(q)]
    items = [
        *(f.item for f in place.finds if f.item),
        *(e.lock.key for e in place.exits if e.lock and e.lock.key),
        *(line.item for line in (shop.stock if shop else ())),
        *(entry.item for table in loot for entry in table.entries if entry.item),
        *(id for reward in rewards for id in reward.items),
        *(s.goal.target for q in quests for s in q.stages if s.goal.kind in ("hold", "deliver")),
    ]
    neighbours = dict.fromkeys(e.to for e in place.exits)
    endings = dict.fromkeys(q.ending for q in quests if q.ending)
    return CanonSlice(
        place=place,
        neighbours=tuple(ref(pack.place[id]) for id in neighbours),
        npcs=npcs,
        enemies=enemies,
        items=tuple(figures(pack.item[id]) for id in dict.fromkeys(items)),
        loot=loot,
        shop=shop,
        quests=quests,
        secrets=tuple(pack.secret[id] for id in dict.fromkeys(_secrets(place, npcs, rewards))),
        abilities=tuple(without_words(a) for a in abilities),
        endings=tuple(pack.ending[id] for id in endings),
        haven=pack.haven,
    )


def rewards_of(quest: Quest) -> Iterator[Reward]:
    yield from (s.reward for s in quest.stages)
    yield quest.reward


def figures(item: Item) -> Item:
    """An item as the rules know it, without the prose."""
    return without_words(item)


def without_words(thing: Canon) -> Canon:
    """The same without what is there for reading players' words and for telling: the rules have no use for it."""
    fields = type(thing).model_fields
    changes: dict[str, Any] = {name: nothing for name, nothing in _WORDS.items() if name in fields}
    for name in _PARTS.intersection(fields):
        changes[name] = tuple(without_words(part) for part in getattr(thing, name))
    if isinstance(thing, Npc) and thing.voice:
        spoken = {name: getattr(thing.voice, name) for name in ("greeting", "again", "small_talk")}
        changes["voice"] = NpcVoice(**spoken)
    return thing.model_copy(update=changes)


def active_here(pack: Pack, state: CampaignState) -> tuple[Quest, ...]:
    """The active quests from their current stage on, at most MAX_ACTIVE: first those whose current stage this place
    can move, then those with a later stage here, then the rest in the order they were taken."""
    place = pack.place[state.place.id]
    active = [remaining(pack.quest[q.id], q.stage) for q in state.quests if q.status == "active" and q.id in pack.quest]
    near = [[_concerns(pack, place, state, s.goal) for s in q.stages] for q in active]
    ordered = sorted(range(len(active)), key=lambda i: (not near[i][0], not any(near[i]), i))
    return tuple(active[i] for i in ordered[:MAX_ACTIVE])


def remaining(quest: Quest, stage: str) -> Quest:
    """The quest without the stages that lie behind."""
    ids = [s.id for s in quest.stages]
    return quest.model_copy(update={"stages": quest.stages[ids.index(stage) :]}) if stage in ids else quest


def _concerns(pack: Pack, place: Place, state: CampaignState, goal: Goal) -> bool:
    """Could this goal be reached by something that is here? What a quest wants and the cat carries is always here: the
    rules keep it from being sold or left behind."""
    match goal.kind:
        case "reach":
            return goal.target == place.id
        case "defeat":
            return any(s.enemy == goal.target for s in place.spawns)
        case "talk":
            return goal.target in place.npcs
        case "use":
            return any(f.id == goal.target for f in place.features)
        case "deliver":
            return goal.to in place.npcs or carries(state, goal.target)
        case "hold":
            return carries(state, goal.target) or goal.target in {i.id for i in assemble_slice(pack, place, ()).items}
        case "learn":
            npcs = [pack.npc[id] for id in place.npcs]
            rewards = [f.reward for f in place.features]
            return goal.target in state.revealed or goal.target in _secrets(place, npcs, rewards)


def carries(state: CampaignState, item: str) -> bool:
    return any(i.item == item for i in state.character.inventory)


def _secrets(place: Place, npcs: Iterable[Npc], rewards: Iterable[Reward]) -> list[str]:
    """Secrets that hide here, and those that one can learn from people, features and quests here."""
    hideable: tuple[Hideable, ...] = (*place.exits, *place.features, *place.finds, *place.spawns)
    return [
        *(t.secret for t in hideable if t.secret),
        *(s for n in npcs for t in n.topics for s in t.reveals),
        *(s for r in rewards for s in r.reveals),
    ]


def _abilities(pack: Pack, state: CampaignState) -> tuple[Ability, ...]:
    own = [c.abilities for c in pack.classes if c.id == state.character.class_id]
    return own[0] if own else ()


def _with_carried(pack: Pack, base: CanonSlice, state: CampaignState) -> CanonSlice:
    size = weight(base)
    there = {i.id for i in base.items}
    items = list(base.items)
    for id in dict.fromkeys(i.item for i in state.character.inventory):
        if id in there or id not in pack.item or len(items) == 80:
            continue
        item = figures(pack.item[id])
        size += weight(item) + 1
        if size > MAX_BYTES:
            break
        items.append(item)
    return base.model_copy(update={"items": tuple(items)})


def weight(value: Value) -> int:
    """Bytes as JSON in UTF-8."""
    return len(value.model_dump_json().encode())
