"""Turns in which something is broken on purpose, where the operator lets players do that."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

import pytest

from contracts.chaos import Sabotage
from services.gateway.domain.records import RESTART_AFTER
from services.gateway.tests.player_client import PlayerClient

KINDS = get_args(Sabotage)


@pytest.mark.parametrize("kind", KINDS)
def test_where_chaos_is_not_enabled_it_is_refused_and_nothing_is_written(game: PlayerClient, kind: str) -> None:
    campaign = game.campaign()
    before = game.items()

    answer = game.act(campaign, chaos=kind)

    assert (answer.status, answer.problem) == (403, "chaos-disabled")
    assert game.items() == before
    assert game.act(campaign).status == 202


@pytest.mark.parametrize("kind", KINDS)
def test_where_chaos_is_enabled_the_workflow_is_told_what_to_break(game: PlayerClient, kind: str) -> None:
    game.chaos = True

    game.act(game.campaign(), chaos=kind)

    assert [turn.chaos for turn in game.workflow.started] == [kind]


def test_where_chaos_is_enabled_a_turn_without_it_breaks_nothing(game: PlayerClient) -> None:
    game.chaos = True

    game.act(game.campaign())

    assert [turn.chaos for turn in game.workflow.started] == [None]


@pytest.mark.parametrize("wish", ["everything", "", True, ["drop-model"]])
def test_what_cannot_be_broken_is_refused(game: PlayerClient, wish: object) -> None:
    game.chaos = True

    assert game.act(game.campaign(), chaos=wish).problem == "invalid-body"


def test_a_lost_start_that_is_made_good_breaks_the_same_thing(game: PlayerClient) -> None:
    game.chaos = True
    campaign = game.campaign()
    game.workflow.down = True
    game.act(campaign, key="k", chaos="kill-tool")
    game.workflow.down = False
    game.clock.time += RESTART_AFTER + timedelta(seconds=1)

    assert game.act(campaign, key="k", chaos="kill-tool").headers["Idempotency-Replayed"] == "true"

    assert [turn.chaos for turn in game.workflow.started] == ["kill-tool"]


def test_the_same_key_with_something_else_broken_is_another_wish(game: PlayerClient) -> None:
    game.chaos = True
    campaign = game.campaign()
    game.act(campaign, key="k", chaos="kill-tool")

    assert game.act(campaign, key="k", chaos="drop-model").problem == "idempotency-key-reused"
    assert game.act(campaign, key="k").problem == "idempotency-key-reused"


def test_another_players_campaign_is_not_found_however_it_is_to_be_broken(game: PlayerClient) -> None:
    game.chaos = True

    assert game.act(game.campaign("ada"), player="eve", chaos="drop-model").problem == "not-found"
