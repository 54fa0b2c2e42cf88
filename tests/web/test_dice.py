"""Dice in the story: what one deed threw is one line, which opens to its rolls and to their proof."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.support.driving import Game
from tests.web.page_driver import Visitor

pytestmark = pytest.mark.cloud
MOTION = "no-preference"

FOE = "the first Dust Bunny"


def roll(key: str, purpose: str, face: int, total: int, **more: Any) -> dict[str, Any]:
    sides = {"damage": 4, "loot": 100, "credits": 6}.get(purpose, 20)
    known = {"roller": "character", "count": 1, "sides": sides, "faces": [face], "kept": [face], "modifiers": []}
    return {"key": key, "purpose": purpose, "total": total, "target": None, "outcome": None, **known, **more}


def damage(call: str, target: str, amount: int) -> dict[str, Any]:
    detail = {"target": target, "amount": amount, "damage_type": "blunt", "source": "somebody"}
    return {"kind": "damaged", "call": call, "detail": detail}


ROLLS = [
    roll("t/0/0/0", "initiative", 12, 14),
    roll("t/0/0/1", "initiative", 9, 9, roller="Dust Bunny"),
    roll("t/0/0/2", "attack", 15, 17, target=12, outcome="success"),
    roll("t/0/0/3", "damage", 3, 6),
    *(roll(f"t/0/0/{n}", "loot" if n % 2 else "credits", 4, 4, roller=FOE) for n in range(5, 10)),
    roll("t/w/0/0", "attack", 13, 14, roller=FOE, target=13, outcome="success"),
    roll("t/w/0/1", "damage", 1, 0, roller=FOE, modifiers=[{"name": "bonus", "amount": -1}]),
    roll("t/w/1/0", "attack", 1, 3, roller="the second Dust Bunny", target=13, outcome="fumble"),
    roll("t/1/0/0", "attack", 20, 25, target=12, outcome="critical"),
    roll("t/1/0/1", "damage", 4, 7),
    roll("t/1/0/2", "paws save", 2, 3, roller=FOE, target=11, outcome="failure"),
    roll("t/1/1/0", "against flight", 8, 10, roller=FOE),
    roll("t/1/1/1", "flight", 9, 12, target=10, outcome="success"),
    roll("t/1/2/0", "search", 9, 11, target=12, outcome="failure"),
]
EFFECTS = [damage("t/0/0", "dust-bunny-1", 6), damage("t/w/0", "character", 1), damage("t/1/0", "dust-bunny-1", 14)]


@pytest.fixture
def card(visitor: Visitor, game: Game) -> Locator:
    """A turn in which these dice fell."""
    game.act("I search this place")

    def fall(route: Route) -> None:
        page = route.fetch().json()
        page["items"][0] |= {"rolls": ROLLS, "effects": EFFECTS}
        route.fulfill(json=page)

    visitor.as_player(game).page.route("**/turns?*", fall)
    return visitor.open(f"play/{game.campaign_id}").ready().turn(1)


def test_the_rolls_of_a_deed_are_a_line(visitor: Visitor, card: Locator) -> None:
    expect(visitor.dice(card).locator(".throw-text")).to_have_text(
        [
            "Initiative: you 14, Dust Bunny 9",
            "Attack: 17 vs 12, hit; 6 damage",
            "Loot: 5 rolls",
            "The first Dust Bunny attacks: 14 vs 13, hit; 1 damage",
            "The second Dust Bunny attacks: 3 vs 13, fumble",
            "Attack: 25 vs 12, critical hit; 14 damage; paws save 3 vs 11, failure",
            "Flight: 12 vs 10, success",
            "Search: 11 vs 12, failure",
        ]
    )


def test_a_line_opens_by_keyboard_to_every_roll_and_its_proof(visitor: Visitor, card: Locator) -> None:
    loot = visitor.dice(card).filter(has_text="Loot")
    proofs = card.get_by_role("button", name="Verify this roll")
    expect(proofs).to_have_count(0)

    loot.press("Enter")
    expect(proofs).to_have_count(5)
    proofs.last.press("Enter")
    expect(visitor.page.get_by_role("dialog", name="Is this die honest?")).to_contain_text("t/0/0/9")
    visitor.page.keyboard.press("Escape")
    loot.press("Enter")

    expect(proofs).to_have_count(0)


def test_a_roll_of_which_another_figure_came_says_why(visitor: Visitor, card: Locator) -> None:
    why = {"1 damage": "= 0, at least 1", "14 damage": "= 7, doubled to 14", "6 damage": "= 6"}

    for line, words in why.items():
        thrown = card.locator("details").filter(has_text=f"; {line}")
        thrown.locator("summary").click()
        rolled = thrown.get_by_role("listitem").filter(has_text="damage").locator(".roll-how")
        assert rolled.inner_text().split("d4")[1].endswith(words)
