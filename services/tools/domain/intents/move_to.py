"""move_to: through an exit to the place behind it."""

from __future__ import annotations

from pydantic import Field

from contracts.tools import Refusal
from services.tools.domain.dice import Roller
from services.tools.domain.intent import Intent, Word
from services.tools.domain.ruling import Ruling, refuse, refuse_unknown
from services.tools.domain.surroundings import Surroundings
from services.tools.domain.ways import find_way, go, is_open


class MoveTo(Intent):
    """Go to a neighbouring place. Not out of a fight: flee."""

    place: Word = Field(description="Place or exit id.", json_schema_extra={"refers_to": "place"})


def move_to(intent: MoveTo, here: Surroundings, dice: Roller) -> Ruling | Refusal:
    if here.encounter:
        return refuse("in-encounter", "Nobody strolls out of a fight.", "You are in a fight.", ["flee", "use_ability"])
    way = find_way(intent.place, here)
    if way is None:
        return refuse_unknown("exit", [exit_.to for exit_ in here.exits])
    if not is_open(way, here):
        ways = [exit_.to for exit_ in here.exits if is_open(exit_, here)]
        return refuse("locked", "A locked way must be unlocked first.", f"{way.name} is locked.", ["unlock", *ways])
    ruling = Ruling()
    go(way, here, dice, ruling)
    return ruling
