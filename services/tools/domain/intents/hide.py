"""hide: not being there, as far as anybody can tell."""

from __future__ import annotations

from contracts.effects import ConditionGained
from contracts.tools import Refusal
from services.tools.domain.checks import check, succeeded
from services.tools.domain.dice import Roller
from services.tools.domain.encounter import HIDDEN
from services.tools.domain.intent import Intent
from services.tools.domain.ruling import Ruling, refuse
from services.tools.domain.surroundings import Surroundings

HIDING_DIFFICULTY = 10
"""The difficulty where nobody is there to look; otherwise it is the sharpest senses around."""


class Hide(Intent):
    """Get out of sight, to slip by enemies or surprise them."""


def hide(intent: Hide, here: Surroundings, dice: Roller) -> Ruling | Refusal:
    if here.suffers(HIDDEN.id):
        return refuse("already-hidden", "One hides once.", "You are out of sight already.", ["attack", "move_to"])
    watching = [foe.enemy.senses for foe in here.foes] or [
        enemy.senses for spawn in here.spawns if (enemy := here.enemy(spawn.enemy))
    ]
    ruling = Ruling()
    roll = check(dice, here.derived, "paws", max(watching, default=HIDING_DIFFICULTY), "hiding")
    if succeeded(roll):
        ruling.does(ConditionGained(target="character", condition=HIDDEN))
        ruling.tells(f"You slip out of sight: {roll.total} against {roll.target}.", HIDDEN)
    else:
        ruling.tells(f"You find no cover: {roll.total} against {roll.target}.")
    return ruling
