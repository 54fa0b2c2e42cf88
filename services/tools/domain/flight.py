"""Flight: where it leads, and how it ends a fight."""

from __future__ import annotations

from contracts.canon import EntityRef, Exit
from contracts.effects import EncounterEnded
from contracts.tools import Refusal
from services.tools.domain.dice import Roller
from services.tools.domain.ruling import Ruling, refuse
from services.tools.domain.surroundings import Surroundings
from services.tools.domain.ways import escape_routes, go


def way_out(here: Surroundings) -> Exit | Refusal:
    """The exit for flight: one to a place on the character's map before one to an unknown place. Refused when there is
    none."""
    if not here.encounter:
        return refuse("no-fight", "There must be something to flee from.", "Nobody is fighting you.", ["move_to"])
    if not here.scene.budget.move:
        return refuse(
            "no-move-left",
            "Getting away takes the turn's move.",
            "You have only just got here: there is no running any further this turn.",
            ["attack", "defend", "use_ability", "use_item"],
        )
    routes = escape_routes(here)
    if not routes:
        return refuse("cornered", "Flight needs an open way.", "Every way out is barred.", ["attack", "defend"])
    return routes[0]


def escape(route: Exit, here: Surroundings, dice: Roller, ruling: Ruling) -> None:
    """End the encounter by leaving it."""
    ruling.does(EncounterEnded(how="escaped"))
    ruling.names(EntityRef(id=route.id, name=route.name))
    go(route, here, dice, ruling)
