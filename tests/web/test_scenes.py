"""The scenes that everybody meets, played in the page at two sizes: nothing bars, covers or cuts off what is told."""

from __future__ import annotations

from itertools import combinations

import pytest
from playwright.sync_api import FloatRect, Locator, expect

from contracts.effects import Damaged, ItemGained, QuestStarted
from contracts.state import ItemInstance
from tests.support.cloud import Cloud
from tests.support.driving import Game
from tests.support.size import pick_size
from tests.web.album import SIZES, Album
from tests.web.conftest import Visits
from tests.web.page_driver import Visitor
from tests.web.test_adventure import MOST_ROUNDS, live

pytestmark = [pytest.mark.cloud, pytest.mark.parametrize("size", pick_size(["phone"], [*SIZES]))]

LEAST_STORY = 0.4
"""Of the height of the window."""
WITH_A_KEYBOARD = 470
"""Pixels of height that a keyboard on the screen leaves."""
DOCKET = ItemInstance(id="torn-docket-1", item="torn-docket", name="Torn Docket", kind="key", weight=0)
LAST_STAGE = QuestStarted(
    quest="breakfast-is-late",
    name="Breakfast Is Late",
    arc="The Last Renewal",
    stage="report",
    text="Bring the Torn Docket back to Auntie Bellows.",
)


@pytest.fixture
def album(visits: Visits, size: str) -> Album:
    return Album(visits(viewport=SIZES[size], has_touch=size == "phone"), size)


def test_the_first_minutes(album: Album, game: Game) -> None:
    visitor = album.visitor.at_the_table(game)

    expect(visitor.page.get_by_role("region", name="The opening").locator("p.kicker")).to_be_in_viewport()
    expect(visitor.ideas.first).to_be_in_viewport()
    album.take("7-minute-one")
    told = visitor.act("Ask Ferrule about breakfast", 1)
    assert find_hidden(visitor, told) == []
    album.take("7-talk")
    visitor.act("Accept Breakfast Is Late", 2)
    visitor.act("Go to The Cardboard Market", 3)
    bought = visitor.act("Buy Pocket Sardines", 4)
    expect(changes(bought)).to_contain_text("Pocket Sardines")
    assert find_hidden(visitor, bought) == []
    album.take("7-purchase")

    assert album.wrong == []


def test_a_fight_leaves_the_story_its_place(album: Album, game: Game, size: str) -> None:
    visitor = album.visitor.at_the_table(game)
    fight = visitor.page.get_by_role("region", name="Fight")

    visitor.act("Go to The Cardboard Market", 1)
    begun = visitor.act("Go to Sprinkler Alley", 2)
    expect(fight.get_by_role("button", name="Attack")).to_have_count(2)
    assert find_hidden(visitor, begun) == []
    struck = visitor.act("Attack the first Dust Bunny", 3)
    expect(fight).to_be_visible()
    assert find_hidden(visitor, struck) == []
    album.take("8-fight")
    visitor.opened_dice(struck)
    album.take("8-fight-dice")
    if size == "phone":
        visitor.page.set_viewport_size({"width": SIZES[size]["width"], "height": WITH_A_KEYBOARD})
        visitor.box.focus()
        expect(struck.locator(".sentence").first).to_be_in_viewport()
        album.take("8-fight-typing")
        assert find_covered(visitor) == []

    assert album.wrong == []


def test_a_life_is_lost(album: Album, game: Game, cloud: Cloud) -> None:
    hp = game.campaign().sheet.state.character.hp
    live(game, cloud, Damaged(target="character", amount=hp - 1, damage_type="blunt", source="lesson"))
    visitor = album.visitor.at_the_table(game)

    turn = visitor.act("Go to Sprinkler Alley", 3)
    for number in range(4, 4 + MOST_ROUNDS):
        if "a life lost" in turn.inner_text():
            break
        turn = visitor.act(f"{'Put on' if number % 2 else 'Take off'} Cardboard Vest", number)
    expect(changes(turn)).to_contain_text("a life lost, 8 left")
    expect(visitor.page.get_by_role("img", name="8 of nine lives left").first).to_be_visible()
    assert find_hidden(visitor, turn) == []
    changes(turn).scroll_into_view_if_needed()
    album.take("9-death")

    assert album.wrong == []


def test_a_quest_ends(album: Album, game: Game, cloud: Cloud) -> None:
    live(game, cloud, LAST_STAGE, ItemGained(item=DOCKET, source="lesson"), then="Go to The Warm Laundry")
    visitor = album.visitor.at_the_table(game)

    turn = visitor.act("Give Torn Docket to Auntie Bellows", 3)
    expect(changes(turn)).to_contain_text("done: Breakfast Is Late")
    assert find_hidden(visitor, turn) == []
    album.take("9-quests-end")

    assert album.wrong == []


def changes(turn: Locator) -> Locator:
    return turn.get_by_role("list", name="What changed")


def find_hidden(visitor: Visitor, newest: Locator) -> list[str]:
    """The parts of the story, the fight and the box that one cannot see after a turn."""
    expect(newest.locator(".sentence").first).to_be_in_viewport(ratio=1)
    return find_covered(visitor)


def find_covered(visitor: Visitor) -> list[str]:
    """Faults in the layout of the story, the fight and the box: one covers another or crowds it out."""
    page = visitor.page
    parts = {
        "story": page.get_by_role("region", name="The story so far"),
        "fight": page.get_by_role("region", name="Fight"),
        "box": visitor.box,
    }
    seen = {name: box for name, part in parts.items() if part.is_visible() and (box := part.bounding_box())}
    for name in seen:
        expect(parts[name]).to_be_in_viewport(ratio=1)
    small = [] if seen["story"]["height"] >= LEAST_STORY * height(visitor) else ["the story has too little height"]
    return small + [
        f"{one} and {other} overlap" for one, other in combinations(seen, 2) if overlap(seen[one], seen[other])
    ]


def height(visitor: Visitor) -> int:
    size = visitor.page.viewport_size
    assert size
    return size["height"]


def overlap(one: FloatRect, other: FloatRect) -> bool:
    return (
        one["x"] < other["x"] + other["width"]
        and other["x"] < one["x"] + one["width"]
        and one["y"] < other["y"] + other["height"]
        and other["y"] < one["y"] + one["height"]
    )
