"""The first minute: the pack's scene, what could be done in it, and what is wanted of the cat."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.driving import Game
from tests.web.page_driver import Visitor

pytestmark = pytest.mark.cloud


def test_a_new_cat_wakes_into_the_scene_its_world_tells_and_may_do_what_that_suggests(
    visitor: Visitor, game: Game
) -> None:
    begun = game.campaign()
    page = visitor.at_the_table(game).page

    opening = page.get_by_role("region", name="The opening")
    expect(opening.get_by_role("heading", name="Pixel wakes up")).to_be_visible()
    assert begun.opening
    expect(opening.locator(".told p")).to_have_text(begun.opening.split("\n\n"))
    expect(visitor.ideas).to_have_text(list(begun.suggested_actions))
    visitor.ideas.first.click()
    visitor.hears(begun.suggested_actions[0], 1)

    expect(opening.locator(".told p")).to_have_text(begun.opening.split("\n\n"))
    expect(visitor.ideas).to_have_text(turns_of(game)[0]["suggested_actions"])


def test_what_is_offered_stands_among_the_quests_until_it_is_one(visitor: Visitor, game: Game) -> None:
    quests = quests_of(visitor.at_the_table(game).page)

    expect(quests).to_contain_text("Who wants what is told where the story begins.")
    expect(quests.get_by_role("listitem")).to_contain_text("Breakfast Is Late")
    quests.get_by_role("button", name="Accept Breakfast Is Late").click()
    visitor.hears("Accept Breakfast Is Late", 1)

    expect(quests.get_by_role("listitem").filter(has_text="Breakfast Is Late")).to_contain_text(
        "Talk to Auntie Bellows"
    )
    expect(quests.get_by_role("button", name="Accept Breakfast Is Late")).to_have_count(0)
    expect(quests).not_to_contain_text("promised")


def test_a_story_whose_beginning_nobody_told_has_a_first_page_and_ideas_all_the_same(
    visitor: Visitor, game: Game
) -> None:
    untold = {"opening": None, "suggested_actions": []}

    def of_old(route: Route) -> None:
        route.fulfill(json=route.fetch().json() | untold)

    page = visitor.as_player(game).page
    page.route(f"**/campaigns/{game.campaign_id}", of_old)
    visitor.open(f"play/{game.campaign_id}").ready()

    expect(page.get_by_role("region", name="The opening")).to_contain_text("Something woke you. It was not breakfast.")
    expect(quests_of(page)).to_contain_text("Whoever wants something says so when talked to.")
    for number, idea in enumerate(visitor.ideas.all_inner_texts(), start=1):
        visitor.act(idea, number)
    assert [turn["refusals"] for turn in turns_of(game)] == [[]] * 3


def quests_of(page: Page) -> Any:
    return page.get_by_role("region", name="Quests")


def turns_of(game: Game) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = game.http.get(f"{game.path}/turns").raise_for_status().json()["items"]
    return items


def test_that_an_ai_writes_the_stories_is_said_before_a_cat_is_made_and_under_every_story(
    visitor: Visitor, game: Game
) -> None:
    page = visitor.as_player(game).page
    visitor.open("")
    expect(page.get_by_text("written by an AI, not by a person")).to_be_visible()
    page.get_by_role("link", name="Wake up as a cat").click()
    expect(page.get_by_text("No person sits behind the screen")).to_be_visible()

    visitor.open(f"play/{game.campaign_id}").ready()

    expect(visitor.act("I search this place", 1)).to_contain_text("Written by a program, the understudy")
