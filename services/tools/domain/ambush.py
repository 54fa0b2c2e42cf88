"""Hostile enemies attack whom they see."""

from __future__ import annotations

from contracts.canon import Enemy, Spawn
from contracts.state import Encounter
from services.tools.domain.dice import Roller
from services.tools.domain.encounter import begin, is_ambushed, unnoticed
from services.tools.domain.ruling import Ruling
from services.tools.domain.surroundings import Surroundings


def attackers(here: Surroundings) -> tuple[Spawn, Enemy] | None:
    """The first hostile enemies here that notice the cat, if any do and no fight is on."""
    if here.encounter:
        return None
    hostile = ((spawn, here.enemy(spawn.enemy)) for spawn in here.spawns if spawn.hostile)
    return next(((spawn, enemy) for spawn, enemy in hostile if enemy and not unnoticed(here, enemy)), None)


def spring(spawn: Spawn, enemy: Enemy, here: Surroundings, dice: Roller, ruling: Ruling) -> Encounter:
    """The fight they begin, with the cat caught unawares when its whiskers fail it."""
    surprise = is_ambushed(here, enemy, dice)
    fight = begin(here, spawn, enemy, surprise, dice, ruling)
    if surprise == "character":
        ruling.tells(f"{enemy.name} catches you unawares.", enemy)
    return fight


def act_first(fight: Encounter) -> bool:
    """Whether the attackers strike before the cat can: it was caught unawares, or one of them is quicker."""
    quickest = max(combatant.initiative for combatant in fight.enemies)
    return fight.surprise == "character" or quickest > fight.initiative
