"""flee: out of a fight, by whatever way is open."""

from __future__ import annotations

from contracts.tools import Refusal
from services.tools.domain.checks import contest, succeeded
from services.tools.domain.dice import Roller
from services.tools.domain.flight import escape, way_out
from services.tools.domain.intent import Intent
from services.tools.domain.ruling import Ruling
from services.tools.domain.surroundings import Surroundings


class Flee(Intent):
    """Try to get out of the fight, to a place next door."""


def flee(intent: Flee, here: Surroundings, dice: Roller) -> Ruling | Refusal:
    route = way_out(here)
    if isinstance(route, Refusal):
        return route
    ruling = Ruling()
    fastest = max(here.foes, key=lambda foe: foe.enemy.speed, default=None)
    if fastest:
        roll = contest(dice, here.derived, "paws", fastest.name, fastest.enemy.speed, "flight")
        if not succeeded(roll):
            ruling.tells(f"{fastest.name} cuts off your flight: {roll.total} against {roll.target}.", fastest)
            return ruling
        ruling.tells(f"You outrun {fastest.name}: {roll.total} against {roll.target}.", fastest)
    escape(route, here, dice, ruling)
    return ruling
