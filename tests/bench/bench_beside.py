"""A turn beside the least that a workflow of as many invocations takes, and beside any other system, in one run.

A model that answers at once searches the place and tells a story, so each turn has a tool. Times are a client's, who
waits for the end over HTTP. The floor is a workflow of functions that do nothing. `PEER_URL` is where another system
takes a turn: it is posted `PEER_BODY` (JSON; ACTION if unset) and must answer 2xx when its turn has ended.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import httpx
import pytest

from contracts.playerapi import Turn
from tests.bench.bench_cloud import cloud as cloud  # a fixture
from tests.bench.conftest import Report
from tests.bench.floor import Floor, floor
from tests.support.cloud import Cloud
from tests.support.converse_server import Answer, ConverseServer, Json, calls, tells, tool_use
from tests.support.deployed import everything_was_consumed
from tests.support.driving import Game

TURNS_OF_EACH = {1: 30, 8: 8, 32: 3}
"""By the number of players."""
WARM_UP = 2
MODEL = "anthropic.claude-sonnet-4-6"
STORY = "You look around, and nothing comes of it. Rain drums on the roof and on everything under it. Nobody comes."
ACTION = "I search the place"
SEARCH, TELL = calls(tool_use("search", {})), tells(STORY, "Wait")
ANSWERS = 2
"""Invocations that the trace of a turn does not list: the one that writes its answer, and the one that brings it."""
PEER_PATIENCE = 60
"""Seconds that another system may take for a turn."""
Play = Callable[[int], float]
"""Plays one turn of the player with this number; returns its milliseconds."""


def search_then_tell(request: Json) -> Answer:
    """The model: a search where none was made yet, else the story."""
    return (TELL if "toolResult" in json.dumps(request["messages"]) else SEARCH)(request)


@pytest.mark.cloud
@pytest.mark.timeout(900)
def bench_beside_the_floor(cloud: Cloud, report: Report) -> None:
    with ConverseServer(default=search_then_tell) as model, cloud.told_by_bedrock(model.url, MODEL, patience=5):
        invocations = len(_play(_begin(cloud)).trace) + ANSWERS
        with floor(cloud, invocations) as least:
            rows = [row for players in TURNS_OF_EACH for row in _compare(cloud, least, players)]
        report.table("beside", f"A turn beside the floor, one run, {os.cpu_count()} cores", rows)
        report.table("stages", "Milliseconds of each stage, by the workflow's clock, one player", _stages(cloud))
    everything_was_consumed(cloud)


def _compare(cloud: Cloud, least: Floor, players: int) -> list[dict[str, Any]]:
    turns, games = TURNS_OF_EACH[players], [_begin(cloud) for _ in range(players)]

    def play(number: int) -> float:
        return _milliseconds(lambda: _play(games[number]))

    took = {
        f"floor, {least.invocations} invocations": measure(lambda _: _milliseconds(least.run), players, turns),
        "a turn": measure(play, players, turns),
    }
    with consumers_paused(cloud):
        took["a turn, consumers paused"] = measure(play, players, turns)
    if peer := os.environ.get("PEER_URL"):
        took["the other"] = measure(_peer(peer), players, turns)
    return _rows(players, took)


def _begin(cloud: Cloud) -> Game:
    return Game(cloud, f"bench-{uuid4().hex[:8]}").begin()


class Measured:
    """Milliseconds of turns, and seconds that all of them took."""

    def __init__(self, waits: list[float], seconds: float) -> None:
        self.waits, self.seconds = sorted(waits), seconds

    @property
    def median(self) -> float:
        return statistics.median(self.waits)

    @property
    def p95(self) -> float:
        return self.waits[int(0.95 * (len(self.waits) - 1))]

    @property
    def rate(self) -> float:
        return len(self.waits) / self.seconds


def measure(play: Play, players: int, turns: int) -> Measured:
    """So many turns of each player, all players at once, after a few that wake what answers."""

    def plays(number: int, turns: int) -> list[float]:
        return [play(number) for _ in range(turns)]

    with ThreadPoolExecutor(players) as pool:
        list(pool.map(lambda number: plays(number, WARM_UP), range(players)))
        started = time.perf_counter()
        waits = [wait for each in pool.map(lambda number: plays(number, turns), range(players)) for wait in each]
        return Measured(waits, time.perf_counter() - started)


def _rows(players: int, by_name: dict[str, Measured]) -> list[dict[str, Any]]:
    """The first is what all are compared with."""
    least = next(iter(by_name.values()))
    return [
        {
            "what": name,
            "players": players,
            "p50 ms": round(each.median),
            "p95 ms": round(each.p95),
            "per second": f"{each.rate:.1f}",
            "p50 / floor": f"{each.median / least.median:.1f}",
            "p95 / p50": f"{each.p95 / each.median:.1f}",
        }
        for name, each in by_name.items()
    ]


def _stages(cloud: Cloud) -> list[dict[str, Any]]:
    game = _begin(cloud)
    by_stage: dict[str, list[int]] = defaultdict(list)
    whole, inside = [], []
    for number in range(WARM_UP + TURNS_OF_EACH[1]):
        started = time.perf_counter()
        turn = _play(game)
        took = (time.perf_counter() - started) * 1000
        if number < WARM_UP:
            continue
        whole.append(took)
        inside.append(sum(step.milliseconds for step in turn.trace))
        for stage in {step.stage for step in turn.trace}:
            by_stage[stage].append(sum(step.milliseconds for step in turn.trace if step.stage == stage))
    stages = {stage: statistics.median(each) for stage, each in by_stage.items()}
    rest = statistics.median(took - steps for took, steps in zip(whole, inside, strict=True))
    return [
        {"stage": stage, "p50 ms": round(each)}
        for stage, each in {**stages, "admission, start, format, answer": rest}.items()
    ]


def _play(game: Game) -> Turn:
    answer = game.post(ACTION)
    assert answer.status_code in (200, 202), answer.text
    turn = Turn.model_validate(answer.json()) if answer.status_code == 200 else game.await_end(answer.json()["id"])
    assert (turn.status, turn.told_by) == ("resolved", "model"), turn
    return turn


def _peer(url: str) -> Play:
    body = json.loads(os.environ.get("PEER_BODY") or json.dumps({"action": ACTION}))
    client = httpx.Client(timeout=PEER_PATIENCE)

    def play(number: int) -> float:
        return _milliseconds(lambda: client.post(url, json=body).raise_for_status())

    return play


def _milliseconds(act: Callable[[], Any]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


@contextmanager
def consumers_paused(cloud: Cloud) -> Iterator[None]:
    """Nobody reads a queue or a stream meanwhile; afterwards everything is read."""
    functions = cloud.client("lambda")
    mappings = [
        each["UUID"]
        for page in functions.get_paginator("list_event_source_mappings").paginate()
        for each in page["EventSourceMappings"]
    ]
    for mapping in mappings:
        functions.update_event_source_mapping(UUID=mapping, Enabled=False)
    try:
        yield
    finally:
        for mapping in mappings:
            functions.update_event_source_mapping(UUID=mapping, Enabled=True)
        everything_was_consumed(cloud)
