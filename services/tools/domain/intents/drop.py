"""drop: leave one thing behind for good."""

from __future__ import annotations

from pydantic import Field

from contracts.effects import ItemLost
from contracts.tools import Refusal
from services.tools.domain.dice import Roller
from services.tools.domain.intent import Intent, Word
from services.tools.domain.quests import is_promised, refuse_promised
from services.tools.domain.ruling import Ruling, refuse, refuse_unknown
from services.tools.domain.surroundings import Surroundings


class Drop(Intent):
    """Leave one thing you carry behind for good."""

    item: Word = Field(description="Carried item id.", json_schema_extra={"refers_to": "carried-item"})


def drop(intent: Drop, here: Surroundings, dice: Roller) -> Ruling | Refusal:
    thing = here.find_carried(intent.item)
    loose = [known.id for known in here.character.inventory if known.kind != "key" and not here.is_worn(known)]
    if thing is None:
        return refuse_unknown("item", loose)
    if thing.kind == "key":
        return refuse("needed", "Keys are not thrown away.", f"You may need {thing.name} yet.", loose)
    if is_promised(thing, here):
        return refuse_promised(thing, loose)
    ruling = Ruling()
    ruling.does(ItemLost(instance=thing.id))
    ruling.tells(f"You leave {thing.name} behind.", thing)
    return ruling
