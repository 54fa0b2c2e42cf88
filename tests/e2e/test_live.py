"""A player hears what happens while it happens, and whoever was cut off misses nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.cloud import Cloud
from tests.support.driving import Game
from tests.support.sockets import Refused, Socket, listening
from tests.support.waiting import until

pytestmark = pytest.mark.cloud


def ticket(game: Game) -> dict[str, Any]:
    answer = game.http.post("tickets")
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_turn_is_heard_as_it_is_played_and_nothing_is_lost_by_a_broken_line(game: Game) -> None:
    with listening(game, 0) as connection:
        turn = game.start("I search the place")
        first = connection.until("turn-resolved", "turn-answered")
        steps = connection.until_step("lore-found", "master-answered", "tool-executed")
    missed = game.start("I look around")
    game.await_end(missed)
    with listening(game, max(event["sequence"] for event in first)) as connection:
        again = connection.until("turn-answered")

    kinds = {event["type"] for event in first if event.get("turn_id") == turn}
    assert kinds >= {"turn-accepted", "turn-resolved", "turn-answered"}
    assert {step["turn_id"] for step in steps} == {turn}
    assert again[-1]["turn_id"] == missed
    heard = {event["sequence"]: event for event in first + again}
    told = feed(game)[: len(heard)]
    assert [heard[sequence] for sequence in sorted(heard)] == told
    assert [event["sequence"] for event in told] == list(range(1, len(told) + 1))


def test_a_ticket_lets_in_once_and_only_to_ones_own(game: Game, cloud: Cloud) -> None:
    stranger, others = Game(cloud, "eve-the-curious"), connections(cloud)
    mine = ticket(stranger)["url"]

    with Socket(mine) as connection:
        opened = connections(cloud) - others
        connection.say({"type": "subscribe", "campaign_id": game.campaign_id, "after_sequence": 0})
        answer = connection.next()
        with pytest.raises(Refused):
            Socket(mine)

    assert answer["problem"]["type"] == "/problems/not-found"
    with pytest.raises(Refused):
        Socket(mine.partition("?")[0])
    assert stranger.http.get(f"{game.path}/events").status_code == 404
    assert opened
    until(lambda: not opened & connections(cloud), why="an end of the connection")


def feed(game: Game) -> list[dict[str, Any]]:
    page = game.http.get(f"{game.path}/events?limit=100").raise_for_status().json()
    return [{name: value for name, value in event.items() if value is not None} for event in page["items"]]


def connections(cloud: Cloud) -> set[str]:
    keys = {item["pk"]["S"] for item in cloud.items("gateway/gateway")}
    return {key for key in keys if key.startswith("SOCKET#")}
