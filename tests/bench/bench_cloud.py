"""The deployed system on the local cloud: turns per second and how long a player waits, with more and more players."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from infra.errors import UserError
from infra.local.home import Home
from infra.local.settings import DungeonMaster
from infra.local.up import StepNote, down, up
from tests.bench.conftest import Report
from tests.support.cloud import Cloud
from tests.support.driving import Game
from tests.support.ports import free_port

PLAYERS = (1, 4, 8)
TURNS = 10
WARM_UP = 2


@contextmanager
def _silently(name: str) -> Iterator[StepNote]:
    yield StepNote()


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """A cloud of its own on a free port, forgotten afterwards."""
    home = Home(Path(tmp_path_factory.mktemp("bench")) / "home", free_port())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NINELIVES_HOME", str(home.path))
        patch.setenv("NINELIVES_PORT", str(home.port))
        try:
            up(home, DungeonMaster(), _silently)
        except UserError as error:
            pytest.skip(f"The local cloud does not start, so nothing is measured on it: {error}")
        try:
            yield Cloud(home)
        finally:
            down(home)


@pytest.mark.cloud
@pytest.mark.timeout(900)
def bench_players_at_once(cloud: Cloud, report: Report) -> None:
    rows = []
    for players in PLAYERS:
        games = [Game(cloud, f"bench-{uuid4().hex[:8]}").begin() for _ in range(players)]
        with ThreadPoolExecutor(players) as pool:
            list(pool.map(lambda game: _play(game, WARM_UP), games))
            started = time.perf_counter()
            took = [each for each in pool.map(lambda game: _play(game, TURNS), games)]
            elapsed = time.perf_counter() - started
        waits = sorted(wait for each in took for wait in each)
        rows.append(
            {
                "players": players,
                "turns/s": f"{len(waits) / elapsed:.1f}",
                "p50 ms": round(statistics.median(waits)),
                "p95 ms": round(waits[int(0.95 * (len(waits) - 1))]),
            }
        )
    report.table("cloud", f"Local cloud, understudy, {TURNS} turns each", rows)


def _play(game: Game, turns: int) -> list[float]:
    """Milliseconds from sending an action to having its told turn."""
    waits, action = [], "I look around"
    for number in range(turns):
        started = time.perf_counter()
        turn = game.act(action)
        waits.append((time.perf_counter() - started) * 1000)
        assert turn.status == "resolved", turn
        action = turn.suggested_actions[number % len(turn.suggested_actions)] if turn.suggested_actions else action
    return waits
