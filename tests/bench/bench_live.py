"""Live delivery to players while a turn is played: how soon, with more and more of them, and that none misses anything.

Each player has a WebSocket and plays as fast as the game answers. Times are wall clock on the player's side, with the
local cloud and all players on the cores of one machine.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, fields
from itertools import repeat
from typing import Any
from uuid import uuid4

import pytest

from tests.bench.bench_cloud import cloud as cloud  # a fixture
from tests.bench.conftest import Report
from tests.support.cloud import Cloud
from tests.support.deployed import everything_was_consumed
from tests.support.driving import Game
from tests.support.sockets import Socket
from tests.support.waiting import until

TURNS_OF_EACH = {1: 20, 8: 5, 32: 2}
"""By the number of players."""
WARM_UP = 1
"""Turns that each plays before and nobody measures: they wake the functions."""
RESOLVED, ANSWERED = "turn-resolved", "turn-answered"
ENDS = {RESOLVED, ANSWERED}
"""Facts of two services: either may come first."""
TOLD = ("turn-accepted", RESOLVED, ANSWERED)
"""The facts of every turn, whatever is tried in it."""
FEED_PAGE = 100

Event = dict[str, Any]


@dataclass(frozen=True)
class Heard:
    """An event, and when it arrived."""

    event: Event
    at: float


@dataclass
class Line:
    """A player, and everything that came over their WebSocket."""

    game: Game
    socket: Socket
    heard: list[Heard] = field(default_factory=list)

    def subscribe(self) -> None:
        self.socket.say({"type": "subscribe", "campaign_id": self.game.campaign_id, "after_sequence": 0})

    def listen(self) -> None:
        if event := self.socket.next().get("event"):
            self.heard.append(Heard(event, time.perf_counter()))

    def of(self, turn: str) -> list[Heard]:
        return [each for each in self.heard if each.event.get("turn_id") == turn]


@dataclass(frozen=True)
class Waited:
    """Seconds from sending an action: to the answer over HTTP, and to events of its turn over the WebSocket."""

    accepted: float
    first: float
    resolved: float
    answered: float


@pytest.mark.cloud
@pytest.mark.timeout(300)
def bench_live(cloud: Cloud, report: Report) -> None:
    rows = [_together(cloud, players, turns) for players, turns in TURNS_OF_EACH.items()]
    title = f"Milliseconds from sending an action to hearing of it (p50 / p95), understudy, {os.cpu_count()} cores"
    report.table("live", title, rows)
    everything_was_consumed(cloud)


def _together(cloud: Cloud, players: int, turns: int) -> dict[str, Any]:
    with ExitStack() as lines, ThreadPoolExecutor(players) as pool:
        table = [_line(cloud, lines) for _ in range(players)]
        list(pool.map(_play, table, repeat(WARM_UP)))
        started = time.perf_counter()
        waits = [wait for each in pool.map(_play, table, repeat(turns)) for wait in each]
        elapsed = time.perf_counter() - started
        list(pool.map(_check, table, repeat(WARM_UP + turns)))
    return {"players": players, "turns/s": f"{len(waits) / elapsed:.1f}", **_row(waits)}


def _line(cloud: Cloud, lines: ExitStack) -> Line:
    game = Game(cloud, f"bench-{uuid4().hex[:8]}").begin()
    url = game.http.post("tickets").raise_for_status().json()["url"]
    line = Line(game, lines.enter_context(Socket(url)))
    line.subscribe()
    return line


def _play(line: Line, turns: int) -> list[Waited]:
    with ThreadPoolExecutor(1) as voice:  # events may overtake the answer to what caused them
        return [_turn(line, voice) for _ in range(turns)]


def _turn(line: Line, voice: ThreadPoolExecutor) -> Waited:
    sent, before = time.perf_counter(), len(line.heard)
    answer = voice.submit(lambda: (line.game.start("I look around"), time.perf_counter()))
    while ENDS - {each.event["type"] for each in line.heard[before:]}:
        line.listen()
    turn, accepted = answer.result()
    at: dict[str, float] = {}
    for each in line.of(turn):
        at.setdefault(each.event["type"], each.at - sent)
    return Waited(accepted - sent, min(at.values()), at[RESOLVED], at[ANSWERED])


def _check(line: Line, turns: int) -> None:
    """Assert that nothing was lost: the feed tells every turn to its end, without a gap, and all of it was heard."""
    feed = until(lambda: _complete(line.game, turns), why=f"a feed with all of {turns} turns")
    sequences = [event["sequence"] for event in feed]
    assert sequences == list(range(1, len(feed) + 1)), sequences
    while set(sequences) - {each.event["sequence"] for each in line.heard}:
        line.listen()  # which fails when nothing comes any more


def _complete(game: Game, turns: int) -> list[Event] | None:
    """The feed, when it has so many turns of which everything is told."""
    feed = list(_feed(game))
    told = [tuple(event["type"] for event in feed if event.get("turn_id") == turn) for turn in _turns(feed)]
    return feed if len(told) == turns and all(set(TOLD) <= set(kinds) for kinds in told) else None


def _turns(feed: list[Event]) -> set[str]:
    return {event["turn_id"] for event in feed if event.get("turn_id")}


def _feed(game: Game) -> Iterator[Event]:
    page: dict[str, Any] = {"next_after": 0, "more": True}
    while page["more"]:
        asked = {"after_sequence": page["next_after"], "limit": FEED_PAGE}
        page = game.http.get(f"{game.path}/events", params=asked).raise_for_status().json()
        yield from page["items"]


def _row(waits: list[Waited]) -> dict[str, str]:
    return {part.name: _quantiles([getattr(wait, part.name) for wait in waits]) for part in fields(Waited)}


def _quantiles(seconds: list[float]) -> str:
    ordered = sorted(1000 * each for each in seconds)
    return " / ".join(f"{ordered[int(share * (len(ordered) - 1))]:,.0f}" for share in (0.5, 0.95))
