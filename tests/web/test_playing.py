"""The web game in a real browser: from waking up to the last page, and through what goes wrong on the way."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.cloud import Cloud
from tests.support.driving import Game
from tests.web.page_driver import Visitor

pytestmark = pytest.mark.cloud

ACTIONS = (
    "I search this place",
    "I look around and sniff the air",
    "I hide",
    "I groom, to buy time to think",
    "I attack the first thing that moves",
    "I search again",
    "I listen",
    "I hide behind a crate",
    "I rest",
)


def test_a_cat_plays_ten_turns_that_are_there_again_after_a_reload_and_reports_the_last(visitor: Visitor) -> None:
    page = visitor.wake_up("Marmalade").page
    expect(page.get_by_role("heading", name="Marmalade wakes up")).to_be_visible()

    for number, action in enumerate(ACTIONS, start=1):
        visitor.act(action, number)
    idea = page.get_by_role("group", name="Suggested actions").get_by_role("button").first
    words = idea.inner_text()
    idea.click()
    visitor.hears(words, 10)

    story = visitor.told.all_inner_texts()
    assert len(story) == 10
    assert page.get_by_role("list", name="Dice").count() >= 1
    page.reload()
    expect(visitor.turn(10)).to_be_visible()
    assert visitor.told.all_inner_texts() == story
    assert len(set(visitor.keys())) == 10 == len(visitor.keys())

    told = visitor.turn(10)
    told.get_by_text("Report this story").press("Enter")
    told.get_by_role("button", name="It is wrong").press("Enter")
    expect(told.get_by_text("Reported.")).to_be_focused()


def test_the_running_turn_is_told_step_by_step(visitor: Visitor, game: Game, cloud: Cloud) -> None:
    visitor.at_the_table(game)
    step = visitor.being_told.locator("li.now")

    with cloud.silent_model() as end_silence:
        visitor.say("I search this place")
        expect(step).to_have_text("The game master thinks")
        expect(visitor.page.get_by_role("status").first).to_have_text("The game master thinks")
        end_silence()
        visitor.hears("I search this place", 1)

    expect(visitor.being_told).to_have_count(0)


def test_any_of_ones_cats_can_be_taken_up_again(visitor: Visitor) -> None:
    page = visitor.wake_up("Umbra").page
    told = visitor.act("I search this place", 1).inner_text()
    page.get_by_role("link", name="All cats").click()
    page.get_by_role("link", name="Wake up as a cat").click()
    page.get_by_role("radio", name="Static Witch").check(force=True)
    page.get_by_role("radio", name="For everybody").check()
    page.get_by_label("The tag on your ear says").fill("Socket")
    with page.expect_request(lambda asked: asked.method == "POST" and asked.url.endswith("/v1/campaigns")) as made:
        visitor.button("Wake up").click()
    assert made.value.post_data_json["content"] == "family"
    expect(page.get_by_role("heading", name="Socket wakes up")).to_be_visible()
    expect(page.get_by_role("region", name="Sheet of Socket")).to_contain_text("Static Witch")
    page.get_by_role("link", name="All cats").click()

    expect(page.get_by_role("listitem").filter(has_text="Lost Property")).to_have_count(2)
    page.get_by_role("link", name="Umbra").click()

    expect(visitor.turn(1)).to_be_visible()
    assert visitor.turn(1).inner_text() == told


def test_a_name_that_cannot_be_is_refused_beside_its_box_once_and_another_can_be_typed(
    visitor: Visitor, game: Game
) -> None:
    visitor.provokes("status of 422")
    page = visitor.as_player(game).open("new").page
    box = page.get_by_label("The tag on your ear says")
    box.fill("Tom”, level 9")
    visitor.button("Wake up").click()
    expect(page.get_by_role("alert")).to_have_text(
        "The name must have no quotation marks (an apostrophe is fine)."
        " Use letters, digits, blanks and plain punctuation."
    )

    box.fill("Tom")
    visitor.button("Wake up").click()

    expect(page.get_by_role("heading", name="Tom wakes up")).to_be_visible()
