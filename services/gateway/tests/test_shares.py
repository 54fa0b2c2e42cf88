"""Shares of a day's money for one player: fair to others, exact enough, and no write more in a turn."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts.dm import Usage
from contracts.gateway import FormatResponse, PlayTurn
from services.gateway.adapters.account_register import DynamoAccountRegister
from services.gateway.application.turns import closing
from services.gateway.domain.accounts import Account
from services.gateway.domain.limits import RateLimit
from services.gateway.domain.purses import Share
from services.gateway.tests import builders
from services.gateway.tests.player_client import TABLE, Answered, PlayerClient

SHARE = 1_000
ELSEWHERE = "203.0.113.9"


@pytest.fixture
def day(game: PlayerClient) -> PlayerClient:
    """A day of which one player may have a thousand micro-dollars, or ten thousand tokens."""
    game.share = Share(SHARE, 10 * SHARE)
    game.limit(turns=RateLimit(20, 60))
    return game


def play(day: PlayerClient, campaign: str, cost: int = 200, tokens: int = 0, **options: Any) -> Answered:
    """A turn that costs so many micro-dollars and tokens where a model tells it."""
    taken = day.act(campaign, **options)
    if taken.status == 202:
        end(day, day.workflow.started[-1], cost, tokens)
        day.clock.time += timedelta(seconds=10)
    return taken


def end(day: PlayerClient, turn: PlayTurn, cost: int, tokens: int = 0) -> None:
    usage = Usage() if turn.provider else Usage(calls=1, micro_dollars=cost, output_tokens=tokens)
    committed = builders.committed_as(turn.envelope, 1, "active")
    telling = committed.telling.model_copy(update={"usage": usage})
    request = FormatResponse(envelope=turn.envelope, committed=committed.model_copy(update={"telling": telling}))
    closing.resolve(request, day.deadline_dependencies)


def count_paid(day: PlayerClient, campaign: str, turns: int = 1, **options: Any) -> int:
    """The number of turns, of so many, that a model tells."""
    return sum(play(day, campaign, **options).json["notice"] is None for _ in range(turns))


def test_one_player_at_full_speed_has_a_share_and_leaves_another_the_model(day: PlayerClient) -> None:
    greedy, other = day.campaign("eve"), day.campaign("ada")

    assert count_paid(day, greedy, 9, player="eve", address=ELSEWHERE) == 5  # of 200 each
    assert count_paid(day, other, 3, player="ada") == 3


def test_whoever_has_had_a_share_is_told_so_from_the_beginning_and_the_next_day_has_one_again(
    day: PlayerClient,
) -> None:
    campaign = day.campaign()
    count_paid(day, campaign, 5)

    accepted = play(day, campaign)

    notice = accepted.json["notice"]
    assert (notice["code"], notice["until"]) == ("day-share", "2026-11-23T00:00:00Z")
    assert "Your share of today's money" in notice["text"] and "a program tells the story" in notice["text"]
    assert day.workflow.started[-1].provider == "understudy"
    assert day.turn(campaign, accepted.json["id"]).json["notice"] == notice
    day.clock.time += timedelta(days=1)
    assert count_paid(day, campaign, 9) == 5


def test_tokens_count_where_they_are_the_nearer_limit(day: PlayerClient) -> None:
    assert count_paid(day, day.campaign(), 9, cost=1, tokens=5 * SHARE) == 2


def test_new_stories_are_no_way_to_more(day: PlayerClient) -> None:
    """Each holds a tenth until its next turn says what the last one had cost."""
    assert sum(count_paid(day, day.campaign(), cost=100) for _ in range(12)) == 10


def test_a_cheap_turn_gives_back_what_it_held(day: PlayerClient) -> None:
    assert count_paid(day, day.campaign(), 30, cost=10) == 30


def test_a_turn_of_which_nobody_knows_the_cost_has_cost_what_it_held(day: PlayerClient) -> None:
    campaign = day.campaign()
    for _ in range(10):
        day.act(campaign)
        day.deadline(day.workflow.started[-1])
        day.clock.time += timedelta(seconds=10)

    assert count_paid(day, campaign) == 0


def test_guests_of_one_household_have_one_share_together_whoever_they_are(day: PlayerClient) -> None:
    guests = [f"guest-{number}" for number in range(6)]
    campaigns = {guest: day.campaign(guest) for guest in guests}

    assert (
        sum(count_paid(day, campaigns[guest], 2, cost=100, player=guest, address=ELSEWHERE) for guest in guests) == 10
    )
    assert count_paid(day, day.campaign("ada"), player="ada") == 1


def test_an_account_has_its_own_share_once_its_email_is_verified(day: PlayerClient) -> None:
    register = DynamoAccountRegister(day.dynamodb, TABLE)
    account = Account("eve", "digest", 0, None)
    register.begin(account, "eve-in-the-pool", None)
    mine, guest = day.campaign("eve"), day.campaign("guest")
    count_paid(day, guest, 9, player="guest")

    assert count_paid(day, mine, player="eve") == 0
    register.verify(account, "eve-in-the-pool")
    assert count_paid(day, mine, 9, player="eve") == 5


def test_turns_are_limited_by_player_and_not_by_household(day: PlayerClient) -> None:
    day.limit(turns=RateLimit(2, 60))
    ada, eve = day.campaign("ada"), day.campaign("eve")
    day.clock.time = builders.NOW.replace(second=0)

    answers = [play(day, campaign, player=player).status for player, campaign in [("ada", ada), ("eve", eve)] * 3]

    assert answers == [202] * 4 + [429] * 2
    day.clock.time += timedelta(minutes=1)
    assert play(day, ada, player="ada").status == 202
    (purse,) = day.items("turns#")
    assert sum(name.startswith("made_") for name in purse) == 1  # of windows that are over none is kept
    assert not {"ada", "eve"} & {name for name in purse}


def test_a_share_is_one_look_and_writes_what_a_turn_wrote_without(
    day: PlayerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = day.campaign()
    asked: list[tuple[str, int]] = []
    for name, count in (
        ("batch_get_item", lambda kw: 1),
        ("transact_write_items", lambda kw: len(kw["TransactItems"])),
    ):
        real = getattr(day.dynamodb, name)
        monkeypatch.setattr(
            day.dynamodb,
            name,
            lambda real=real, name=name, count=count, **kw: asked.append((name, count(kw))) or real(**kw),
        )
    with_share = (play(day, campaign), asked.copy())[1]
    asked.clear()
    day.share = None

    assert (play(day, campaign), asked)[1] == with_share
