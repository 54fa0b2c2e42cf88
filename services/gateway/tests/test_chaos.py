"""Turns in which something is broken on purpose, where the operator lets players do that."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

import pytest

from contracts.chaos import Sabotage
from services.gateway.domain.records import RESTART_AFTER
from services.gateway.tests.player_client import Door

KINDS = get_args(Sabotage)


@pytest.mark.parametrize("kind", KINDS)
def test_where_chaos_is_not_enabled_it_is_refused_and_nothing_is_written(door: Door, kind: str) -> None:
    campaign = door.campaign()
    before = door.items()

    answer = door.act(campaign, chaos=kind)

    assert (answer.status, answer.problem) == (403, "chaos-disabled")
    assert door.items() == before
    assert door.act(campaign).status == 202


@pytest.mark.parametrize("kind", KINDS)
def test_where_chaos_is_enabled_the_workflow_is_told_what_to_break(door: Door, kind: str) -> None:
    door.chaos = True

    door.act(door.campaign(), chaos=kind)

    assert [turn.chaos for turn in door.workflow.started] == [kind]


def test_where_chaos_is_enabled_a_turn_without_it_breaks_nothing(door: Door) -> None:
    door.chaos = True

    door.act(door.campaign())

    assert [turn.chaos for turn in door.workflow.started] == [None]


@pytest.mark.parametrize("wish", ["everything", "", True, ["drop-model"]])
def test_what_cannot_be_broken_is_refused(door: Door, wish: object) -> None:
    door.chaos = True

    assert door.act(door.campaign(), chaos=wish).problem == "invalid-body"


def test_a_lost_start_that_is_made_good_breaks_the_same_thing(door: Door) -> None:
    door.chaos = True
    campaign = door.campaign()
    door.workflow.down = True
    door.act(campaign, key="k", chaos="kill-tool")
    door.workflow.down = False
    door.clock.time += RESTART_AFTER + timedelta(seconds=1)

    assert door.act(campaign, key="k", chaos="kill-tool").headers["Idempotency-Replayed"] == "true"

    assert [turn.chaos for turn in door.workflow.started] == ["kill-tool"]


def test_the_same_key_with_something_else_broken_is_another_wish(door: Door) -> None:
    door.chaos = True
    campaign = door.campaign()
    door.act(campaign, key="k", chaos="kill-tool")

    assert door.act(campaign, key="k", chaos="drop-model").problem == "idempotency-key-reused"
    assert door.act(campaign, key="k").problem == "idempotency-key-reused"


def test_another_players_campaign_is_not_found_however_it_is_to_be_broken(door: Door) -> None:
    door.chaos = True

    assert door.act(door.campaign("ada"), player="eve", chaos="drop-model").problem == "not-found"
