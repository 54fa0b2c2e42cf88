"""DynamoDB refuses a write while a transaction is under way on one of its items: every writer goes on from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from contracts.errors import Transient
from services.gateway.adapters.account_register import DynamoAccountRegister
from services.gateway.adapters.connections import DynamoConnections
from services.gateway.application.erasing.working import Worker
from services.gateway.domain.accounts import Account
from services.gateway.domain.sockets import TicketHolder
from services.gateway.tests.live import Live
from services.gateway.tests.player_client import TABLE, TURN_ENDS, PlayerClient
from services.gateway.tests.test_accounts import Guest
from services.gateway.tests.test_reports import report, tell_turn
from tests.support.conflicts import FOR_EVER, ONCE, Conflicting


@pytest.fixture
def table(game: PlayerClient) -> Conflicting:
    game.dynamodb = conflicting = Conflicting(game.dynamodb)
    return conflicting


@pytest.mark.parametrize("conflicts", [1, 2, 3])
def test_a_campaign_begins_once(game: PlayerClient, table: Conflicting, conflicts: int) -> None:
    table.left = conflicts
    answers = [game.start(key="k") for _ in range(2)]

    assert {answer.status for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == len(game.items("META")) == 1
    assert table.cancelled == conflicts


@pytest.mark.parametrize("conflicts", [1, 2, 3])
def test_a_turn_is_admitted_once(game: PlayerClient, table: Conflicting, conflicts: int) -> None:
    campaign = game.campaign()
    table.left = conflicts

    answer = game.act(campaign, key="k")

    assert (answer.status, "Idempotency-Replayed" in answer.headers) == (202, False)
    assert len(game.workflow.started) == len(game.items("TURN#")) == len(game.events()) == 1
    assert table.cancelled == conflicts


@pytest.mark.parametrize("conflicts", [1, 2, 3])
@pytest.mark.parametrize("end", ["resolve", "fail"])
def test_a_turn_ends_once(game: PlayerClient, table: Conflicting, end: str, conflicts: int) -> None:
    game.act(game.campaign())
    table.left = conflicts

    closed = getattr(game, end)(game.workflow.started[-1])

    assert closed.status == ("resolved" if end == "resolve" else "failed")
    assert len(game.events()) == 2
    assert table.cancelled == conflicts


@pytest.mark.parametrize("conflicts", [1, 2, 3])
def test_a_connection_is_opened_listens_and_is_forgotten_once(
    game: PlayerClient, table: Conflicting, conflicts: int
) -> None:
    now, campaign = game.clock.now(), game.campaign()
    connections = DynamoConnections(game.dynamodb, TABLE)

    for end in (connections.forget, connections.erase):
        table.left = conflicts
        assert connections.open("tab", TicketHolder("ada"), now) == ["tab"]
        table.left = conflicts
        connections.subscribe("tab", campaign, now)
        assert (connections.player("tab"), connections.listeners(campaign, 9)) == ("ada", ["tab"])
        table.left = conflicts
        end("tab")
        assert (connections.player("tab"), connections.listeners(campaign, 9)) == (None, [])


def test_a_subscription_that_comes_late_makes_no_listener_of_a_connection_that_is_forgotten(game: PlayerClient) -> None:
    now, campaign, late = game.clock.now(), game.campaign(), Withholding(game.dynamodb)
    connections = DynamoConnections(game.dynamodb, TABLE)
    connections.open("tab", TicketHolder("ada"), now)
    with pytest.raises(Transient):
        DynamoConnections(late, TABLE).subscribe("tab", campaign, now)
    connections.forget("tab")

    with pytest.raises(ClientError, match="TransactionCanceled"):
        game.dynamodb.transact_write_items(**late.asked[0])
    assert connections.listeners(campaign, 9) == []


@pytest.mark.parametrize("conflicts", [1, 2, 3])
def test_a_story_is_reported_once(game: PlayerClient, table: Conflicting, conflicts: int) -> None:
    turn = tell_turn(game)
    table.left = conflicts

    assert report(game, turn, key="k").status == 201
    assert len(game.items("report")) == 1
    assert len(game.events()) == 3
    assert table.cancelled == conflicts


@pytest.mark.parametrize("conflicts", [1, 2, 5])
def test_a_fact_has_one_place_in_the_feed(game: PlayerClient, table: Conflicting, conflicts: int) -> None:
    live, campaign = Live(game), game.campaign()
    table.left = conflicts

    live.happens(campaign, "a", "b", "a")

    assert [(item["sequence"], item["id"]) for item in live.feed(campaign)["items"]] == [(1, "a"), (2, "b")]
    assert table.cancelled == conflicts


def test_a_guest_becomes_an_account(game: PlayerClient, table: Conflicting) -> None:
    guest = Guest(game)
    table.left = ONCE

    answer = guest.upgrade()

    assert answer.status == 200, answer
    assert table.cancelled == ONCE


@pytest.mark.parametrize("conflicts", [1, 2, 4])
def test_an_account_is_begun_once(game: PlayerClient, table: Conflicting, conflicts: int) -> None:
    register, opening = game.account_dependencies.register, Account("ada", "digest", 7, 99)

    for write in (
        lambda: register.begin(opening, "guest-ada", None),
        lambda: register.finish(opening),
        lambda: register.verify(opening, "guest-ada"),
    ):
        table.left, before = conflicts, table.cancelled
        write()
        assert table.cancelled - before == conflicts

    assert register.account("ada") == replace(opening, opening=None, verified=True)
    assert register.usernames("digest") == ["guest-ada"]


class Withholding:
    """A table whose transactions never arrive: what they asked for is kept."""

    def __init__(self, table: Any) -> None:
        self._table, self.asked = table, list[Any]()

    def __getattr__(self, operation: str) -> Any:
        return getattr(self._table, operation)

    def transact_write_items(self, **asked: Any) -> Any:
        self.asked.append(asked)
        raise Transient("no answer")


def test_what_an_erasure_asked_for_and_comes_late_takes_no_account_that_was_named_since(game: PlayerClient) -> None:
    register, late = DynamoAccountRegister(game.dynamodb, TABLE), Withholding(game.dynamodb)
    register.begin(Account("ada", "digest", 7, 99), "guest-ada", None)
    with pytest.raises(Transient):
        DynamoAccountRegister(late, TABLE).erase("ada")
    register.give_up(Account("ada", "digest", 7, 99))
    register.begin(Account("ada", "other", 9, 99), "guest-ada", None)

    with pytest.raises(ClientError, match="TransactionCanceled"):
        game.dynamodb.transact_write_items(**late.asked[0])
    assert register.usernames("other") == ["guest-ada"]
    register.erase("ada")
    assert (register.account("ada"), register.usernames("digest"), register.usernames("other")) == (None, [], [])


@pytest.mark.parametrize("conflicts", [1, 2, 4])
def test_an_account_that_is_given_up_is_gone(game: PlayerClient, table: Conflicting, conflicts: int) -> None:
    register, opening = game.account_dependencies.register, Account("ada", "digest", 7, 99)
    register.begin(opening, "guest-ada", None)
    table.left = conflicts

    register.give_up(opening)

    assert (register.account("ada"), register.usernames("digest")) == (None, [])
    assert table.cancelled == conflicts


@pytest.mark.parametrize("conflicts", [1, 2, 4])
def test_a_turn_is_marked_as_running(game: PlayerClient, table: Conflicting, conflicts: int) -> None:
    game.workflow.down = True
    game.act(campaign := game.campaign())
    turns = game.player_dependencies.turns
    [turn] = turns.turns(campaign, None, 1)
    table.left = conflicts

    turns.mark_running(turn)

    assert turns.turn(campaign, turn.turn_id) == replace(turn, status="running")
    assert table.cancelled == conflicts


@pytest.mark.parametrize("conflicts", [1, 2, 4])
def test_of_two_who_would_start_a_lost_turn_again_one_does(
    game: PlayerClient, table: Conflicting, conflicts: int
) -> None:
    game.workflow.down = True
    game.act(campaign := game.campaign())
    turns = game.player_dependencies.turns
    [turn] = turns.turns(campaign, None, 1)
    table.left = conflicts

    moment = turn.restart_at + timedelta(seconds=1)
    assert [turns.restart_from(turn, moment) for _ in range(2)] == [True, False]
    assert table.cancelled == conflicts


@pytest.mark.parametrize("conflicts", [1, 2, 4])
def test_a_story_goes_on(game: PlayerClient, table: Conflicting, conflicts: int) -> None:
    live = Live(game)
    game.act(campaign := game.campaign())
    turn = game.workflow.started[-1]
    live.say(live.connect("tab"), {"type": "subscribe", "campaign_id": campaign})
    table.left = conflicts

    live.tell(turn, "Rain.")

    assert live.narrations("tab") == ["Rain."]
    assert table.cancelled == conflicts


def test_what_conflicts_for_ever_changes_nothing_and_may_be_asked_again(game: PlayerClient, table: Conflicting) -> None:
    campaign = game.campaign()
    table.left = FOR_EVER
    before = sorted(str(item) for item in game.items())

    with pytest.raises(Transient):
        game.act(campaign, key="k")

    assert sorted(str(item) for item in game.items()) == before
    table.left = 0
    assert game.act(campaign, key="k").status == 202


@pytest.mark.parametrize("conflicts", range(1, 5))
def test_a_player_is_erased(game: PlayerClient, table: Conflicting, conflicts: int) -> None:
    guest = Guest(game)
    guest.upgrade()
    game.act(game.campaign(guest.id), player=guest.id)  # it still runs: what settles is put off
    erasure = None
    for _ in range(20):  # each write of a run meets it in turn
        table.left = conflicts
        erasure = game.erase(guest.id, guest.name).json["erasure_id"]
        game.clock.pause(TURN_ENDS.total_seconds())
        Worker(game.erasing_dependencies, lambda: 30.0).go_on(erasure)

    assert game.ask("GET", f"/v1/erasures/{erasure}", player=None).json["state"] == "done"
    assert not [item for item in game.items() if item["pk"]["S"].startswith("EMAIL#")]
    assert table.cancelled >= conflicts
