"""give: a delivery somebody waits for, or a present."""

from __future__ import annotations

from pydantic import Field

from contracts.canon import Npc
from contracts.effects import DispositionChanged, ItemLost
from contracts.state import ItemInstance
from contracts.tools import Refusal
from services.tools.domain.dice import Roller
from services.tools.domain.holdings import Holdings
from services.tools.domain.intent import Intent, Word
from services.tools.domain.quests import count_event, find_wanting, is_promised, refuse_promised
from services.tools.domain.rewards import meet
from services.tools.domain.ruling import Ruling, refuse, refuse_unknown
from services.tools.domain.surroundings import Surroundings, ids, pick

PRESENT_WORTH = 20
"""Credits a thing must be worth for a character to think better of the giver."""


class Give(Intent):
    """Give somebody here one thing you carry."""

    item: Word = Field(description="Carried item id.", json_schema_extra={"refers_to": "carried-item"})
    npc: Word = Field(description="Character id.", json_schema_extra={"refers_to": "character"})


def give(intent: Give, here: Surroundings, dice: Roller) -> Ruling | Refusal:
    npc, thing = pick(intent.npc, here.npcs), here.find_carried(intent.item)
    if npc is None:
        return refuse_unknown("npc", ids(here.npcs))
    if thing is None:
        return refuse_unknown("item", ids(here.character.inventory))
    delivery = awaits(npc, thing, here)
    if not delivery and is_promised(thing, here):
        return refuse_promised(thing, ["talk"])
    if not delivery and (thing.kind == "key" or thing.price < PRESENT_WORTH):
        return refuse(
            "unwanted", "One takes what was asked for, or a present.", _no_thanks(npc, thing), ["sell", "drop"]
        )
    ruling = Ruling()
    meet(npc, Holdings(here), ruling)
    ruling.does(ItemLost(instance=thing.id))
    ruling.tells(f"You give {thing.name} to {npc.name}.", thing, npc)
    if delivery:
        count_event("deliver", thing.item, here, ruling, to=npc.id)
    else:
        ruling.does(DispositionChanged(npc=npc.id, amount=1))
        ruling.tells(f"{npc.name} likes you better.", npc)
    return ruling


def awaits(npc: Npc, thing: ItemInstance, here: Surroundings) -> bool:
    """Whether a quest's current stage wants this delivered to this character."""
    return bool(find_wanting("deliver", thing.item, here, to=npc.id))


def _no_thanks(npc: Npc, thing: ItemInstance) -> str:
    return f"{npc.name} has no use for {thing.name}."
