"""Two at once. Each rival is stopped right before its transaction until both have looked at the same ledger."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from services.gateway.adapters.turn_repository import DynamoTurnRepository
from services.gateway.domain.records import Snapshot
from services.gateway.tests.player_client import TABLE, Answered, PlayerClient


def test_a_double_click_is_one_turn(game: PlayerClient, together: Callable[..., list[Answered]]) -> None:
    campaign = game.campaign()

    answers = together(*[lambda: game.act(campaign, key="k")] * 4)

    assert {answer.status for answer in answers} == {202}
    assert len({answer.json["id"] for answer in answers}) == 1
    assert sum("Idempotency-Replayed" not in answer.headers for answer in answers) == 1
    assert len(game.workflow.started) == 1
    assert len(game.items("TURN#")) == len(game.events()) == 1


def test_of_two_different_turns_at_once_one_is_taken(
    game: PlayerClient, together: Callable[..., list[Answered]]
) -> None:
    campaign = game.campaign()

    answers = together(lambda: game.act(campaign, "I run"), lambda: game.act(campaign, "I hide"))

    assert sorted(answer.status for answer in answers) == [202, 409]
    assert [answer.problem for answer in answers if answer.status == 409] == ["turn-in-progress"]
    assert len(game.workflow.started) == len(game.items("TURN#")) == 1


@pytest.mark.parametrize("ended", [False, True])
def test_a_look_that_is_torn_by_another_copy_of_the_request_refuses_nothing(
    game: PlayerClient, monkeypatch: pytest.MonkeyPatch, ended: bool
) -> None:
    """The key is read before the other copy is admitted, the gate afterwards."""
    campaign = game.campaign()
    before = DynamoTurnRepository(game.dynamodb, TABLE)
    look, torn = DynamoTurnRepository.snapshot, [True]

    def snapshot(self: DynamoTurnRepository, *asked: Any) -> Snapshot:
        if not torn or self is before:
            return look(self, *asked)
        torn.clear()
        early = look(before, *asked)
        game.act(campaign, key="k", expected_turn=1)
        if ended:
            game.resolve(game.workflow.started[-1])
        return replace(early, gate=look(before, *asked).gate)

    monkeypatch.setattr(DynamoTurnRepository, "snapshot", snapshot)

    answer = game.act(campaign, key="k", expected_turn=1)

    assert (answer.status, answer.headers.get("Idempotency-Replayed")) == (200 if ended else 202, "true")
    assert len(game.workflow.started) == len(game.items("TURN#")) == 1


def test_two_clicks_on_start_are_one_campaign(game: PlayerClient, together: Callable[..., list[Answered]]) -> None:
    answers = together(*[lambda: game.start(key="k")] * 2)

    assert [answer.status for answer in answers] == [201, 201]
    assert len({answer.text for answer in answers}) == 1
    assert len(game.items("META")) == 1


def test_a_turn_that_is_resolved_and_failed_at_once_ends_one_way(
    game: PlayerClient, together: Callable[..., list[Any]]
) -> None:
    campaign = game.campaign()
    game.act(campaign)
    (turn,) = game.workflow.started

    ends = together(lambda: game.resolve(turn), lambda: game.fail(turn))

    assert len({end.status for end in ends}) == 1
    assert len(game.events()) == 2
    assert bool(game.failed.sent) == (ends[0].status == "failed")


def test_a_lost_start_is_made_good_by_one_of_two_repetitions(game: PlayerClient) -> None:
    campaign = game.campaign()
    game.workflow.down = True
    game.act(campaign, key="k")
    game.workflow.down = False

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: game.act(campaign, key="k"), range(4)))

    assert len(game.workflow.started) == 1
