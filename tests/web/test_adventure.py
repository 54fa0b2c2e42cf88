"""Deeds of a cat and their consequences, through the page: fights, levels, things that are worn and used, endings."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from contracts.campaign import PersistCampaign, Telling
from contracts.dm import GroundingReport, Usage
from contracts.effects import Damaged, ExperienceGained, Proposal
from contracts.envelope import Envelope
from contracts.steps import STEPS
from contracts.tools import Outcome, ToolCall
from tests.e2e.test_proof import end
from tests.support.cloud import Cloud
from tests.support.driving import Game
from tests.web.page_driver import Visitor
from tests.web.websocket_tap import Line

pytestmark = pytest.mark.cloud

MOST_ROUNDS = 15


def live(game: Game, cloud: Cloud, *effects: Proposal, then: str = "Go to The Cardboard Market") -> None:
    """Let the cat have lived a little: a turn that the campaign service commits, and one that the gateway counts."""
    turn = "t_" + "x" * 26
    lesson = Outcome(
        key=f"{turn}/0/0",
        call=ToolCall(call_id="lesson", name="quest_progress"),
        verdict="done",
        effects=effects,
    )
    keys = {"correlation_id": turn, "campaign_id": game.campaign_id, "turn_id": turn}
    request = PersistCampaign(
        envelope=Envelope(idempotency_key=f"{turn}/{STEPS.persist}", **keys),
        base_version=game.campaign().version,
        action="I learn.",
        outcomes=(lesson,),
        telling=Telling(narrative="Learnt.", told_by="understudy", usage=Usage(), report=GroundingReport()),
    )
    cloud.invoke("campaign", "persist_campaign", request.model_dump(mode="json"))
    game.act(then)


def test_a_fight_is_fought_to_its_end_and_a_level_is_spent(visitor: Visitor, game: Game, cloud: Cloud) -> None:
    live(game, cloud, ExperienceGained(amount=95, source="lesson"))
    page = visitor.at_the_table(game).page
    fight = page.get_by_role("region", name="Fight")

    visitor.act("Go to Sprinkler Alley", 3)
    expect(fight.get_by_role("heading")).to_contain_text("round")
    foes = fight.get_by_role("listitem")
    assert [int(each) for each in initiatives(visitor)] == sorted(map(int, initiatives(visitor)), reverse=True)
    whole = fight.get_by_role("meter").all_inner_texts()
    expect(foes.filter(has_text="Pixel")).to_have_count(1)
    seen = {tuple(whole)}
    for number in range(4, 4 + MOST_ROUNDS):
        if not fight.is_visible():
            break
        seen.add(tuple(fight.get_by_role("meter").all_inner_texts()))
        fight.get_by_role("button", name="Attack").first.click()
        expect(visitor.turn(number)).to_be_visible()
        visitor.ready()
    expect(fight).to_be_hidden()
    assert len(seen) > 1

    choice = page.get_by_role("region", name="Level up")
    claws = page.locator(".stats div", has_text="claws").locator("dd")
    before = int(claws.inner_text())
    choice.get_by_role("button", name="claws +1").click()
    expect(choice).to_be_hidden()
    expect(claws).to_have_text(f"+{before + 1}")
    expect(page.get_by_role("region", name="Sheet of Pixel")).to_contain_text("level 2")


def initiatives(visitor: Visitor) -> list[str]:
    return [words.split()[-1] for words in visitor.page.locator(".order .initiative").all_text_contents()]


def test_things_are_taken_off_put_on_and_used_from_the_bag(visitor: Visitor, game: Game, cloud: Cloud) -> None:
    live(game, cloud, Damaged(target="character", amount=9, damage_type="blunt", source="lesson"))
    bag = visitor.at_the_table(game).page.get_by_role("region", name="Bag")
    claws = bag.get_by_role("listitem").filter(has_text="Brass Claws")

    visitor.act("Take off Brass Claws", 3)
    expect(claws).not_to_contain_text("worn")
    bag.get_by_role("button", name="Equip Brass Claws").click()
    visitor.hears("Equip Brass Claws", 4)
    expect(claws).to_contain_text("worn: claws")
    bag.get_by_role("button", name="Use Pocket Sardines").click()
    visitor.hears("Use Pocket Sardines", 5)

    expect(bag.get_by_text("Pocket Sardines")).to_have_count(0)


def test_a_story_that_ends_behind_an_open_page_shows_its_last_page_by_itself(
    visitor: Visitor, game: Game, cloud: Cloud
) -> None:
    page = visitor.at_the_table(game).page
    expect(page.locator("[data-feed=live]")).to_be_attached()

    end(game, cloud)

    expect(page.get_by_role("region", name="Epilogue")).to_be_visible()
    expect(visitor.box).to_be_hidden()


def test_who_did_not_hear_of_the_end_and_acts_gets_the_last_page(visitor: Visitor, game: Game, cloud: Cloud) -> None:
    visitor.provokes("status of 409")
    Line(game.campaign_id, deaf=True).through(visitor.page)
    page = visitor.at_the_table(game).page

    end(game, cloud)
    visitor.say("I search this place")

    expect(page.get_by_role("region", name="Epilogue")).to_be_visible()
    expect(page.get_by_role("link", name="Keep the story")).to_be_visible()
