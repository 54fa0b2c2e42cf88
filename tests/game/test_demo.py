"""Playing unattended keeps to what one player may ask."""

from __future__ import annotations

import httpx
import pytest

from ninelives.game.client import RequestRefused
from ninelives.game.demo import TRIES, play_unattended
from tests.game.test_client import CAMPAIGN, player, turn


def _refusal(**headers: str) -> httpx.Response:
    problem = {"type": "about:blank", "title": "Too many", "status": 429, "detail": "Wait."}
    return httpx.Response(429, json=problem, headers=headers)


def test_who_has_had_the_turns_of_a_minute_waits_for_the_next_one() -> None:
    client, api = player(_refusal(**{"retry-after": "45"}), *[httpx.Response(200, json=turn("resolved"))] * 2)
    paused: list[float] = []

    played = list(play_unattended(client, CAMPAIGN, 2, pause=paused.append))

    assert [each.status for each in played] == ["resolved", "resolved"]
    assert paused == [45]
    assert len(api.asked) == 3


@pytest.mark.parametrize(
    ("refusals", "asked"),
    [([_refusal()], 1), ([_refusal(**{"retry-after": "60"})] * TRIES, TRIES)],
    ids=["that says no time", "again and again"],
)
def test_a_refusal_that_waiting_does_not_end_is_told(refusals: list[httpx.Response], asked: int) -> None:
    client, api = player(*refusals)

    with pytest.raises(RequestRefused):
        list(play_unattended(client, CAMPAIGN, 1, pause=lambda _: None))
    assert len(api.asked) == asked
