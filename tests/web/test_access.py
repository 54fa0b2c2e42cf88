"""Accessibility: by keyboard alone, without motion for whoever asked for rest, and without a barrier that axe finds."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.test_proof import end
from tests.support.cloud import Cloud
from tests.support.driving import Game
from tests.support.waiting import until
from tests.web.album import SIZES, Album
from tests.web.conftest import Visits
from tests.web.page_driver import Visitor
from tests.web.websocket_tap import Line

pytestmark = [pytest.mark.cloud, pytest.mark.slow]

TOLD = "You nose along the shelf. “Four four seven one,” says a voice that is used to it.\n\nBehind it, rain."
MOST_STEPS = 60


@pytest.mark.parametrize("size", SIZES)
def test_every_key_screen_is_without_barriers_and_fits(visits: Visits, game: Game, cloud: Cloud, size: str) -> None:
    visitor = visits(viewport=SIZES[size], has_touch=size == "phone").as_player(game)
    page, album = visitor.page, Album(visitor, size)
    line = Line(game.campaign_id).through(page)
    page.route("**/config.json", lambda route: route.fulfill(json=route.fetch().json() | {"chaos": True}))

    until(lambda: game.http.get("campaigns").raise_for_status().json()["items"], why="the cat in its player's list")
    visitor.open()
    expect(page.get_by_role("link", name="Pixel")).to_be_visible()
    album.take("1-start")
    visitor.open("new")
    expect(page.get_by_role("radio").first).to_be_focused()
    album.take("2-create")
    visitor.open(f"play/{game.campaign_id}").ready()
    with cloud.silent_model() as end_silence:
        visitor.say("I search this place")
        expect(visitor.being_told.locator("li.now")).to_have_text("The game master thinks")
        album.take("3-telling")
        line.narrates(running(game), TOLD)
        expect(visitor.being_told.locator(".sentence")).to_have_count(3)
        album.take("3-streaming")
        end_silence()
        card = visitor.hears("I search this place", 1)
    visitor.act("I attack the first thing that moves", 2)
    album.take("3-story")
    for part in ("Cat", "Bag", "Quests", "Map", "Story") if size == "phone" else ():
        page.get_by_role("navigation", name="Parts of the game").get_by_role("button", name=part).click()
        album.take(f"3-story-{part.lower()}")
    visitor.opened_dice(card).get_by_role("button", name="Verify this roll").first.click()
    expect(page.get_by_text("The seed stays sealed")).to_be_visible()
    album.take("3-verify")
    visitor.button("Close").click()
    page.locator("[aria-controls=curtain]").click()
    expect(page.get_by_role("heading", name="Grounding report")).to_be_attached()
    album.take("4-curtain")
    page.get_by_role("button", name="Throttle it").click()
    expect(page.get_by_text("with your next action")).to_be_attached()
    album.take("4-levers")
    page.get_by_role("button", name="Throttle it").click()
    end(game, cloud)
    page.route("**/turns?*", frugal)
    page.reload()
    expect(page.get_by_role("region", name="Epilogue")).to_be_visible()
    expect(page.locator(".notice .whole:visible")).to_have_count(1)  # in brief under each turn that follows
    expect(page.get_by_text("A program tells the story until").last).to_be_visible()
    album.take("5-epilogue")
    page.get_by_role("link", name="Keep the story").click()
    expect(page.get_by_role("region", name="The dice")).to_be_visible()
    album.take("6-share")

    assert album.wrong == []


def frugal(route: Route) -> None:
    """Every turn was told when the day's money was spent."""
    page = route.fetch().json()
    notice = {"code": "day-ceiling", "text": "The money is spent.", "until": "2026-11-23T00:00:00Z"}
    route.fulfill(json={**page, "items": [{**turn, "notice": notice} for turn in page["items"]]})


def running(game: Game) -> str:
    return str(game.campaign().active_turn)


@pytest.mark.parametrize("size", SIZES)
def test_who_comes_for_the_first_time_meets_no_barrier_either(visits: Visits, size: str) -> None:
    album = Album(visits(viewport=SIZES[size]).open(), size)
    album.take("0-arrival")
    album.visitor.button("I have been here before").click()
    expect(album.visitor.page.get_by_role("dialog", name="Sign in").get_by_label("E-mail")).to_be_focused()
    album.take("0-sign-in")
    album.visitor.button("I lost my password").click()
    album.take("0-lost")

    assert album.wrong == []


def test_a_cat_is_made_and_a_turn_played_without_a_mouse(visitor: Visitor) -> None:
    page, keys = visitor.open().page, visitor.page.keyboard

    tab_to(page, page.get_by_role("link", name="Wake up as a cat"))
    keys.press("Enter")
    expect(page.get_by_role("radio").first).to_be_focused()
    keys.press("ArrowDown")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    tab_to(page, page.get_by_role("group", name="What may the story hold?").get_by_role("radio", checked=True))
    keys.press("ArrowUp")
    expect(page.get_by_role("radio", name="For everybody")).to_be_checked()
    tab_to(page, page.get_by_label("The tag on your ear says"))
    keys.type("Static")
    keys.press("Enter")
    expect(visitor.button("Play as a guest")).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Static wakes up")).to_be_visible()
    tab_to(page, visitor.box)
    keys.type("I search this place")
    keys.press("Enter")
    card = visitor.hears("I search this place", 1)
    expect(page.locator("#said")).to_contain_text("Turn 1.")

    tab_to(page, visitor.dice(card).first)
    keys.press("Enter")
    tab_to(page, card.get_by_role("button", name="Verify this roll").first)
    keys.press("Enter")
    expect(page.get_by_role("dialog", name="Is this die honest?")).to_be_visible()
    keys.press("Escape")
    expect(card.get_by_role("button", name="Verify this roll").first).to_be_focused()

    tab_to(page, card.get_by_text("Report this story"))
    keys.press("Enter")
    tab_to(page, card.get_by_role("button", name="It is hurtful"))
    keys.press("Enter")
    expect(card.get_by_text("Reported.")).to_be_focused()


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the focus is there."""
    target.wait_for()
    for _ in range(MOST_STEPS):
        if target.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} is not within {MOST_STEPS} steps of the keyboard")


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_nothing_moves_for_whoever_asked_for_rest(visits: Visits, game: Game, motion: str) -> None:
    visitor = visits(reduced_motion=motion).at_the_table(game)
    held: list[Route] = []
    visitor.page.route("**/turns", lambda route: held.append(route))

    visitor.say("I search this place")
    expect(visitor.being_told).to_be_visible()

    assert bool(visitor.moving()) is (motion == "no-preference")
    held.pop().continue_()
    visitor.hears("I search this place", 1)
    assert motion == "no-preference" or not visitor.moving()
