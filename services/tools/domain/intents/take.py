"""take: what lies around."""

from __future__ import annotations

from pydantic import Field

from contracts.canon import Find, Item
from contracts.effects import CreditsGained, FindTaken
from contracts.tools import Refusal
from services.tools.domain.dice import Roller
from services.tools.domain.holdings import Holdings
from services.tools.domain.intent import Intent, Word
from services.tools.domain.rewards import bag_full, gain
from services.tools.domain.ruling import Ruling, refuse, refuse_unknown
from services.tools.domain.surroundings import Surroundings


class Take(Intent):
    """Pick up something that lies here."""

    find: Word = Field(description="Find id.", json_schema_extra={"refers_to": "find"})


def take(intent: Take, here: Surroundings, dice: Roller) -> Ruling | Refusal:
    find = next((find for find in here.finds if _is_called(find, intent.find, here)), None)
    if find is None:
        return refuse_unknown("find", [find.id for find in here.finds])
    item, holdings = here.item(find.item) if find.item else None, Holdings(here)
    if find.item and item is None:
        return refuse("canon-incomplete", "Only what canon knows can be gained.", "It turns out to be nothing.")
    if item and not holdings.fits([item], find.quantity):
        return bag_full([item])
    ruling = Ruling()
    ruling.does(FindTaken(find=find.id))
    if item:
        gain(item, find.quantity, find.id, holdings, ruling)
    if find.credits:
        ruling.does(CreditsGained(amount=find.credits, source=find.id))
        ruling.tells(f"You pick up {find.credits} credits.")
    return ruling


def _is_called(find: Find, word: str, here: Surroundings) -> bool:
    item: Item | None = here.item(find.item) if find.item else None
    return word in (find.id, find.item) or (item is not None and word.casefold() == item.name.casefold())
