"""Facts behind the bus: how fast they are consumed, rebuilt from and exported, and that a longer history costs no more.

Rates are those of the code alone: the Lambda handlers on one core over tables in memory, so without the network and
DynamoDB's own milliseconds (`requests` says how often it is asked). What is asserted are ratios within one run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from statistics import median
from typing import Any
from uuid import uuid4

import pytest

from infra.local.home import REPOSITORY
from ninelives.environment import find_environment
from stagekit.events import MAX_EVENT_BYTES
from tests.bench.bench_cloud import cloud as cloud  # a fixture
from tests.bench.conftest import Report
from tests.bench.consuming import bodies_for, container, keep_campaigns
from tests.bench.event_weights import PLAYERS, TURNS
from tests.bench.exporting import export
from tests.bench.rebuilding import Took, rebuild, rebuilt_on
from tests.bench.volume import facts_of
from tests.support.archived_events import make_events
from tests.support.cloud import Cloud
from tests.support.driving import Game
from tests.support.waiting import until

LINEAR = 1.5
"""At ten times the history, an event may cost this much more before we say that cost grows."""
REPEATS = 3
CAMPAIGNS, SHORT, LONG = 8, 25, 250
AT_RANDOM = "at random"
"""Worse than any bus: of a campaign of months, any turn may come next. Reported, for it bounds what disorder costs."""
ARCHIVES = ((40, 25), (80, 25), (80, 50))
EXPORTED = (112, 448)
"""Campaigns: 12,500 and 50,000 events. Days, and so files, grow with them."""
PLAYED = 15
"""Turns of each player on the local cloud."""
LEFT_OUT = 20
"""One event in so many is missing from the archive and is filled from the outbox."""


def bench_consumers(report: Report) -> None:
    short, long = facts_of(CAMPAIGNS, SHORT), facts_of(CAMPAIGNS, LONG)
    rows = [
        _measure_consumer(name, bodies_for(name, short), bodies_for(name, long), short, long)
        for name in ("audit", "metrics", "projection", "chronicle")
    ]
    title = f"Consumers, {CAMPAIGNS} campaigns of {SHORT} and of {LONG} turns, on one of {os.cpu_count()} cores"
    report.table("consumers", title, rows)
    for row in rows:
        assert float(row["cost, ratio"]) <= LINEAR, row


def bench_overtaken_facts(report: Report) -> None:
    """Audit links a fact to the one before it, and a projection remembers gaps: what it costs when facts overtake."""
    events = facts_of(CAMPAIGNS, LONG)
    rows = [row for consumer in ("audit", "projection") for row in _overtaken(consumer, events)]
    report.table("overtaken", f"Facts of {CAMPAIGNS} campaigns of {LONG} turns: the order of their arrival", rows)
    assert all(float(row["cost, ratio"]) <= LINEAR for row in rows if row["order"] != AT_RANDOM), rows


def bench_rebuild(report: Report) -> None:
    rows: list[dict[str, Any]] = []
    for campaigns, turns in ARCHIVES:
        events = facts_of(campaigns, turns)
        tries = [_rebuild(events) for _ in range(REPEATS)]
        count = len(bodies_for("rebuild", events))
        middle = sorted(tries, key=lambda took: took.total)[REPEATS // 2]
        assert middle.compared == campaigns and not middle.different, middle
        each = middle.total / count
        first = rows[0]["µs per event"] if rows else each * 1e6
        rows.append(
            {
                "events": count,
                "campaigns": campaigns,
                "from the outbox": middle.filled,
                "events/s": round(1 / each),
                "µs per event": round(each * 1e6),
                "ratio": f"{each * 1e6 / first:.2f}",
                **{f"{step}, %": round(100 * took / middle.total) for step, took in middle.seconds.items()},
            }
        )
    report.table("rebuild", "Rebuilding the projection and comparing it with the live one", rows)
    assert all(float(row["ratio"]) <= LINEAR for row in rows), rows


def bench_export(report: Report, tmp_path: Path) -> None:
    made = [export(make_events(campaigns=campaigns), tmp_path / str(campaigns)) for campaigns in EXPORTED]
    rows: list[dict[str, Any]] = [
        {
            "events": one.events,
            "files": one.files,
            "events/s": round(one.events / one.total),
            "µs per event": round(1e6 * one.total / one.events),
            "ratio": f"{(one.total / one.events) / (made[0].total / made[0].events):.2f}",
            **{f"{part}, µs": round(1e6 * took / one.events) for part, took in one.seconds.items()},
        }
        for one in made
    ]
    report.table("export", "Export: from the queue to Parquet, one file per type and day", rows)
    report.table("parquet", f"The larger export: bytes per event of {made[-1].events:,}", list(made[-1].sizes()))
    assert all(float(row["ratio"]) <= LINEAR for row in rows), rows


@pytest.mark.timeout(400)
def bench_event_sizes(report: Report, tmp_path: Path) -> None:
    out = tmp_path / "rows.json"
    command = [sys.executable, "-m", "tests.bench.event_weights", str(out)]
    subprocess.run(command, cwd=REPOSITORY, check=True, timeout=300)
    rows = json.loads(out.read_text())
    report.table("event sizes", f"Events of {PLAYERS} players' {TURNS} turns each, understudy: median bytes", rows)
    assert all(row["largest on the bus"] < MAX_EVENT_BYTES for row in rows), rows


@pytest.mark.cloud
@pytest.mark.timeout(600)
def bench_rebuild_on_the_local_cloud(cloud: Cloud, report: Report) -> None:
    """With everything in between: the archive's replay, a queue, functions in processes of their own, HTTP."""
    with ThreadPoolExecutor(CAMPAIGNS) as pool:
        list(pool.map(lambda number: _play(cloud), range(2 * CAMPAIGNS)))
    until(lambda: not cloud.count_queued("campaign/projection"), why="an empty queue of the projection")
    took, compared, different, events = rebuilt_on(find_environment())
    assert events > compared and not different, (events, different)
    row = {"events": events, "campaigns": compared, "events/s": f"{events / took['replay']:.0f}"}
    seconds = {f"{step}, s": f"{each:.1f}" for step, each in took.items()}
    report.table("rebuild on the cloud", "Rebuilding the projection on the local cloud", [row | seconds])


def _play(cloud: Cloud) -> None:
    game = Game(cloud, f"bench-{uuid4().hex[:8]}").begin()
    for _ in range(PLAYED):
        if game.act("I look around").status != "resolved":
            return


def _measure_consumer(name: str, short: list[str], long: list[str], few: Any, many: Any) -> dict[str, Any]:
    (cheap, asked), (dear, asked_late) = _cost(name, short, few), _cost(name, long, many)
    return {
        "consumer": name,
        "events": len(short),
        "events/s": round(1 / cheap),
        "requests": asked,
        "events, long": len(long),
        "events/s, long": round(1 / dear),
        "requests, long": asked_late,
        "cost, ratio": f"{dear / cheap:.2f}",
    }


def _overtaken(consumer: str, events: Any) -> Iterator[dict[str, Any]]:
    bodies, first = bodies_for(consumer, events), 0.0
    at_random = Random(1).sample(bodies, len(bodies))
    for order, each in (("in order", bodies), ("newest first", bodies[::-1]), (AT_RANDOM, at_random)):
        cost, requests = _cost(consumer, each, events)
        first = first or cost
        rate = {"events/s": round(1 / cost), "requests": requests, "cost, ratio": f"{cost / first:.2f}"}
        yield {"consumer": consumer, "order": order, **rate}


def _cost(consumer: str, bodies: list[str], events: Any) -> tuple[float, str]:
    """Processor seconds and DynamoDB requests per event: the median of a few tries, each with empty tables."""
    took, requests = [], Counter[str]()
    for _ in range(REPEATS):
        with container() as one:
            keep_campaigns(one.dynamodb, events)
            one.dynamodb.requests.clear()
            took.append(one.seconds(consumer, bodies) / len(bodies))
            requests = one.dynamodb.requests
    return median(took), f"{requests.total() / len(bodies):.2f}"


def _rebuild(events: Any) -> Took:
    bodies = bodies_for("rebuild", events)
    with container() as one:
        keep_campaigns(one.dynamodb, events)
        one.consume("projection", bodies)
        return rebuild(one, [body for number, body in enumerate(bodies) if number % LEFT_OUT])
