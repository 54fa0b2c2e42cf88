"""DynamoDB cancels a transaction while another one is under way on one of its items: every writer goes on from it."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from contracts.errors import Transient
from services.gateway.tests.live import Live
from services.gateway.tests.player_client import Door
from services.gateway.tests.test_accounts import Guest

ONCE, FOR_EVER = 1, 10_000


class Conflicting:
    """A client whose next transactions find another under way, on each of their items in turn; nothing is written."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.left = 0
        self.cancelled = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def transact_write_items(self, *, TransactItems: list[Any]) -> Any:
        if not self.left:
            return self._client.transact_write_items(TransactItems=TransactItems)
        self.left -= 1
        at, self.cancelled = self.cancelled % len(TransactItems), self.cancelled + 1
        reasons = [{"Code": "TransactionConflict" if n == at else "None"} for n in range(len(TransactItems))]
        response: Any = {
            "Error": {"Code": "TransactionCanceledException", "Message": ""},
            "CancellationReasons": reasons,
        }
        raise ClientError(response, "TransactWriteItems")


@pytest.fixture
def table(door: Door) -> Conflicting:
    door.dynamodb = Conflicting(door.dynamodb)
    return door.dynamodb  # type: ignore[no-any-return]


@pytest.mark.parametrize("conflicts", [1, 2, 3])
def test_a_campaign_begins_once(door: Door, table: Conflicting, conflicts: int) -> None:
    table.left = conflicts
    answers = [door.start(key="k") for _ in range(2)]

    assert {answer.status for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == len(door.items("META")) == 1
    assert table.cancelled == conflicts


@pytest.mark.parametrize("conflicts", [1, 2, 3])
def test_a_turn_is_admitted_once(door: Door, table: Conflicting, conflicts: int) -> None:
    campaign = door.campaign()
    table.left = conflicts

    answer = door.act(campaign, key="k")

    assert (answer.status, "Idempotency-Replayed" in answer.headers) == (202, False)
    assert len(door.workflow.started) == len(door.items("TURN#")) == len(door.events()) == 1
    assert table.cancelled == conflicts


@pytest.mark.parametrize("conflicts", [1, 2, 3])
@pytest.mark.parametrize("end", ["resolve", "fail"])
def test_a_turn_ends_once(door: Door, table: Conflicting, end: str, conflicts: int) -> None:
    door.act(door.campaign())
    table.left = conflicts

    closed = getattr(door, end)(door.workflow.started[-1])

    assert closed.status == ("resolved" if end == "resolve" else "failed")
    assert len(door.events()) == 2
    assert table.cancelled == conflicts


@pytest.mark.parametrize("conflicts", [1, 2, 5])
def test_a_fact_has_one_place_in_the_feed(door: Door, table: Conflicting, conflicts: int) -> None:
    live, campaign = Live(door), door.campaign()
    table.left = conflicts

    live.happens(campaign, "a", "b", "a")

    assert [(item["sequence"], item["id"]) for item in live.feed(campaign)["items"]] == [(1, "a"), (2, "b")]
    assert table.cancelled == conflicts


def test_a_guest_becomes_an_account(door: Door, table: Conflicting) -> None:
    guest = Guest(door)
    table.left = ONCE

    answer = guest.upgrade()

    assert answer.status == 200, answer
    assert table.cancelled == ONCE


def test_what_conflicts_for_ever_changes_nothing_and_may_be_asked_again(door: Door, table: Conflicting) -> None:
    campaign = door.campaign()
    table.left = FOR_EVER
    before = sorted(str(item) for item in door.items())

    with pytest.raises(Transient):
        door.act(campaign, key="k")

    assert sorted(str(item) for item in door.items()) == before
    table.left = 0
    assert door.act(campaign, key="k").status == 202
