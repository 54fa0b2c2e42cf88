"""Invariants of every campaign at all times, whatever was proposed. Tests and operators ask; the fold keeps them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from pydantic import ValidationError

from contracts.state import CampaignState, Encounter
from services.campaign.domain import bounds
from services.campaign.domain.derive import load
from services.campaign.domain.levels import MAX_STAT, level_for


def violations(state: CampaignState) -> tuple[str, ...]:
    """Every rule that this state breaks, one sentence each. Empty for a sound campaign."""
    return (*_contract(state), *_body(state), *_bag(state), *_story(state), *_growth(state))


def broken_by(before: CampaignState, after: CampaignState) -> tuple[str, ...]:
    """Every rule of change that going from one state to a later one breaks."""
    return tuple(_changes(before, after))


def _contract(state: CampaignState) -> Iterator[str]:
    """The contract's own bounds: copies inside the fold are not validated again, so this asks for all of it."""
    try:
        CampaignState.model_validate(state.model_dump())
    except ValidationError as error:
        yield from (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_url=False))


def _body(state: CampaignState) -> Iterator[str]:
    cat = state.character
    if not 0 <= cat.hp <= cat.max_hp:
        yield f"hit points {cat.hp} are not within 0 and {cat.max_hp}"
    if (cat.hp == 0) != (cat.lives == 0):
        yield f"{cat.hp} hit points with {cat.lives} lives"
    if not 0 <= cat.energy <= cat.max_energy:
        yield f"energy {cat.energy} is not within 0 and {cat.max_energy}"
    if cat.credits < 0:
        yield f"the purse holds {cat.credits}"
    if cat.level != level_for(cat.xp):
        yield f"level {cat.level} does not match {cat.xp} experience"
    if any(value > MAX_STAT for value in cat.stats.values()):
        yield f"a stat is above {MAX_STAT}"
    if any(known.charges is not None and known.charges > (known.ability.charges or 0) for known in cat.abilities):
        yield "an ability has more charges than it can hold"
    yield from _twice("condition", (condition.id for condition in cat.conditions))


def _bag(state: CampaignState) -> Iterator[str]:
    cat = state.character
    if load(cat) > cat.capacity:
        yield f"{load(cat)} is carried with a capacity of {cat.capacity}"
    if any(item.quantity > item.stack for item in cat.inventory):
        yield "a stack is too high"
    yield from _twice("instance", (item.id for item in cat.inventory))
    slots = {item.id: item.slot for item in cat.inventory}
    yield from (f"{worn} is worn as {slot}" for slot, worn in cat.equipment.items() if slots.get(worn) != slot)


def _story(state: CampaignState) -> Iterator[str]:
    if (state.status == "ended") != (state.ending is not None):
        yield f"{state.status} with ending {state.ending}"
    if state.status == "ended" and state.encounter is not None:
        yield "a fight goes on after the end"
    if state.character.lives == 0 and state.status != "ended":
        yield "nine lives are spent and the story goes on"
    if state.encounter is not None:
        yield from _encounter(state.encounter, state.place.id)
    for kind, ids in (
        ("find", state.taken),
        ("feature", state.used),
        ("secret", state.revealed),
        ("exit", state.unlocked),
        ("spawn", state.cleared),
        ("quest", tuple(quest.id for quest in state.quests)),
        ("place", tuple(place.id for place in state.places)),
    ):
        yield from _twice(kind, ids)


def _encounter(encounter: Encounter, place: str) -> Iterator[str]:
    if encounter.place != place:
        yield f"the fight is at {encounter.place} and the cat at {place}"
    yield from _twice("combatant", (enemy.id for enemy in encounter.enemies))
    yield from (f"{enemy.id} has {enemy.hp} hit points" for enemy in encounter.enemies if enemy.hp > enemy.max_hp)


def _growth(state: CampaignState) -> Iterator[str]:
    for what, count, most in (
        ("kinds of enemies defeated", len(state.defeated), bounds.DEFEATED_KINDS),
        ("characters met", len(state.met), bounds.MET),
        ("sales remembered", len(state.sold), bounds.SOLD_LINES),
    ):
        if count > most:
            yield f"{count} {what}, {most} at most"


def _changes(before: CampaignState, after: CampaignState) -> Iterator[str]:
    if after.character.lives > before.character.lives:
        yield "a life came back"
    if after.character.xp < before.character.xp:
        yield "experience was lost"
    if before.status == "ended" and (after.status, after.ending) != (before.status, before.ending):
        yield "the end was undone"
    if after.gained < before.gained:
        yield "an instance number may be given twice"
    new = {item.id for item in after.character.inventory} - {item.id for item in before.character.inventory}
    if any(int(instance.rpartition("-")[2]) <= before.gained for instance in new):
        yield "something is carried that was not gained"
    for kind in ("taken", "used", "revealed", "unlocked", "cleared"):
        if not set(getattr(before, kind)) <= set(getattr(after, kind)):
            yield f"{kind} was forgotten"


def _twice(kind: str, ids: Iterable[Hashable]) -> Iterator[str]:
    seen: set[Hashable] = set()
    for one in ids:
        if one in seen:
            yield f"{kind} {one} is there twice"
        seen.add(one)
