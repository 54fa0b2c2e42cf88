"""A player can prove the dice and replay the campaign that the whole system has played."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from contracts.campaign import PersistCampaign, Telling
from contracts.dm import GroundingReport, Usage
from contracts.effects import CampaignEnded
from contracts.envelope import Envelope
from contracts.playerapi import Dice
from contracts.steps import STEPS
from contracts.tools import Outcome, ToolCall
from ninelives.cli.app import app
from tests.support.cloud import Cloud
from tests.support.driving import Game

pytestmark = pytest.mark.cloud


def ninelives(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, done.output


def test_the_dice_of_a_campaign_are_those_that_its_turns_showed_and_its_seed_proves_them(game: Game, cloud: Cloud):
    actions = ("I search this place", "I attack the first thing that moves", "I hide", "I search again")
    turns = [game.act(action) for action in actions]

    first = Dice.model_validate(game.http.get(f"{game.path}/dice?limit=3").raise_for_status().json())
    rest = Dice.model_validate(game.http.get(f"{game.path}/dice?after_turn=3").raise_for_status().json())
    assert (first.next_after, rest.next_after, first.seed) == (3, None, None)
    assert [one.rolls for one in (*first.turns, *rest.turns)] == [turn.rolls for turn in turns]
    assert any(turn.rolls for turn in turns)
    status, printed = ninelives("dice", "verify", game.campaign_id, "--player", game.player)
    assert (status, "The seed is not public" in printed) == (2, True), printed

    end(game, cloud)

    status, printed = ninelives("dice", "verify", game.campaign_id, "--player", game.player)
    assert (status, "all" in printed and "verified" in printed) == (0, True), printed
    status, printed = ninelives("campaign", "replay", game.campaign_id)
    assert (status, printed.count("same")) == (0, 6), printed


def test_somebody_elses_dice_are_not_found(game: Game, cloud: Cloud):
    eve = Game(cloud, f"eve-{game.player}")

    assert eve.http.get(f"{game.path}/dice").status_code == 404
    assert ninelives("dice", "verify", game.campaign_id, "--player", eve.player)[0] == 2


@pytest.mark.parametrize("query", ["after_turn=-1", "after_turn=x", "limit=0", "limit=101"])
def test_a_page_of_dice_that_cannot_be_is_a_problem(game: Game, query: str):
    answer = game.http.get(f"{game.path}/dice?{query}")

    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/invalid-query")


def end(game: Game, cloud: Cloud) -> None:
    """Let the campaign service commit a last turn in which the story ends."""
    turn = "t_" + "e" * 26
    call = ToolCall(call_id="end", name="quest_progress")
    over = Outcome(key=f"{turn}/0/0", call=call, verdict="done", effects=(CampaignEnded(ending="home"),))
    request = PersistCampaign(
        envelope=Envelope(
            idempotency_key=f"{turn}/{STEPS.persist}", correlation_id=turn, campaign_id=game.campaign_id, turn_id=turn
        ),
        base_version=game.campaign().version,
        action="I go home.",
        outcomes=(over,),
        telling=Telling(narrative="Home.", told_by="understudy", usage=Usage(), report=GroundingReport()),
    )
    cloud.invoke("campaign", "persist_campaign", request.model_dump(mode="json"))
