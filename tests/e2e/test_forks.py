"""A player tells a story again from one of its turns, on the whole system, and can prove both."""

from __future__ import annotations

from uuid import uuid4

import httpx
import pytest
from typer.testing import CliRunner

from contracts.playerapi import Campaign, Dice
from ninelives.cli.app import app
from tests.support.cloud import Cloud
from tests.support.driving import Game

pytestmark = pytest.mark.cloud


def fork_at(game: Game, at_turn: int, key: str) -> httpx.Response:
    return game.http.post(f"{game.path}/forks", json={"at_turn": at_turn}, headers={"idempotency-key": key})


def retell(campaign_id: str) -> str:
    """The output of `ninelives campaign replay`; fails when anything differs."""
    done = CliRunner().invoke(app, ["campaign", "replay", campaign_id])
    assert done.exit_code == 0, done.output
    return done.output


def test_a_story_is_told_again_from_its_second_turn_and_both_can_be_proved(game: Game, cloud: Cloud):
    key = str(uuid4())
    for action in ("I look around", "I search the place", "I talk to Ferrule"):
        game.act(action)
    parent = game.campaign()

    answer, again = fork_at(game, 2, key), fork_at(game, 2, key)
    refused = fork_at(game, 4, str(uuid4()))

    assert (answer.status_code, answer.headers["etag"]) == (201, '"v3"'), answer.text
    assert (again.text, again.headers["idempotency-replayed"]) == (answer.text, "true")
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/cannot-fork"), refused.text
    fork = Game(cloud, game.player, Campaign.model_validate(answer.json()).id)
    assert [fork.act("I search the place").number for _ in range(2)] == [3, 4]
    assert game.campaign() == parent
    assert game.act("I search the place").number == 4

    dice = Dice.model_validate(fork.http.get(f"{fork.path}/dice").raise_for_status().json())
    assert [turn.number for turn in dice.turns] == [3, 4]
    assert dice.forked_from is not None and dice.forked_from.campaign_id == game.campaign_id
    assert dice.commitment != parent.sheet.state.seed_commitment
    assert (retell(game.campaign_id).count("same"), retell(fork.campaign_id).count("same")) == (5, 3)
    assert (game.facts()["CampaignStarted.v1"], fork.facts()["TurnResolved.v1"]) == (1, 2)


def test_nobody_forks_somebody_elses_story(game: Game, cloud: Cloud):
    eve = Game(cloud, f"eve-{game.player}", game.campaign_id)

    answer = fork_at(eve, 0, str(uuid4()))

    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")
