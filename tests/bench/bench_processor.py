"""The processor time of a turn on the local cloud, and its latency early and late in a campaign.

A model that answers at once searches the place and tells a story, as beside the floor. Processor time hardly knows of
neighbours on the machine; of latencies only the ratio of two campaigns counts, whose turns are played alternately.
"""

from __future__ import annotations

import os
import statistics
import time
from pathlib import Path
from typing import Any

import pytest

from contracts.canonical import canonical_json
from infra.local import emulator
from infra.local.workers import all_workers
from services.campaign.adapters.items import state_key
from services.lore.wiring import world
from tests.bench.bench_beside import MODEL, _begin, _milliseconds, _play, search_then_tell
from tests.bench.bench_cloud import cloud as cloud  # a fixture
from tests.bench.conftest import Report
from tests.bench.floor import floor
from tests.bench.long_campaign import Walk
from tests.support.cloud import Cloud
from tests.support.converse_server import ConverseServer
from tests.support.deployed import everything_was_consumed
from tests.support.driving import Game

WARM_UP, TURNS = 5, 40
INVOCATIONS = 11
YOUNG, OLD = 10, 1000
GROWTH = 1.5
"""The most a late turn may take, as a multiple of an early one; the aim is 1.1, the rest is noise."""
IDLE_SECONDS = 5
COLLECTED = 8
"""Seconds after which the last consumer has been called for the last turn."""
TICKS = os.sysconf("SC_CLK_TCK")


@pytest.mark.cloud
@pytest.mark.timeout(900)
def bench_processor_time(cloud: Cloud, report: Report) -> None:
    with ConverseServer(default=search_then_tell) as model, cloud.told_by_bedrock(model.url, MODEL, patience=5):
        game = _begin(cloud)
        for _ in range(WARM_UP):
            _play(game)
        everything_was_consumed(cloud)
        time.sleep(COLLECTED)
        idle = Spent(cloud)
        time.sleep(IDLE_SECONDS)
        at_rest = idle.until_now().emulator / IDLE_SECONDS
        turn, started = Spent(cloud), time.perf_counter()
        for _ in range(TURNS):
            _play(game)
        everything_was_consumed(cloud)
        time.sleep(COLLECTED)
        rows = [turn.until_now().row("a turn, its consumers included", TURNS, at_rest, time.perf_counter() - started)]
        with floor(cloud, INVOCATIONS) as least:
            least.run()
            run, started = Spent(cloud), time.perf_counter()
            for _ in range(TURNS):
                least.run()
            name = f"the floor, {INVOCATIONS} invocations"
            rows.append(run.until_now().row(name, TURNS, at_rest, time.perf_counter() - started))
    report.table("processor", "Processor time, milliseconds", rows)


@pytest.mark.cloud
@pytest.mark.timeout(900)
def bench_late_turns(cloud: Cloud, report: Report) -> None:
    walk = Walk(world())
    with ConverseServer(default=search_then_tell) as model, cloud.told_by_bedrock(model.url, MODEL, patience=5):
        games = {number: _at(cloud, walk, number) for number in (YOUNG, OLD)}
        took: dict[int, list[float]] = {number: [] for number in games}
        for turn in range(WARM_UP + TURNS):
            for number, game in games.items():
                milliseconds = _milliseconds(lambda game=game: _play(game))  # type: ignore[misc]
                if turn >= WARM_UP:
                    took[number].append(milliseconds)
    everything_was_consumed(cloud)
    medians = {number: statistics.median(each) for number, each in took.items()}
    report.table(
        "late",
        "Latency early and late in a campaign, one player",
        [
            {"turn": number, "p50 ms": round(each), "ratio": f"{each / medians[YOUNG]:.2f}"}
            for number, each in medians.items()
        ],
    )
    assert medians[OLD] < GROWTH * medians[YOUNG], medians


def _at(cloud: Cloud, walk: Walk, number: int) -> Game:
    """A campaign whose next turn has this number. What was told before is not there, as the game master is told the
    last turns only."""
    game = _begin(cloud)
    state = walk.on(number - 1).model_copy(update={"campaign_id": game.campaign_id})
    cloud.client("dynamodb").update_item(
        TableName=cloud.stack["tables"]["campaign/campaign"],
        Key=state_key(game.campaign_id),
        UpdateExpression="SET #state = :state, #version = :version",
        ExpressionAttributeNames={"#state": "state", "#version": "version"},
        ExpressionAttributeValues={":state": {"S": canonical_json(state)}, ":version": {"N": str(state.version)}},
    )
    return game


class Spent:
    """Milliseconds of processor time since this was made, of the emulator and of all functions' processes."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self._before = self._now()
        self.emulator = self.functions = 0.0

    def _now(self) -> dict[int, float]:
        found = emulator.running(self._cloud.home)
        assert found is not None, "the local cloud is gone"
        self._emulator = found.pid
        return {pid: _processor_ms(pid) for pid in (found.pid, *all_workers(self._cloud.home))}

    def until_now(self) -> Spent:
        spent = {pid: now - self._before.get(pid, 0.0) for pid, now in self._now().items()}
        self.emulator = spent.pop(self._emulator)
        self.functions = sum(spent.values())
        return self

    def row(self, what: str, times: int, at_rest: float, seconds: float) -> dict[str, Any]:
        """For each of so many times; what the emulator takes `at_rest`, in a second, is not counted."""
        emulator = (self.emulator - at_rest * seconds) / times
        functions = self.functions / times
        both = emulator + functions
        return {"what": what, "emulator": round(emulator), "functions": round(functions), "together": round(both)}


def _processor_ms(pid: int) -> float:
    """Of a process, in and out of the kernel; none of one that has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) * 1000 / TICKS
