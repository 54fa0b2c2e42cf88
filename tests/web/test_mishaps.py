"""Reloads, double clicks, lost connections and a broken model: one turn, told once, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.support.cloud import Cloud
from tests.support.converse_server import Answer, ConverseServer, Json, hangs_up, tells
from tests.support.driving import Game
from tests.web.page_driver import PATIENCE, Visitor
from tests.web.websocket_tap import Line

pytestmark = pytest.mark.cloud

MODEL = "anthropic.claude-sonnet-4-of-the-tests"


def only_turn(game: Game) -> Any:
    """The one turn there is of a campaign; fails when there are others."""
    [turn] = game.http.get(f"{game.path}/turns").raise_for_status().json()["items"]
    assert game.campaign().turn == 1
    return turn


def test_a_reload_in_mid_turn_goes_on_with_the_same_turn(visitor: Visitor, game: Game, cloud: Cloud) -> None:
    visitor.at_the_table(game)

    with cloud.silent_model() as end_silence:
        visitor.say("I search this place")
        expect(visitor.being_told).to_contain_text("I search this place")
        visitor.page.wait_for_function(
            "id => JSON.parse(localStorage.getItem(`nl.pending.${id}`))", arg=game.campaign_id
        )
        visitor.page.reload()
        expect(visitor.being_told).to_contain_text("I search this place")
        end_silence()
        visitor.hears("I search this place", 1)

    assert only_turn(game)["action"] == "I search this place"
    assert len(set(visitor.keys())) == 1
    expect(visitor.told).to_have_count(1)


@pytest.mark.parametrize("lost", [("lore-found",), ("turn-accepted", "lore-found")])
def test_news_that_was_pushed_and_lost_is_read_or_guessed_when_nothing_else_comes(
    visitor: Visitor, game: Game, cloud: Cloud, lost: tuple[str, ...]
) -> None:
    Line(game.campaign_id, lost=frozenset(lost)).through(visitor.page)
    visitor.at_the_table(game)

    with cloud.silent_model() as end_silence:
        visitor.say("I search this place")
        expect(visitor.being_told.locator("li.now")).to_have_text("The game master thinks")
        end_silence()
        visitor.hears("I search this place", 1)


def test_a_turn_that_another_window_started_is_watched_here(visitor: Visitor, game: Game, cloud: Cloud) -> None:
    with cloud.silent_model() as end_silence:
        game.start("I search this place")
        visitor.as_player(game).open(f"play/{game.campaign_id}")
        expect(visitor.being_told).to_contain_text("I search this place")
        end_silence()
        visitor.hears("I search this place", 1)

    assert visitor.keys() == []


def test_words_for_which_another_window_was_quicker_wait_in_the_box(visitor: Visitor, game: Game, cloud: Cloud) -> None:
    visitor.provokes("status of 409")
    visitor.at_the_table(game)

    with cloud.silent_model() as end_silence:
        game.start("I search this place")
        visitor.say("I hide behind a crate")
        expect(visitor.page.get_by_text("One paw at a time")).to_be_visible()
        expect(visitor.being_told).to_contain_text("I search this place")
        expect(visitor.box).to_have_value("I hide behind a crate")
        end_silence()
        visitor.hears("I search this place", 1)

    visitor.button("Send").click()
    visitor.hears("I hide behind a crate", 2)


def test_words_that_were_sent_too_soon_go_out_when_the_city_listens_again(visitor: Visitor, game: Game) -> None:
    visitor.provokes("status of 429")
    problem = {"type": "/problems/rate-limited", "title": "Slowly, cat", "status": 429, "detail": "Wait 2 s."}
    slow = {"status": 429, "headers": {"retry-after": "2"}, "json": problem}
    visitor.at_the_table(game).page.route("**/turns", lambda route: route.fulfill(**slow), times=1)

    visitor.say("I search this place")
    expect(visitor.page.get_by_text("Even cats pause for breath")).to_be_visible()
    visitor.hears("I search this place", 1)

    assert (only_turn(game)["status"], len(visitor.sent), len(set(visitor.keys()))) == ("resolved", 2, 1)


def test_a_failed_turn_can_be_tried_again_as_another_turn(visitor: Visitor, game: Game) -> None:
    def fails(route: Route) -> None:
        gone = {"id": "t_" + "f" * 26, "status": "failed", "action": "I hide", "rolls": [], "refusals": [], "trace": []}
        route.fulfill(status=200, json=gone)

    visitor.at_the_table(game).page.route("**/turns", fails, times=1)

    visitor.say("I hide")
    expect(visitor.page.get_by_text("The city flickers.")).to_be_visible()
    expect(visitor.button("Send")).to_be_enabled()
    visitor.button("Try again").click()
    visitor.hears("I hide", 1)

    assert len(set(visitor.keys())) == 2 == len(visitor.keys())


def test_words_sent_before_the_story_is_there_stay_in_the_box(visitor: Visitor, game: Game) -> None:
    held: list[Route] = []
    visitor.as_player(game).page.route(f"**/{game.campaign_id}", lambda route: held.append(route))
    visitor.open(f"play/{game.campaign_id}").box.fill("I search this place")

    visitor.box.press("Enter")
    expect(visitor.box).to_have_value("I search this place")
    held.pop().continue_()
    visitor.ready().button("Send").click()

    visitor.hears("I search this place", 1)


def test_a_double_click_is_one_turn(visitor: Visitor, game: Game) -> None:
    visitor.at_the_table(game).box.fill("I search this place")

    visitor.page.get_by_role("button", name="Send", exact=True).dblclick()
    visitor.hears("I search this place", 1)

    assert (only_turn(game)["status"], len(visitor.sent)) == ("resolved", 1)


def test_an_action_whose_answer_was_lost_is_sent_again_and_is_one_turn(visitor: Visitor, game: Game) -> None:
    visitor.provokes("net::ERR_FAILED")
    lost: list[int] = []

    def loses_the_answer(route: Route) -> None:
        if lost:
            return route.fallback()
        lost.append(route.fetch().status)
        return route.abort()

    visitor.at_the_table(game).page.route("**/turns", loses_the_answer)
    visitor.act("I search this place", 1)

    assert only_turn(game)["status"] == "resolved"
    assert (lost, len(visitor.sent), len(set(visitor.keys()))) == ([200], 2, 1)


def test_sending_the_same_key_again_behind_the_curtain_shows_that_nothing_happened(
    visitor: Visitor, game: Game
) -> None:
    visitor.at_the_table(game).act("I search this place", 1)

    curtain = lift_curtain(visitor)
    expect(curtain.get_by_role("heading", name="Event stream")).to_contain_text("live, by WebSocket")
    expect(curtain.get_by_role("list", name="Events, newest first")).to_contain_text("turn-answered")
    curtain.get_by_role("button", name="Send this action again, same key").click()
    expect(curtain.get_by_role("status")).to_contain_text("1 → 1")

    assert only_turn(game)["status"] == "resolved"


def test_offline_and_back_loses_nothing_that_was_typed(visitor: Visitor, game: Game) -> None:
    visitor.provokes("net::ERR_INTERNET_DISCONNECTED")
    visitor.at_the_table(game)

    visitor.context.set_offline(True)
    visitor.say("I hide behind a crate")
    expect(visitor.page.get_by_text("The line is dead")).to_be_visible()
    expect(visitor.being_told).to_contain_text("I hide behind a crate")
    visitor.box.fill("and then I purr")
    assert game.campaign().turn == 0
    visitor.context.set_offline(False)
    visitor.hears("I hide behind a crate", 1)

    expect(visitor.page.get_by_text("The line is dead")).to_be_hidden()
    expect(visitor.box).to_have_value("and then I purr")
    visitor.page.reload()
    expect(visitor.box).to_have_value("and then I purr")
    assert only_turn(game)["action"] == "I hide behind a crate"


def test_a_page_opened_while_the_line_is_down_has_a_way_on(visitor: Visitor, game: Game) -> None:
    visitor.provokes("net::ERR_INTERNET_DISCONNECTED")
    visitor.as_player(game).open()
    expect(visitor.page.get_by_role("heading", name="Your cats")).to_be_visible()

    visitor.context.set_offline(True)
    visitor.page.get_by_role("link", name="Pixel").click()
    expect(visitor.page.get_by_role("alert")).to_contain_text("The line is dead")
    visitor.context.set_offline(False)
    visitor.button("Try again").click()

    visitor.ready()


def test_a_model_that_hangs_up_is_stood_in_for_and_the_page_says_so_until_it_is_back(
    visitor: Visitor, game: Game, cloud: Cloud
) -> None:
    mood = [hangs_up()]

    def as_in_the_mood(request: Json) -> Answer:
        return mood[0](request)

    with ConverseServer(default=as_in_the_mood) as server, cloud.told_by_bedrock(server.url, MODEL):
        visitor.at_the_table(game).act("I search this place", 1)
        asked = len(server.requests)
        curtain = lift_curtain(visitor)
        expect(curtain).to_contain_text("the understudy")
        expect(curtain).to_contain_text("ModelUnavailable")
        visitor.button("Close the curtain").click()

        mood[0] = tells("The rain goes on, and the lamps hum.", "Listen")
        expect(visitor.act("I listen", 2)).to_contain_text("The rain goes on, and the lamps hum.")
        expect(lift_curtain(visitor)).to_contain_text(MODEL)

    assert asked >= 1
    assert len(server.requests) > asked


def test_a_session_that_ran_out_asks_at_the_door_and_keeps_the_words(visitor: Visitor) -> None:
    visitor.provokes("status of 401")
    page = visitor.wake_up().page

    page.evaluate("sessionStorage.setItem('nl.access', 'worn-out')")
    visitor.act("I search this place", 1)  # the badge is renewed without a word
    page.evaluate("sessionStorage.setItem('nl.access', 'worn-out')")
    kept = page.evaluate("localStorage.getItem('nl.session')")
    page.evaluate(
        "localStorage.setItem('nl.session', JSON.stringify({player_id: 'x', guest: true, refresh_token: 'y'}))"
    )
    visitor.say("I hide behind a crate")
    expect(page.get_by_role("dialog", name="The doorman looks up")).to_contain_text("What you typed is kept")
    page.keyboard.press("Escape")
    expect(visitor.box).to_have_value("I hide behind a crate")
    page.evaluate("kept => localStorage.setItem('nl.session', kept)", kept)
    visitor.button("Send").click()

    visitor.hears("I hide behind a crate", 2)


def lift_curtain(visitor: Visitor) -> Any:
    """The curtain, opened."""
    visitor.button("Behind the curtain").click()
    curtain = visitor.page.get_by_role("complementary", name="Behind the curtain")
    expect(curtain).to_be_visible(timeout=PATIENCE)
    return curtain
