"""The story comes sentence by sentence while it is told, and what is read stays where it is."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.support.cloud import Cloud
from tests.support.converse_server import ConverseServer, stalls_after, tells
from tests.support.driving import Game
from tests.web.page_driver import Visitor
from tests.web.websocket_tap import Line

pytestmark = pytest.mark.cloud
MOTION = "no-preference"

MODEL = "anthropic.claude-sonnet-4-of-the-tests"
FIRST = "You nose along the shelf."
SECOND = "“Four four seven one,” says a voice that has said it before."
SPOKEN = ["Rain falls, on this and on that.", "Nobody minds the rain."]
REST = "Nobody answers it."
ACTION = "I search this place"


class Held:
    """The answer to a turn, held back and told in other words; the turn itself is played."""

    def __init__(self, narrative: str) -> None:
        self.narrative = narrative
        self.routes: list[Route] = []
        self.turn: dict[str, Any] = {}

    def __call__(self, route: Route) -> None:
        self.turn = route.fetch().json() | {"narrative": self.narrative}
        self.routes.append(route)
        route.request.frame.evaluate("window.played = true")

    def let_go(self) -> None:
        self.routes.pop().fulfill(json=self.turn)


def begin(visitor: Visitor, game: Game, narrative: str) -> tuple[Line, Held]:
    """A turn that is on its way, with nothing heard of it yet."""
    line, held = Line(game.campaign_id, deaf=True).through(visitor.page), Held(narrative)
    visitor.at_the_table(game)
    expect(visitor.page.locator("[data-feed=live]")).to_be_attached()
    visitor.page.route("**/turns", held)
    visitor.say(ACTION)
    expect(visitor.being_told).to_be_visible()
    visitor.page.wait_for_function("() => window.played")
    return line, held


def test_sentences_appear_as_they_are_told_and_stay_where_they_are(visitor: Visitor, game: Game) -> None:
    line, held = begin(visitor, game, f"{FIRST} {SECOND}\n\n{REST}")
    sentences = visitor.being_told.locator(".sentence")

    line.narrates(held.turn["id"], FIRST)
    expect(sentences).to_have_text([FIRST])
    first = sentences.first.element_handle()
    line.narrates(held.turn["id"], f"{FIRST} {SECOND}")
    expect(sentences).to_have_text([FIRST, SECOND])
    line.narrates(held.turn["id"], FIRST)  # late
    first.wait_for_element_state("stable")  # the page has come to where the turn begins
    before = first.bounding_box()
    held.let_go()
    card = visitor.hears(ACTION, 1)

    expect(card.locator(".sentence")).to_have_text([FIRST, SECOND, REST])
    assert first.evaluate("(element) => element.isConnected")
    assert first.bounding_box() == before
    assert list_heard(visitor)[:3] == [FIRST, SECOND, REST]
    assert [words for words in list_heard(visitor) if words in (FIRST, SECOND, REST)] == [FIRST, SECOND, REST]
    expect(visitor.page.locator("#said")).not_to_contain_text(FIRST)


def test_what_a_model_told_before_its_line_went_dead_stands_and_the_understudy_goes_on(
    visitor: Visitor, game: Game, cloud: Cloud
) -> None:
    speaks_on = tells(" ".join((*SPOKEN, "The rain goes on.")), "Listen")
    with ConverseServer(default=stalls_after(22, speaks_on)) as server, cloud.told_by_bedrock(server.url, MODEL):
        visitor.at_the_table(game).say("I listen")
        told = visitor.being_told.locator(".sentence")
        expect(told).to_have_text(SPOKEN)
        first = told.first.element_handle()
        card = visitor.hears("I listen", 1)

    assert first.evaluate("(element) => element.isConnected")
    assert card.locator(".sentence").all_inner_texts()[:2] == SPOKEN
    assert card.locator(".sentence").count() > len(SPOKEN)
    expect(card).to_contain_text("Told by the understudy")


def test_a_page_that_is_opened_in_mid_telling_shows_what_was_told(visitor: Visitor, game: Game) -> None:
    turn = game.act(ACTION).model_dump(mode="json")
    running = turn | {"status": "running", "told": FIRST, "narrative": None, "number": None}
    under_way = {"turn": 0, "active_turn": turn["id"]}
    waiting: list[Route] = []

    def answer(route: Route) -> None:
        if "prefer" in route.request.headers:
            waiting.append(route)
            return route.request.frame.evaluate("window.waits = true")
        return route.fulfill(json=running)

    page = visitor.as_player(game).page
    page.route(f"**/{game.campaign_id}", lambda route: route.fulfill(json=route.fetch().json() | under_way))
    page.route("**/turns?*", lambda route: route.fulfill(json={"items": []}))
    page.route(f"**/turns/{turn['id']}", answer)
    visitor.open(f"play/{game.campaign_id}")

    expect(visitor.being_told.locator(".sentence")).to_have_text([FIRST])
    page.wait_for_function("() => window.waits")
    waiting.pop().fulfill(json=turn | {"narrative": f"{FIRST} {REST}"})
    expect(visitor.turn(1).locator(".sentence")).to_have_text([FIRST, REST])


def test_the_graph_lights_up_state_by_state_and_the_worlds_dice_fall_live(visitor: Visitor, game: Game) -> None:
    line, held = begin(visitor, game, REST)
    turn, page = held.turn["id"], visitor.page
    visitor.button("Behind the curtain").click()
    graph, step = page.get_by_role("img", name="Workflow"), visitor.being_told.locator("li.now")

    line.tells("turn-accepted", turn, 1, 10)
    expect(state(graph, "Open Turn")).to_have_class(is_now())
    expect(step).to_have_text("Lore is being fetched")
    line.tells("lore-found", turn, 2, 45)
    expect(state(graph, "Retrieve Lore")).to_contain_text("at 35 ms")
    expect(state(graph, "Recall Chronicle")).to_have_class("state chronicle passed")
    expect(state(graph, "Invoke Master")).to_have_class(is_now())
    expect(step).to_have_text("The game master thinks")
    line.tells("master-failed", turn, 3, 60, asked="model", error="ModelThrottled")
    expect(page.get_by_role("heading", name="How the master was asked")).to_be_visible()
    expect(state(graph, "Invoke Master")).to_contain_text("1×")
    line.tells("master-answered", turn, 4, 80, told_by="understudy", stop="tools", calls=1)
    expect(page.get_by_text("the understudy stepped in")).to_be_visible()
    expect(state(graph, "Execute Tool")).to_have_class(is_now("tools"))
    expect(step).to_have_text("The rules decide")
    line.tells("tool-executed", turn, 5, 90, tool="attack", verdict="done", rolls=0, effects=0, thrown=[])
    line.tells("lore-found", turn, 6, 110)
    line.tells("world-played", turn, 7, 130, acts=["enemy-turn"], thrown=[STRIKE, HARM])
    expect(state(graph, "Settle World")).to_have_class(is_now("campaign"))
    expect(step).to_have_text("The game master thinks")
    expect(state(graph, "Settle Effects")).to_have_class("state campaign passed")
    expect(state(graph, "Settle Effects").locator(".took")).to_be_empty()
    dice = visitor.being_told.get_by_role("list", name="Dice so far")
    expect(dice).to_contain_text("Alley Sweeper: strike")
    expect(dice.get_by_role("listitem").last).to_have_text(re.compile("1d6 = 4$"))
    held.let_go()

    visitor.hears(ACTION, 1)
    expect(state(graph, "Open Turn")).to_contain_text(" ms")


STRIKE = {
    "key": "t/w/0/0",
    "purpose": "strike",
    "roller": "Alley Sweeper",
    "count": 1,
    "sides": 20,
    "faces": [12],
    "kept": [12],
    "modifiers": [],
    "total": 12,
    "target": 13,
    "outcome": "failure",
}

HARM = {name: value for name, value in STRIKE.items() if name not in ("target", "outcome")} | {
    "key": "t/w/0/1",
    "purpose": "harm",
    "sides": 6,
    "faces": [4],
    "kept": [4],
    "total": 4,
}
"""A roll that need not reach anything: the feed leaves out what is null."""


def is_now(owner: str = "") -> re.Pattern[str]:
    return re.compile(rf"^state {owner}.*\bnow\b")


def state(graph: Locator, name: str) -> Locator:
    return graph.locator("g.state").filter(has_text=name)


def list_heard(visitor: Visitor) -> list[str]:
    """The texts that a screen reader was given to read, in order."""
    return visitor.page.locator("#read p").all_inner_texts()
