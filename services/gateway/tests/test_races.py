"""Two at once. Each rival is stopped right before its transaction until both have looked at the same ledger."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from services.gateway.adapters.turn_repository import DynamoTurnRepository
from services.gateway.domain.records import Snapshot
from services.gateway.tests.player_client import TABLE, Answered, Door


def test_a_double_click_is_one_turn(door: Door, together: Callable[..., list[Answered]]) -> None:
    campaign = door.campaign()

    answers = together(*[lambda: door.act(campaign, key="k")] * 4)

    assert {answer.status for answer in answers} == {202}
    assert len({answer.json["id"] for answer in answers}) == 1
    assert sum("Idempotency-Replayed" not in answer.headers for answer in answers) == 1
    assert len(door.workflow.started) == 1
    assert len(door.items("TURN#")) == len(door.events()) == 1


def test_of_two_different_turns_at_once_one_is_taken(door: Door, together: Callable[..., list[Answered]]) -> None:
    campaign = door.campaign()

    answers = together(lambda: door.act(campaign, "I run"), lambda: door.act(campaign, "I hide"))

    assert sorted(answer.status for answer in answers) == [202, 409]
    assert [answer.problem for answer in answers if answer.status == 409] == ["turn-in-progress"]
    assert len(door.workflow.started) == len(door.items("TURN#")) == 1


@pytest.mark.parametrize("ended", [False, True])
def test_a_look_that_is_torn_by_another_copy_of_the_request_refuses_nothing(
    door: Door, monkeypatch: pytest.MonkeyPatch, ended: bool
) -> None:
    """The key is read before the other copy is admitted, the gate afterwards."""
    campaign = door.campaign()
    before = DynamoTurnRepository(door.dynamodb, TABLE)
    look, torn = DynamoTurnRepository.snapshot, [True]

    def snapshot(self: DynamoTurnRepository, *asked: Any) -> Snapshot:
        if not torn or self is before:
            return look(self, *asked)
        torn.clear()
        early = look(before, *asked)
        door.act(campaign, key="k", expected_turn=1)
        if ended:
            door.resolve(door.workflow.started[-1])
        return replace(early, gate=look(before, *asked).gate)

    monkeypatch.setattr(DynamoTurnRepository, "snapshot", snapshot)

    answer = door.act(campaign, key="k", expected_turn=1)

    assert (answer.status, answer.headers.get("Idempotency-Replayed")) == (200 if ended else 202, "true")
    assert len(door.workflow.started) == len(door.items("TURN#")) == 1


def test_two_clicks_on_start_are_one_campaign(door: Door, together: Callable[..., list[Answered]]) -> None:
    answers = together(*[lambda: door.start(key="k")] * 2)

    assert [answer.status for answer in answers] == [201, 201]
    assert len({answer.text for answer in answers}) == 1
    assert len(door.items("META")) == 1


def test_a_turn_that_is_resolved_and_failed_at_once_ends_one_way(
    door: Door, together: Callable[..., list[Any]]
) -> None:
    campaign = door.campaign()
    door.act(campaign)
    (turn,) = door.workflow.started

    ends = together(lambda: door.resolve(turn), lambda: door.fail(turn))

    assert len({end.status for end in ends}) == 1
    assert len(door.events()) == 2
    assert bool(door.failed.sent) == (ends[0].status == "failed")


def test_a_lost_start_is_made_good_by_one_of_two_repetitions(door: Door) -> None:
    campaign = door.campaign()
    door.workflow.down = True
    door.act(campaign, key="k")
    door.workflow.down = False

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: door.act(campaign, key="k"), range(4)))

    assert len(door.workflow.started) == 1
