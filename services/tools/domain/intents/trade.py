"""buy and sell: what a shop has, and what it pays."""

from __future__ import annotations

from pydantic import Field

from contracts.canon import Item, Shop, StockLine
from contracts.effects import CreditsGained, CreditsSpent, ItemLost, StockTaken
from contracts.state import ItemInstance
from contracts.tools import Refusal
from services.tools.domain.dice import Roller
from services.tools.domain.holdings import Holdings
from services.tools.domain.intent import Intent, Word
from services.tools.domain.quests import is_promised, refuse_promised
from services.tools.domain.rewards import bag_full, gain
from services.tools.domain.ruling import Ruling, refuse, refuse_unknown
from services.tools.domain.surroundings import Surroundings

HOSTILE = -3
"""A keeper who thinks this of the cat does not trade with it."""


class Buy(Intent):
    """Buy one thing from the shop here."""

    item: Word = Field(description="Item id.", json_schema_extra={"refers_to": "ware"})


class Sell(Intent):
    """Sell one thing you carry to the shop here."""

    item: Word = Field(description="Carried item id.", json_schema_extra={"refers_to": "carried-item"})


def buy(intent: Buy, here: Surroundings, dice: Roller) -> Ruling | Refusal:
    shop = _shop(here)
    if isinstance(shop, Refusal):
        return shop
    line, item = _on_the_shelf(intent.item, shop, here)
    if line is None or item is None:
        return refuse_unknown("ware", [ware.item for ware in shop.stock if _left(ware, shop, here)])
    holdings = Holdings(here)
    if refusal := _unsellable(line, item, shop, here, holdings):
        return refusal
    ruling = Ruling()
    ruling.does(
        CreditsSpent(amount=line.price, source=shop.id),
        StockTaken(shop=shop.id, item=item.id, stocked=line.quantity),
    )
    ruling.tells(f"You pay {line.price} credits at {shop.name}.", shop)
    gain(item, 1, shop.id, holdings, ruling)
    return ruling


def sell(intent: Sell, here: Surroundings, dice: Roller) -> Ruling | Refusal:
    shop = _shop(here)
    if isinstance(shop, Refusal):
        return shop
    thing = here.find_carried(intent.item)
    goods = [known.id for known in here.character.inventory if not here.is_worn(known) and offer(known, shop)]
    if thing is None:
        return refuse_unknown("item", goods)
    if here.is_worn(thing):
        return refuse("worn", "What is worn is not for sale.", f"You wear {thing.name}.", ["unequip", *goods])
    if is_promised(thing, here):
        return refuse_promised(thing, goods)
    credits = offer(thing, shop)
    if not credits:
        return refuse("worthless", "Shops buy what has a price.", f"{shop.name} will not buy {thing.name}.", goods)
    ruling = Ruling()
    ruling.does(ItemLost(instance=thing.id), CreditsGained(amount=credits, source=shop.id))
    ruling.tells(f"You sell {thing.name} at {shop.name} for {credits} credits.", thing, shop)
    return ruling


def offer(thing: ItemInstance, shop: Shop) -> int:
    """The price that the shop pays for one: its share of the value, but never more than it asks itself. Keys and empty
    things are worth nothing to it."""
    if thing.kind == "key" or thing.charges == 0:
        return 0
    asked = [line.price for line in shop.stock if line.item == thing.item]
    return min([thing.price * shop.buys_at // 100, *asked])


def _shop(here: Surroundings) -> Shop | Refusal:
    shop = here.canon.shop
    if shop is None or here.canon.place.shop != shop.id:
        return refuse("no-shop", "Trade needs a shop.", "Nobody trades here.", ["move_to"])
    keeper = here.npc(shop.keeper)
    if keeper and here.disposition(keeper) <= HOSTILE:
        return refuse(
            "unwelcome", "Nobody trades with an enemy.", f"{keeper.name} wants you out.", ["persuade", "give"]
        )
    return shop


def _on_the_shelf(word: str, shop: Shop, here: Surroundings) -> tuple[StockLine | None, Item | None]:
    for line in shop.stock:
        item = here.item(line.item)
        if word == line.item or (item and word.casefold() == item.name.casefold()):
            return line, item
    return None, None


def _unsellable(line: StockLine, item: Item, shop: Shop, here: Surroundings, holdings: Holdings) -> Refusal | None:
    if not _left(line, shop, here):
        others = [ware.item for ware in shop.stock if _left(ware, shop, here)]
        return refuse("sold-out", "A shelf empties.", f"{item.name} is sold out.", others)
    if line.price > here.character.credits:
        affordable = [w.item for w in shop.stock if w.price <= here.character.credits and _left(w, shop, here)]
        return refuse("too-dear", "One pays in full.", f"You cannot afford {item.name}.", affordable)
    return None if holdings.fits([item]) else bag_full([item])


def _left(line: StockLine, shop: Shop, here: Surroundings) -> int:
    return max(0, line.quantity - here.state.sold.get(f"{shop.id}/{line.item}", 0))
