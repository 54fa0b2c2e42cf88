"""How often a player may wish for something, and who is never turned away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError

from services.gateway.domain.limits import RateLimit, client_network, parse_limits
from services.gateway.tests.player_client import Answered, Door


def at(door: Door, second: int) -> None:
    """So many seconds into a minute and an hour."""
    door.clock.time = datetime(2026, 3, 1, 12, 0, second, tzinfo=UTC)


def took(door: Door, campaign: str, **options: Any) -> int:
    """Ask for a turn, and play it when it is admitted."""
    answer = door.act(campaign, **options)
    if answer.status == 202 and "Idempotency-Replayed" not in answer.headers:
        door.resolve(door.workflow.started[-1])
    return answer.status


def test_one_turn_too_many_waits_for_the_next_window(door: Door) -> None:
    campaign = door.campaign()
    door.limited(turns=RateLimit(2, 60))
    at(door, 15)
    assert [took(door, campaign) for _ in range(2)] == [202, 202]

    refused = door.act(campaign, "I leap")

    assert (refused.status, refused.problem) == (429, "rate-limited")
    assert refused.headers["Retry-After"] == "45"
    assert "45 s" in refused.json["detail"]
    assert len(door.items("TURN#")) == 2
    at(door, 59)
    assert door.act(campaign).headers["Retry-After"] == "1"
    door.clock.pause(1)
    assert took(door, campaign) == 202


def test_a_repeated_key_is_no_new_wish(door: Door) -> None:
    campaign = door.campaign()
    door.limited(turns=RateLimit(1, 60), campaigns=RateLimit(1, 3600))
    at(door, 0)

    turns = [door.act(campaign, key="same") for _ in range(4)]
    cats = [door.start(key="cat") for _ in range(4)]

    assert [answer.status for answer in turns] == [202] * 4
    assert [answer.status for answer in cats] == [201] * 4
    assert door.start().status == 429


def test_a_wish_that_is_refused_for_another_reason_is_not_counted(door: Door) -> None:
    campaign = door.campaign()
    door.limited(turns=RateLimit(1, 60), campaigns=RateLimit(1, 3600))

    assert door.act(campaign, expected_turn=7).problem == "turn-conflict"
    assert door.act("c_" + "a" * 26).problem == "not-found"
    assert door.act(campaign, "").problem == "invalid-body"
    assert door.start(class_id="dragon").problem == "unknown-class"
    assert not door.items("turns#")

    assert (door.act(campaign).status, door.start().status) == (202, 201)


@pytest.mark.parametrize("what", ["campaigns", "forks", "tickets"])
def test_whatever_costs_something_has_a_limit_of_its_own(door: Door, what: str) -> None:
    campaign = door.campaign()
    wishes = {
        "campaigns": door.start,
        "forks": lambda: door.fork(campaign),
        "tickets": lambda: door.ask("POST", "/v1/tickets"),
    }
    door.limited(**{what: RateLimit(1, 60)})

    assert [wishes[what]().status for _ in range(2)] == [201, 429]
    assert all(wishes[other]().status == 201 for other in wishes if other != what)


def test_a_player_is_not_slowed_by_others(door: Door) -> None:
    door.limited(campaigns=RateLimit(1, 3600))

    assert [door.start(player).status for player in ("ada", "eve", "ada", "eve")] == [201, 201, 429, 429]


def test_a_flood_from_one_player_is_told_when_to_come_back_while_anothers_turns_go_on(door: Door) -> None:
    flooded, quiet = door.campaign("eve"), door.campaign("ada")
    door.limited(turns=RateLimit(3, 60))
    at(door, 20)

    assert [took(door, flooded, player="eve") for _ in range(3)] == [202] * 3
    flood = [door.act(flooded, player="eve") for _ in range(30)]
    for _ in range(3):
        assert took(door, quiet, player="ada") == 202

    assert {(answer.status, answer.headers["Retry-After"]) for answer in flood} == {(429, "40")}


def test_of_turns_at_the_same_moment_no_more_are_admitted_than_there_is_room_for(
    door: Door, together: Callable[..., list[Answered]]
) -> None:
    campaigns = [door.campaign() for _ in range(4)]
    door.limited(turns=RateLimit(2, 60))
    at(door, 20)

    answers = together(*(partial(door.act, campaign) for campaign in campaigns))

    assert sorted(answer.status for answer in answers) == [202, 202, 429, 429]
    assert len(door.items("TURN#")) == 2


def test_counts_are_forgotten_after_their_window(door: Door) -> None:
    door.limited(campaigns=RateLimit(5, 3600))
    at(door, 30)

    door.start()

    (counted,) = door.items("campaigns#")
    assert int(counted["expires_at"]["N"]) - int(counted["sk"]["S"].removeprefix("campaigns#")) == 7200


@pytest.mark.parametrize(
    "trouble",
    [
        ClientError({"Error": {"Code": "ProvisionedThroughputExceededException", "Message": ""}}, "UpdateItem"),
        ConnectTimeoutError(endpoint_url="http://table"),
    ],
)
def test_a_limit_that_cannot_be_counted_locks_nobody_out(
    door: Door, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    door.limited(campaigns=RateLimit(1, 3600))

    def broken(**_: Any) -> Any:
        raise trouble

    with monkeypatch.context() as patch:
        patch.setattr(door.dynamodb, "update_item", broken)
        assert [door.start().status for _ in range(3)] == [201, 201, 201]
    assert door.uncounted == 3


def test_limits_are_read_as_the_deployment_writes_them() -> None:
    assert parse_limits("turns=20/60 sign-ins=60/3600") == {"turns": RateLimit(20, 60), "sign-ins": RateLimit(60, 3600)}
    assert parse_limits("") == {}


def test_an_address_is_unrecognisable_and_a_household_is_one() -> None:
    assert (
        client_network("2001:db8:1:2::1") == client_network("2001:db8:1:2:ffff::9") != client_network("2001:db8:1:3::1")
    )
    assert client_network("192.0.2.1") != client_network("192.0.2.2")
    assert client_network(None) == client_network("<script>") == "address:unknown"
    assert "192.0.2.1" not in client_network("192.0.2.1")
