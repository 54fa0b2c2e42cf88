"""Scenes and arguments as chance has them, legal or not.

Each strategy is made once: one that is made for a draw costs many times the draw.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

from contracts.state import AbilityState, Budget, Character, ItemInstance, Scene
from services.tools.domain.encounter import HIDDEN
from services.tools.domain.tool import Tool
from services.tools.tests.pack import (
    ABILITIES,
    BRAVE,
    ENEMIES,
    ITEMS,
    NPCS,
    PLACES,
    POISON,
    QUESTS,
    SECRETS,
    SHOP,
    STUN,
)
from services.tools.tests.rules_driver import STATS, carrying, cat, done_quest, fight, on_quest, scene

NONSENSE = ("no-such-thing", "Ünding", "'; drop table cats; --", "999", "character", "😼")


def _ids() -> list[str]:
    things: list[Any] = [*ITEMS, *ENEMIES, *NPCS, *PLACES, *QUESTS, *SECRETS, *ABILITIES, SHOP]
    for place in PLACES:
        things += [*place.exits, *place.features, *place.finds, *place.spawns]
    things += [topic for npc in NPCS for topic in npc.topics]
    names = [thing.name for thing in things if hasattr(thing, "name")]
    return [*(thing.id for thing in things), *names, "gull-1", "gull-2", "crab-1", "fishbone-1", *STATS, "flatter"]


WORDS = st.sampled_from(_ids()) | st.sampled_from(NONSENSE)


@cache
def arguments(tool: Tool) -> st.SearchStrategy[dict[str, Any]]:
    """Arguments of the right shape; what they name may be here, elsewhere or nowhere."""
    fields = tool.intent.model_fields
    given = {name: st.sampled_from(_choices(field)) if _choices(field) else WORDS for name, field in fields.items()}
    optional = {name: st.none() | one for name, one in given.items() if not fields[name].is_required()}
    return st.fixed_dictionaries({**given, **optional})


def _choices(field: Any) -> tuple[str, ...]:
    """The values of a closed choice."""
    flat = [field.annotation, *getattr(field.annotation, "__args__", ())]
    for kind in flat:
        values = getattr(kind, "__args__", ())
        if values and all(isinstance(value, str) for value in values):
            return tuple(values)
    return ()


def _some(*things: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.sampled_from(things), max_size=4, unique_by=str).map(tuple)


BAGS: st.SearchStrategy[tuple[ItemInstance, ...]] = st.dictionaries(
    st.sampled_from([item.id for item in ITEMS]), st.just(1), max_size=6
).map(lambda amounts: carrying(**amounts))
CAPACITIES, CONDITIONS = st.sampled_from([3, 20]), _some(HIDDEN, POISON, BRAVE, STUN)
LIKINGS = st.dictionaries(st.sampled_from(["mate", "cook"]), st.integers(-3, 3))
SOLD = st.dictionaries(st.sampled_from(["stall/cream", "stall/vest"]), st.integers(0, 2))
REVEALED, UNLOCKED, TAKEN = _some("loft-way", "loose-plank"), _some("pier-cellar"), _some("coins", "ropes")
USED, CLEARED = _some("crate", "hatch"), _some("pier-gulls", "cellar-crab")
WHERE = st.sampled_from([place.id for place in PLACES])
HEALTH = st.lists(st.integers(0, 7), min_size=1, max_size=2)
STAGES = [(quest.id, st.sampled_from(quest.stages)) for quest in QUESTS]
SOME_QUESTS = st.lists(st.integers(0, len(QUESTS)), max_size=3, unique=True)


@st.composite
def _characters(draw: st.DrawFn) -> Character:
    bag = draw(BAGS)
    worn = {thing.slot: thing.id for thing in bag if thing.slot and draw(st.booleans())}
    ready = st.integers(0, 2)
    return cat(
        hp=draw(st.integers(1, 18)),
        energy=draw(st.integers(0, 8)),
        credits=draw(st.integers(0, 60)),
        capacity=draw(CAPACITIES),
        choices=draw(st.integers(0, 2)),
        inventory=bag,
        equipment=worn,
        conditions=draw(CONDITIONS),
        abilities=tuple(
            AbilityState(ability=one, charges=one.charges, ready_in=draw(ready), rank=draw(st.integers(1, 5)))
            for one in ABILITIES
        ),
    )


CHARACTERS = _characters()


@st.composite
def _scenes(draw: st.DrawFn) -> Scene:
    """A scene anywhere in the pack, in peace or in a fight."""
    place = draw(WHERE)
    kind = {"pier": "gull", "cellar": "crab"}.get(place)
    hp = draw(HEALTH)
    running = fight(*hp, kind=kind, round=draw(st.integers(1, 3))) if kind and draw(st.booleans()) else None
    quests = [on_quest(id, draw(stages).id, draw(st.integers(0, 2))) for id, stages in STAGES]
    quests += [done_quest("quiet-pier")]
    chosen = {quest.id: quest for quest in map(quests.__getitem__, reversed(draw(SOME_QUESTS)))}
    return scene(
        place,
        character=draw(CHARACTERS),
        budget=Budget(
            action=draw(st.integers(0, 1)),
            move=draw(st.integers(0, 1)),
            enemies_acted=draw(st.booleans()),
            acted=draw(st.booleans()),
            time_passed=draw(st.booleans()),
        ),
        encounter=running,
        revealed=draw(REVEALED),
        unlocked=draw(UNLOCKED),
        taken=draw(TAKEN),
        used=draw(USED),
        cleared=() if running else draw(CLEARED),
        met=draw(LIKINGS),
        sold=draw(SOLD),
        quests=tuple(chosen.values()),
    )


SCENES = _scenes()
SEEDS = st.binary(min_size=32, max_size=32).map(bytes.hex)
