"""A rebuild of the projection over tables in memory: its own steps, and the Lambda handler that absorbs the replay."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from infra.environment import Environment
from ninelives.ops.replay.rebuild import Rebuild, Timing, replays_of
from ninelives.ops.replay.rebuild_tables import Projection
from tests.bench.consuming import Container
from tests.ops.replay.projected import NAMES, NOW, Events, Queues


@dataclass
class Archived(Events):
    """An archive whose replay brings these messages to the rebuild, and the last one of them twice."""

    bodies: Sequence[str] = ()
    consume: Callable[[str, Sequence[str]], None] = lambda consumer, bodies: None

    def bring(self, name: str) -> None:
        self.replays[name]["State"] = "COMPLETED"
        self.consume("rebuild", [*self.bodies, *self.bodies[-1:]])


@dataclass
class Took:
    """Processor seconds of each step, and what was found."""

    seconds: dict[str, float] = field(default_factory=dict)
    filled: int = 0
    compared: int = 0
    different: int = 0

    @property
    def total(self) -> float:
        return sum(self.seconds.values())

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        started = time.process_time()
        yield
        self.seconds[name] = time.process_time() - started


def rebuild(container: Container, bodies: Sequence[str]) -> Took:
    """Rebuild from an archive that holds these messages, and compare with the live table."""
    events = Archived(bodies=bodies, consume=container.consume)
    clients = {"dynamodb": container.dynamodb, "events": events, "sqs": Queues(), "lambda": events.consumer}
    site = Environment("local", NAMES, clients.__getitem__)
    one, took = (
        Rebuild(site, Projection(site), replays_of(site), Timing(lambda: NOW, lambda seconds: None)),
        Took(),
    )
    one.claim("bench", lambda who: False)
    with took.step("replay"):
        one.start()
        list(one.wait(60))
    with took.step("fill"):
        found = list(one.fill())
    with took.step("compare"):
        comparison = one.compare()
    one.give_up()
    took.filled = sum(each.gaps + each.young for each in found)
    took.compared, took.different = comparison.compared, len(comparison.differences)
    assert not sum(each.lost for each in found)
    return took


def rebuilt_on(site: Environment) -> tuple[dict[str, float], int, int, int]:
    """Rebuild on a running deployment and give it up: wall-clock seconds by step, campaigns compared, how many differ,
    and events."""
    projection = Projection(site)
    one = Rebuild(site, projection, replays_of(site), Timing(lambda: datetime.now(UTC), time.sleep))
    seconds: dict[str, float] = {}
    one.claim("bench", lambda who: False)

    def lap(step: str, work: Callable[[], Any]) -> Any:
        started = time.perf_counter()
        found = work()
        seconds[step] = time.perf_counter() - started
        return found

    lap("replay", lambda: (one.start(), list(one.wait(300))))
    lap("fill", lambda: list(one.fill()))
    comparison = lap("compare", one.compare)
    one.give_up()
    events = sum(last for _, last in projection.owner.campaigns())
    return seconds, comparison.compared, len(comparison.differences), events
