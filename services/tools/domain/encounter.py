"""The beginning of a fight: its combatants, their initiative, and who was caught unawares."""

from __future__ import annotations

from typing import Literal

from contracts.canon import Condition, Enemy, Spawn
from contracts.effects import ConditionLost, EncounterStarted
from contracts.state import Combatant, Encounter
from contracts.tools import RollModifier
from services.tools.domain.checks import check, succeeded
from services.tools.domain.dice import Roller
from services.tools.domain.ruling import Ruling
from services.tools.domain.surroundings import Surroundings

Surprise = Literal["none", "character", "enemies"]

HIDDEN = Condition(id="hidden", name="Hidden", turns=3, exposed=-1)
"""Out of sight: harder to hit, and the first blow from here may surprise. Striking gives it up."""

AMBUSH_DIFFICULTY = 10
"""The number that the whiskers must reach, plus the enemy's speed, not to be caught unawares."""

ORDINALS = ("first", "second", "third", "fourth")

PASSIVE_STEALTH = 10
"""Plus paws: what enemies' senses must exceed to notice a hidden cat."""


def sneaks_up(here: Surroundings, enemy: Enemy, dice: Roller) -> Surprise:
    """Whether a hidden cat catches the enemy unawares: paws against its senses."""
    if not here.suffers(HIDDEN.id):
        return "none"
    return "enemies" if succeeded(check(dice, here.derived, "paws", enemy.senses, "sneak attack")) else "none"


def is_ambushed(here: Surroundings, enemy: Enemy, dice: Roller) -> Surprise:
    """Whether the enemy catches the cat unawares: whiskers against its speed."""
    roll = check(dice, here.derived, "whiskers", AMBUSH_DIFFICULTY + enemy.speed, "noticing an ambush")
    return "none" if succeeded(roll) else "character"


def unnoticed(here: Surroundings, enemy: Enemy) -> bool:
    """Whether a hidden cat passes this enemy by. No dice: waiting and looking again changes nothing."""
    return bool(here.suffers(HIDDEN.id)) and PASSIVE_STEALTH + here.derived.stats.get("paws", 0) >= enemy.senses


def begin(
    here: Surroundings, spawn: Spawn, enemy: Enemy, surprise: Surprise, dice: Roller, ruling: Ruling
) -> Encounter:
    """Roll initiative and propose the encounter."""
    own = dice.d20(
        "initiative",
        modifiers=(RollModifier(name="paws", amount=here.derived.stats.get("paws", 0)),),
        edge=here.derived.edge,
    )
    encounter = Encounter(
        id=f"{spawn.id[:50]}-t{here.state.turn + 1}",
        spawn=spawn.id,
        place=here.place.id,
        initiative=own.total,
        surprise=surprise,
        enemies=tuple(_combatant(enemy, number, spawn.count, dice) for number in range(1, spawn.count + 1)),
    )
    ruling.does(EncounterStarted(encounter=encounter))
    if here.suffers(HIDDEN.id):
        ruling.does(ConditionLost(target="character", condition=HIDDEN.id))
    ruling.tells(f"A fight with {enemy.name} begins.", enemy)
    ruling.names(*encounter.enemies)
    return encounter


def _combatant(enemy: Enemy, number: int, of: int, dice: Roller) -> Combatant:
    speed = RollModifier(name="speed", amount=enemy.speed)
    roll = dice.d20("initiative", roller=enemy.name, modifiers=(speed,))
    return Combatant(
        id=f"{enemy.id[:60]}-{number}",
        enemy=enemy.id,
        name=f"the {ORDINALS[number - 1]} {enemy.name}"[:80] if of > 1 else enemy.name,
        hp=enemy.hp,
        max_hp=enemy.hp,
        initiative=roll.total,
    )
