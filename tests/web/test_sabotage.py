"""Breaking things on purpose, where the operator allows it: armed, played, survived, and shown."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.support.cloud import Cloud
from tests.support.driving import Game
from tests.web.page_driver import Visitor

pytestmark = [pytest.mark.cloud, pytest.mark.slow]


def allow_chaos(visitor: Visitor) -> Visitor:
    """A page that offers to break things."""

    def with_chaos(route: Route) -> None:
        route.fulfill(json=route.fetch().json() | {"chaos": True})

    visitor.page.route("**/config.json", with_chaos)
    return visitor


def lift_curtain(visitor: Visitor) -> Locator:
    visitor.button("Behind the curtain").click()
    return visitor.page.get_by_role("complementary", name="Behind the curtain")


def test_where_the_operator_did_not_allow_it_nothing_is_offered(visitor: Visitor, game: Game) -> None:
    curtain = lift_curtain(visitor.at_the_table(game))

    expect(curtain.get_by_role("heading", name="Event stream")).to_be_visible()
    expect(curtain.get_by_text("Break it on purpose")).to_have_count(0)


def test_a_city_that_does_not_allow_it_says_so_and_gives_the_words_back(visitor: Visitor, game: Game) -> None:
    visitor.provokes("status of 403")
    levers = lift_curtain(allow_chaos(visitor).at_the_table(game))

    levers.get_by_role("button", name="Drop the model").click()
    visitor.say("I search this place")

    expect(visitor.page.get_by_text("Nobody bites this cable")).to_be_visible()
    expect(visitor.box).to_have_value("I search this place")
    expect(visitor.page.get_by_text("with your next action")).to_have_count(0)


def test_the_story_survives_whatever_is_broken(visitor: Visitor, game: Game, cloud: Cloud) -> None:
    levers = lift_curtain(allow_chaos(visitor).at_the_table(game))
    with cloud.chaos():
        levers.get_by_role("button", name="Drop the model").click()
        expect(visitor.page.get_by_text("with your next action")).to_be_visible()
        card = visitor.act("I search this place", 1)
        expect(card).to_contain_text("Told by the understudy: the master had lost the thread.")
        expect(levers.get_by_text("the understudy stepped in")).to_be_visible()
        expect(levers.get_by_text("the model broke off").first).to_be_visible()

        levers.get_by_role("button", name="Throttle it").click()
        visitor.act("Who is here?", 2)  # the master is asked once, for a question needs no tool
        expect(levers.get_by_text("the model was turned away")).to_have_count(2)

        levers.get_by_role("button", name="Kill a tool").click()
        visitor.act("I search this place", 3)
        expect(levers.get_by_text(re.compile(r"^\d+ attempts")).first).to_be_visible()

    assert [turn["status"] for turn in game.http.get(f"{game.path}/turns").json()["items"]] == ["resolved"] * 3
    assert [wish["chaos"] for wish in visitor.wishes()] == ["drop-model", "throttle-model", "kill-tool"]


def test_what_was_armed_can_be_put_away(visitor: Visitor, game: Game) -> None:
    levers = lift_curtain(allow_chaos(visitor).at_the_table(game))
    lever = levers.get_by_role("button", name="Throttle it")

    lever.click()
    expect(lever).to_have_attribute("aria-pressed", "true")
    visitor.button("Break nothing").click()
    expect(lever).to_have_attribute("aria-pressed", "false")
    visitor.act("I search this place", 1)

    assert "chaos" not in visitor.wishes()[0]


def test_an_action_that_is_sent_twice_at_once_is_one_turn_and_both_answers_are_shown(
    visitor: Visitor, game: Game
) -> None:
    levers = lift_curtain(allow_chaos(visitor).at_the_table(game))

    levers.get_by_role("button", name="Send twice").click()
    visitor.act("I search this place", 1)

    expect(levers.get_by_text("the same turn")).to_have_count(2)
    assert (len(visitor.sent), len(set(visitor.keys()))) == (2, 1)
    assert game.campaign().turn == 1
