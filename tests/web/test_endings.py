"""A finished campaign: the last page, dice that anybody can check, and a story to give away."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.e2e.test_proof import end
from tests.support.cloud import Cloud
from tests.support.driving import Game
from tests.web.page_driver import Visitor

pytestmark = pytest.mark.cloud


def test_a_story_ends_with_an_epilogue_and_its_dice_are_proved_in_the_page(
    visitor: Visitor, game: Game, cloud: Cloud
) -> None:
    page = visitor.at_the_table(game).page
    card = visitor.act("I search this place", 1)
    expect(verify_roll(visitor, card)).to_contain_text("The seed stays sealed while the story goes on")
    visitor.button("Close").click()

    end(game, cloud)
    page.reload()

    epilogue = page.get_by_role("region", name="Epilogue")
    expect(epilogue).to_be_visible()
    expect(visitor.box).to_be_hidden()
    proof = verify_roll(visitor, visitor.turn(1))
    expect(proof).to_contain_text("✓ The seed is the promised one, and it gives exactly these faces.")
    visitor.button("Close").click()

    epilogue.get_by_role("link", name="Keep the story").click()
    dice = page.get_by_role("region", name="The dice")
    expect(dice).to_contain_text("✓ The seed is the one promised at the start")
    with page.expect_download() as download:
        visitor.button("Download the story").click()
    book = Path(download.value.path()).read_text()
    assert "<script" not in book
    assert "I search this place" in book
    assert "This story was written by a machine, an AI." in book
    assert book.count("Written by a program, the understudy") == 1
    assert 'itemprop="digitalSourceType" href="http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"' in book
    assert "Nothing of it is signed" in book and "Report this story" not in book
    opening = str(game.campaign().opening).split(". ")[0]
    assert 0 < book.index(opening) < book.index("I search this place")


def test_a_die_that_was_tampered_with_is_found_out(visitor: Visitor, game: Game, cloud: Cloud) -> None:
    game.act("I search this place")
    end(game, cloud)

    def cheats(route: Route) -> None:
        page = route.fetch()
        turns = page.json()
        for turn in turns["items"]:
            for roll in turn["rolls"]:
                roll["faces"] = [face % roll["sides"] + 1 for face in roll["faces"]]
        route.fulfill(response=page, json=turns)

    visitor.as_player(game).page.route("**/turns?*", cheats)
    visitor.open(f"play/{game.campaign_id}")

    expect(verify_roll(visitor, visitor.turn(1))).to_contain_text("✗ The seed gives other faces than those shown.")


def verify_roll(visitor: Visitor, card: Locator) -> Locator:
    """The proof of the first roll of a turn."""
    visitor.opened_dice(card).get_by_role("button", name="Verify this roll").first.click()
    return visitor.page.get_by_role("dialog", name="Is this die honest?")
