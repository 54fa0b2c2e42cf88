"""A table to play at: scenes of the small pack, and intents put to the rules in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contracts.canon import Condition, EntityRef, Slot, Stat
from contracts.state import (
    AbilityState,
    Budget,
    CampaignState,
    Character,
    Combatant,
    Derived,
    Encounter,
    ItemInstance,
    KnownPlace,
    QuestState,
    Scene,
)
from contracts.tools import Outcome, ToolCall
from services.tools.domain.execute import execute
from services.tools.domain.holdings import instance
from services.tools.domain.world import play
from services.tools.tests.pack import ABILITIES, ENEMIES, ITEMS, PLACES, QUESTS, canon_at

STATS: dict[Stat, int] = {"claws": 2, "paws": 1, "whiskers": 1, "wits": 0, "purr": 1}
SEED = "5eed" * 16


def carrying(*things: str, **quantities: int) -> tuple[ItemInstance, ...]:
    """Instances with the ids that a campaign would give them: fishbone-1, cream-2, …"""
    kinds = {item.id: item for item in ITEMS}
    amounts = {**dict.fromkeys(things, 1), **quantities}
    return tuple(
        instance(kinds[name], amount).model_copy(update={"id": f"{name}-{number}"})
        for number, (name, amount) in enumerate(amounts.items(), start=1)
    )


def cat(**changes: Any) -> Character:
    """A cat of the second level with every ability of the pack."""
    born = Character(
        name="Tester",
        class_id="tester",
        class_name="Tester",
        stats=STATS,
        hp=14,
        max_hp=18,
        hp_per_level=4,
        energy=6,
        max_energy=8,
        armour=12,
        credits=40,
        abilities=tuple(AbilityState(ability=ability, charges=ability.charges) for ability in ABILITIES),
    )
    return born.model_copy(update=changes)


def chart(place: str) -> KnownPlace:
    """This place on the character's map, with all ways that anybody can see."""
    here = next(one for one in PLACES if one.id == place)
    there = {one.id: EntityRef(id=one.id, name=one.name) for one in PLACES}
    ways = dict.fromkeys(there[way.to] for way in here.exits if way.secret is None)
    return KnownPlace(id=here.id, name=here.name, exits=tuple(ways))


def scene(
    place: str = "pier",
    *,
    character: Character | None = None,
    budget: Budget | None = None,
    derived: dict[str, Any] | None = None,
    **state: Any,
) -> Scene:
    """A scene in this place of the pack."""
    cat_ = character or cat()
    names = {one.id: EntityRef(id=one.id, name=one.name) for one in PLACES}
    return Scene(
        state=CampaignState(
            **{
                "campaign_id": "c_" + "a" * 26,
                "version": 4,
                "turn": 3,
                "world": "tiny",
                "world_version": "1.0.0",
                "seed_commitment": "0" * 64,
                "character": cat_,
                "place": names[place],
                "haven": names["shed"],
                "places": (chart(place),),
                **state,
            }
        ),
        derived=figures(cat_).model_copy(update=derived or {}),
        budget=budget or Budget(),
    )


def figures(character: Character) -> Derived:
    """The derived figures of a cat whose conditions only matter by edge, exposure and lost actions."""
    conditions = character.conditions
    return Derived(
        stats=character.stats,
        armour=character.armour + sum(condition.armour for condition in conditions),
        load=sum(thing.weight * thing.quantity for thing in character.inventory),
        edge=max((condition.edge for condition in conditions), default=0),
        exposed=min((condition.exposed for condition in conditions), default=0),
        can_act=not any(condition.skips_action for condition in conditions),
    )


def wearing(character: Character, **slots: str) -> Character:
    """The cat with these instances in these slots."""
    equipment: dict[Slot, str] = {**character.equipment, **slots}  # type: ignore[dict-item]
    return character.model_copy(update={"equipment": equipment})


def fight(*hp: int, kind: str = "gull", round: int = 1, surprise: str = "none", conditions: Any = ()) -> Encounter:
    """A fight on the pier with enemies of these hit points left."""
    enemy = next(enemy for enemy in ENEMIES if enemy.id == kind)
    return Encounter(
        id=f"pier-{kind}s-t3",
        spawn="pier-gulls" if kind == "gull" else "cellar-crab",
        place="pier" if kind == "gull" else "cellar",
        round=round,
        initiative=10,
        surprise=surprise,
        enemies=tuple(
            Combatant(
                id=f"{kind}-{number}",
                enemy=kind,
                name=enemy.name,
                hp=left,
                max_hp=enemy.hp,
                initiative=8 + number,
                conditions=conditions,
            )
            for number, left in enumerate(hp, start=1)
        ),
    )


def on_quest(quest_id: str, stage: str, progress: int = 0) -> QuestState:
    """A quest of the pack, under way at this stage."""
    quest = next(quest for quest in QUESTS if quest.id == quest_id)
    text = next(one.text for one in quest.stages if one.id == stage)
    return QuestState(
        id=quest_id, name=quest.name, arc=quest.arc, status="active", stage=stage, text=text, progress=progress
    )


def done_quest(quest_id: str) -> QuestState:
    """A quest of the pack that is completed."""
    quest = next(quest for quest in QUESTS if quest.id == quest_id)
    state = on_quest(quest_id, quest.stages[-1].id)
    return state.model_copy(update={"status": "completed"})


def intend(tool: str, at: Scene | None = None, *, key: str = "t_x/0/0", seed: str = SEED, **arguments: Any) -> Outcome:
    """Put an intent to the rules."""
    where = at or scene()
    call = ToolCall(call_id="call-1", name=tool, arguments=arguments)
    return execute(key, call, where, canon_at(where.state.place.id), seed)


def world(at: Scene, *, key: str = "t_x/world/0", seed: str = SEED) -> tuple[Outcome, ...]:
    """Let the world answer a deed."""
    acted = at.budget.model_copy(update={"acted": True})
    return play(key, at.model_copy(update={"budget": acted}), canon_at(at.state.place.id), seed)


def luck(rules: Callable[[str], Any], wanted: Callable[[Any], bool]) -> Any:
    """The result with the first seed that gives what is wanted."""
    for number in range(2000):
        result = rules(f"{number:064x}")
        if wanted(result):
            return result
    raise AssertionError("no seed does that")


def effects(outcome: Outcome, kind: str) -> list[Any]:
    """The effects of this kind."""
    return [effect for effect in outcome.effects if effect.kind == kind]


def kinds(outcome: Outcome) -> list[str]:
    """The kinds of the effects, in order."""
    return [effect.kind for effect in outcome.effects]


def the(outcome: Outcome, kind: str) -> Any:
    """The one effect of this kind."""
    (effect,) = effects(outcome, kind)
    return effect


def suffering(*conditions: Condition, **changes: Any) -> Character:
    """A cat under these conditions."""
    return cat(conditions=conditions, **changes)
