"""defend: spend the turn on being harder to hit."""

from __future__ import annotations

from contracts.canon import Condition
from contracts.effects import ConditionGained
from contracts.tools import Refusal
from services.tools.domain.dice import Roller
from services.tools.domain.intent import Intent
from services.tools.domain.ruling import Ruling, refuse
from services.tools.domain.surroundings import Surroundings

GUARDING = Condition(id="guarding", name="Guarding", turns=1, armour=2, exposed=-1)
"""Until the round is over: +2 armour, and those who strike do so with disadvantage."""


class Defend(Intent):
    """Guard yourself in a fight until your next turn. Waiting in a fight is this, too."""


def defend(intent: Defend, here: Surroundings, dice: Roller) -> Ruling | Refusal:
    if not here.encounter:
        return refuse("no-fight", "Only a fight needs guarding against.", "Nobody is fighting you.", ["hide", "search"])
    ruling = Ruling()
    ruling.does(ConditionGained(target="character", condition=GUARDING))
    ruling.tells("You guard yourself.", GUARDING)
    return ruling
