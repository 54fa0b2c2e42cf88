"""Shelves of shops: which wares are named, and how many more there are."""

from __future__ import annotations

from contracts.lore import Ware
from services.dm.domain.understudy.narrator.shelf import FITTING, SHOWN, look_over
from services.dm.tests.builders import briefing, make_request

STOCK = (
    Ware(id="eel", name="Eel", price=6, left=3, kinds=("consumable", "heals")),
    Ware(id="milk", name="Milk", price=4, left=3, kinds=("consumable", "heals")),
    Ware(id="saw", name="Saw", price=45, left=1, kinds=("weapon",)),
    Ware(id="lid", name="Lid", price=25, left=1, kinds=("armour",)),
    Ware(id="spark", name="Spark", price=12, left=1, kinds=("consumable", "harms")),
    Ware(id="bow", name="Bow", price=90, left=1, kinds=("gear",)),
    Ware(id="gone", name="Gone", price=1, left=0, kinds=("weapon",)),
)


def list_shown(action: str) -> list[str]:
    return [ware.id for ware in look_over(make_request(action, briefing=briefing(wares=STOCK))).shown]


def test_what_fits_is_named_by_what_it_is_for() -> None:
    assert list_shown("got anything to heal with?") == ["eel", "milk"]
    assert list_shown("any weapons?") == ["saw"]


def test_of_all_the_first_few_are_named_and_how_many_more_there_are() -> None:
    shelf = look_over(make_request("what's for sale?", briefing=briefing(wares=STOCK)))

    assert len(shelf.shown) == SHOWN
    assert shelf.more == 1


def test_whoever_wants_all_of_it_hears_all_of_it() -> None:
    assert len(list_shown("show me everything you sell")) == 6


def test_the_cheapest_and_the_dearest_come_first() -> None:
    assert list_shown("what's the cheapest thing?") == ["milk", "eel", "spark"]
    assert list_shown("what is your best stuff?")[0] == "bow"
    assert len(list_shown("what is your best stuff?")) == FITTING


def test_what_is_within_ones_means_costs_no_more_than_that() -> None:
    assert list_shown("anything under 10 credits?") == ["eel", "milk"]
    assert list_shown("anything to buy for under ten credits?") == ["eel", "milk"]
    assert list_shown("what costs less than twenty-five?") == ["eel", "milk", "lid"]
    assert list_shown("someone said I could afford things here") == ["eel", "milk", "lid"]


def test_where_nothing_fits_the_shelf_is_told() -> None:
    asked_of = tuple(ware for ware in STOCK if "weapon" not in ware.kinds)
    shelf = look_over(make_request("any swords?", briefing=briefing(wares=asked_of)))

    assert not shelf.asked
    assert len(shelf.shown) == SHOWN
