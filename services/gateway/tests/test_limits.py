"""Limits on the requests of a player, and who is never turned away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError

from services.gateway.domain.limits import RateLimit, client_network, parse_limits
from services.gateway.tests.player_client import Answered, PlayerClient


def at(game: PlayerClient, second: int) -> None:
    """So many seconds into a minute and an hour."""
    game.clock.time = datetime(2026, 3, 1, 12, 0, second, tzinfo=UTC)


def took(game: PlayerClient, campaign: str, **options: Any) -> int:
    """Ask for a turn, and play it when it is admitted."""
    answer = game.act(campaign, **options)
    if answer.status == 202 and "Idempotency-Replayed" not in answer.headers:
        game.resolve(game.workflow.started[-1])
    return answer.status


def test_one_turn_too_many_waits_for_the_next_window(game: PlayerClient) -> None:
    campaign = game.campaign()
    game.limit(turns=RateLimit(2, 60))
    at(game, 15)
    assert [took(game, campaign) for _ in range(2)] == [202, 202]

    refused = game.act(campaign, "I leap")

    assert (refused.status, refused.problem) == (429, "rate-limited")
    assert refused.headers["Retry-After"] == "45"
    assert "45 s" in refused.json["detail"]
    assert len(game.items("TURN#")) == 2
    at(game, 59)
    assert game.act(campaign).headers["Retry-After"] == "1"
    game.clock.pause(1)
    assert took(game, campaign) == 202


def test_a_repeated_key_is_no_new_wish(game: PlayerClient) -> None:
    campaign = game.campaign()
    game.limit(turns=RateLimit(1, 60), campaigns=RateLimit(1, 3600))
    at(game, 0)

    turns = [game.act(campaign, key="same") for _ in range(4)]
    cats = [game.start(key="cat") for _ in range(4)]

    assert [answer.status for answer in turns] == [202] * 4
    assert [answer.status for answer in cats] == [201] * 4
    assert game.start().status == 429


def test_a_wish_that_is_refused_for_another_reason_is_not_counted(game: PlayerClient) -> None:
    campaign = game.campaign()
    game.limit(turns=RateLimit(1, 60), campaigns=RateLimit(1, 3600))

    assert game.act(campaign, expected_turn=7).problem == "turn-conflict"
    assert game.act("c_" + "a" * 26).problem == "not-found"
    assert game.act(campaign, "").problem == "invalid-body"
    assert game.start(class_id="dragon").problem == "unknown-class"
    assert not game.items("turns#")

    assert (game.act(campaign).status, game.start().status) == (202, 201)


@pytest.mark.parametrize("what", ["campaigns", "forks", "tickets"])
def test_whatever_costs_something_has_a_limit_of_its_own(game: PlayerClient, what: str) -> None:
    campaign = game.campaign()
    wishes = {
        "campaigns": game.start,
        "forks": lambda: game.fork(campaign),
        "tickets": lambda: game.ask("POST", "/v1/tickets"),
    }
    game.limit(**{what: RateLimit(1, 60)})

    assert [wishes[what]().status for _ in range(2)] == [201, 429]
    assert all(wishes[other]().status == 201 for other in wishes if other != what)


def test_a_player_is_not_slowed_by_others(game: PlayerClient) -> None:
    game.limit(campaigns=RateLimit(1, 3600))

    assert [game.start(player).status for player in ("ada", "eve", "ada", "eve")] == [201, 201, 429, 429]


def test_a_flood_from_one_player_is_told_when_to_come_back_while_anothers_turns_go_on(game: PlayerClient) -> None:
    flooded, quiet = game.campaign("eve"), game.campaign("ada")
    game.limit(turns=RateLimit(3, 60))
    at(game, 20)

    assert [took(game, flooded, player="eve") for _ in range(3)] == [202] * 3
    flood = [game.act(flooded, player="eve") for _ in range(30)]
    for _ in range(3):
        assert took(game, quiet, player="ada") == 202

    assert {(answer.status, answer.headers["Retry-After"]) for answer in flood} == {(429, "40")}


def test_one_player_keeps_only_so_many_functions_busy_with_waiting(game: PlayerClient) -> None:
    at(game, 20)
    game.limit(waits=RateLimit(2, 60))
    mine, other = game.campaign("eve"), game.campaign("ada")
    turn, hers = (game.act(of, player=player, key="k").json["id"] for of, player in ((mine, "eve"), (other, "ada")))
    waits = {"Prefer": "wait=1"}

    asked = [game.turn(mine, turn, player="eve", headers=waits) for _ in range(3)]
    again = game.act(mine, player="eve", key="k", wait=1)

    assert [answer.status for answer in (*asked, again)] == [200, 200, 429, 429]
    assert (asked[2].problem, 0 < int(asked[2].headers["Retry-After"]) <= 40) == ("rate-limited", True)
    assert game.turn(mine, turn, player="eve").status == 200
    assert game.turn(other, hers, headers=waits).status == 200
    game.resolve(game.workflow.started[0])
    assert game.turn(mine, turn, player="eve", headers=waits).status == 200


def test_of_turns_at_the_same_moment_no_more_are_admitted_than_there_is_room_for(
    game: PlayerClient, together: Callable[..., list[Answered]]
) -> None:
    campaigns = [game.campaign() for _ in range(4)]
    game.limit(turns=RateLimit(2, 60))
    at(game, 20)

    answers = together(*(partial(game.act, campaign) for campaign in campaigns))

    assert sorted(answer.status for answer in answers) == [202, 202, 429, 429]
    assert len(game.items("TURN#")) == 2


def test_counts_are_forgotten_after_their_window(game: PlayerClient) -> None:
    game.limit(campaigns=RateLimit(5, 3600))
    at(game, 30)

    game.start()

    (counted,) = game.items("campaigns#")
    assert int(counted["expires_at"]["N"]) - int(counted["sk"]["S"].removeprefix("campaigns#")) == 7200


@pytest.mark.parametrize(
    "trouble",
    [
        ClientError({"Error": {"Code": "ProvisionedThroughputExceededException", "Message": ""}}, "UpdateItem"),
        ConnectTimeoutError(endpoint_url="http://table"),
    ],
)
def test_a_limit_that_cannot_be_counted_locks_nobody_out(
    game: PlayerClient, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    game.limit(campaigns=RateLimit(1, 3600))

    def fail(**_: Any) -> Any:
        raise trouble

    with monkeypatch.context() as patch:
        patch.setattr(game.dynamodb, "update_item", fail)
        assert [game.start().status for _ in range(3)] == [201, 201, 201]
    assert game.uncounted == 3


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
