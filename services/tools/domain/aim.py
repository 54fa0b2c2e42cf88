"""Choosing whom to strike: somebody in the running fight, or enemies not yet fought."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.canon import Enemy, Spawn
from contracts.effects import ConditionLost
from contracts.state import Encounter
from contracts.tools import Refusal
from services.tools.domain.checks import leaning
from services.tools.domain.dice import Roller
from services.tools.domain.encounter import HIDDEN, begin, sneaks_up
from services.tools.domain.ruling import Ruling, refuse_unknown
from services.tools.domain.surroundings import Foe, Surroundings, ids, pick


@dataclass(frozen=True)
class Quarry:
    """Enemies that wait in this place and would be drawn into a fight."""

    spawn: Spawn
    enemy: Enemy


@dataclass(frozen=True)
class Engagement:
    """The one who is struck at, the fight it is in, and the edge the first blow has."""

    encounter: Encounter
    foe: Foe
    edge: int = 0


def aim(word: str | None, here: Surroundings) -> Foe | Quarry | Refusal:
    """The foe or quarry that `word` means: a combatant, a kind of enemy or a spawn. None will do when there is only one
    choice."""
    if here.encounter:
        return _among(here.foes, here.encounter, word) or refuse_unknown("target", ids(here.foes))
    quarries = tuple(Quarry(spawn, enemy) for spawn in here.spawns if (enemy := here.enemy(spawn.enemy)))
    named = [quarry for quarry in quarries if _is_called(quarry, word)]
    if named and (word or len(quarries) == 1):
        return named[0]
    return refuse_unknown("target", [quarry.spawn.id for quarry in quarries])


def engage(target: Foe | Quarry, here: Surroundings, dice: Roller, ruling: Ruling) -> Engagement:
    """Close in on the target; a fight that is not on yet begins, with the advantage of surprise for a hidden cat."""
    hidden = 1 if here.suffers(HIDDEN.id) else 0
    if isinstance(target, Quarry):
        surprise = sneaks_up(here, target.enemy, dice)
        encounter = begin(here, target.spawn, target.enemy, surprise, dice, ruling)
        if surprise == "enemies":
            ruling.tells(f"{target.enemy.name} is taken by surprise.", target.enemy)
        return Engagement(encounter, here.standing(encounter)[0], edge=1 if surprise == "enemies" else 0)
    assert here.encounter is not None
    if hidden:
        ruling.does(ConditionLost(target="character", condition=HIDDEN.id))
    return Engagement(here.encounter, target, edge=hidden)


def exposure(foe: Foe) -> int:
    """The edge others have when they roll against it."""
    return leaning(*(condition.exposed for condition in foe.combatant.conditions))


def _among(foes: tuple[Foe, ...], fight: Encounter, word: str | None) -> Foe | None:
    """The one meant, or the first of the kind or of the spawn that is meant."""
    if word is None:
        return foes[0] if len(foes) == 1 else None
    return pick(word, foes) or next((foe for foe in foes if word == fight.spawn or pick(word, [foe.enemy])), None)


def _is_called(quarry: Quarry, word: str | None) -> bool:
    called = (quarry.spawn.id, quarry.enemy.id, f"{quarry.enemy.id}-1")
    return word is None or word in called or word.casefold() == quarry.enemy.name.casefold()
