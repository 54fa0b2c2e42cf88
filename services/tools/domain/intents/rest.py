"""rest: fully in a safe place, a little in a quiet one; and how often."""

from __future__ import annotations

from contracts.canon import Condition
from contracts.effects import ConditionGained, Rested
from contracts.state import Character
from contracts.tools import Refusal
from services.tools.domain.dice import Roller
from services.tools.domain.intent import Intent
from services.tools.domain.ruling import Ruling, refuse
from services.tools.domain.surroundings import Surroundings

QUIET = 1
"""The most danger in which a cat can doze off."""

SLEPT = Condition(id="rested", name="Rested", turns=8)
DOZED = Condition(id="rested", name="Rested", turns=4)
"""While it lasts one is not tired enough to rest again: it is what limits rest, and does nothing else."""


class Rest(Intent):
    """Rest: fully in a safe place, a little in a quiet one."""


def rest(intent: Rest, here: Surroundings, dice: Roller) -> Ruling | Refusal:
    if refusal := _restless(here):
        return refusal
    full = _is_safe(here)
    ruling = Ruling()
    ruling.does(Rested(full=full), ConditionGained(target="character", condition=SLEPT if full else DOZED))
    ruling.tells(
        "You sleep and wake whole." if full else "You doze with one eye open and feel better.", here.place, SLEPT
    )
    return ruling


def _restless(here: Surroundings) -> Refusal | None:
    place = here.canon.place
    if here.encounter:
        return refuse("in-encounter", "Nobody rests in a fight.", "You are in a fight.", ["attack", "defend", "flee"])
    if any(spawn.hostile for spawn in here.spawns) or not (_is_safe(here) or place.danger <= QUIET):
        return refuse(
            "not-safe", "Rest needs a safe or quiet place.", f"{place.name} is no place to rest.", ["move_to"]
        )
    if here.suffers(SLEPT.id):
        return refuse("not-tired", "Between two rests some turns must pass.", "You are not tired yet.", ["use_item"])
    if not _is_tired(here.character):
        return refuse("no-need", "Who is whole needs no rest.", "You have all your strength.")
    return None


def _is_safe(here: Surroundings) -> bool:
    return here.canon.place.safe or here.place.id == here.state.haven.id


def _is_tired(cat: Character) -> bool:
    drained = any(known.charges is not None and known.charges < (known.ability.charges or 0) for known in cat.abilities)
    return cat.hp < cat.max_hp or cat.energy < cat.max_energy or drained
