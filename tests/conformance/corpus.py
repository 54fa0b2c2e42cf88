"""Cases for the kit: the requests and messages of simulated evenings, and else those that a contract makes."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

import jsonschema_rs
from hypothesis import HealthCheck, Phase, given, seed, settings
from pydantic import BaseModel, ValidationError
from schemathesis.generation.jsonschema.builder import build

from infra.subscriptions import subscriptions
from tests.conformance.bench import World
from tests.conformance.subjects import Consumer, Stage
from tests.simulation.players import Answer, Player
from tests.simulation.seeded import new_containers
from tests.simulation.simulation import enter, play_evening
from tests.simulation.system import System

EVENINGS = range(6)
RATE = 0.03
"""Faults in the evenings, so that what is asked when something fails is asked as well."""
QUIET_EVENING = 8
TURNS, PLAYERS = 3, 2


@dataclass(frozen=True)
class Asked:
    """A request and the world that it came into."""

    request: Any
    world: World


@dataclass(frozen=True)
class Evening:
    """The requests to each function, the messages of each consumer, none of them consumed, and the world then."""

    asked: Mapping[str, list[Asked]]
    messages: Mapping[str, list[str]]
    archive: list[Any]
    world: World


def cases(stage: Stage, most: int) -> tuple[Asked, ...]:
    """The first, the last and some of the requests between them, no more than `most`; else what the contract makes."""
    found = [each for number in EVENINGS for each in evening(number, RATE).asked.get(stage.name, ())]
    if not found:
        return tuple(islice(_make(stage, most), most))
    steps = max(1, most - 1)
    return tuple(found[place] for place in sorted({(len(found) - 1) * step // steps for step in range(steps + 1)}))


def messages(consumer: Consumer, most: int) -> tuple[tuple[str, ...], World]:
    """The messages that a consumer gets in a quiet evening, in order, and the world when none is consumed yet."""
    quiet = evening(QUIET_EVENING, 0.0, consuming=False)
    found = quiet.messages.get(consumer.name) or [
        json.dumps(event) for event in quiet.archive if not consumer.kinds or event["detail-type"] in consumer.kinds
    ]
    return tuple(found[:most]), quiet.world


@cache
def evening(number: int, rate: float, consuming: bool = True) -> Evening:
    """Play an evening. With `consuming` false, messages stay in their queues."""
    system = System(number, rate, "", 0.1 if rate else 0.0, 300.0)
    enter(system)
    new_containers(number, "bedrock" if consuming else "understudy")
    asked: dict[str, list[Asked]] = defaultdict(list)
    waiting: dict[str, list[str]] = defaultdict(list)
    hear = system.functions.on_start

    def on_start(function: str, run: int, request: Any) -> None:
        if isinstance(request, dict) and "Records" not in request:
            asked[function].append(Asked(request, World.of(system)))
        hear(function, run, request)

    system.functions.on_start = on_start
    if not consuming:
        for name, queue in system.queues.items():
            queue.send = waiting[name].append  # type: ignore[method-assign]
    told: list[Answer] = []
    play_evening(system, [Player(system, f"player-{one}", TURNS, told) for one in range(PLAYERS)])
    for each in (rule for rule in subscriptions() if f"{rule.service}/{rule.handler}" not in system.queues):
        heard = [event for event in system.bus.archive if each.hears(event["source"], event["detail-type"])]
        waiting[f"{each.service}/{each.handler}"] = [json.dumps(event) for event in heard]
    return Evening(asked, waiting, system.bus.archive, World.of(system))


def _make(stage: Stage, most: int) -> Iterator[Asked]:
    """Requests that the contract makes, of a campaign and a player that there are."""
    world = evening(QUIET_EVENING, 0.0, consuming=False).world
    known = evening(QUIET_EVENING, 0.0, consuming=False).asked["campaign/open_turn"][-1].request
    made: list[Any] = []
    strategy = build(stage.request.model_json_schema(), draft=jsonschema_rs.Draft202012, formats={})

    @seed(1)
    @settings(
        max_examples=4 * most,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def make(request: Any) -> None:
        made.append(request)

    make()
    for request in (each for each in made if _is(stage.request, each)):
        found = {name: known[name] for name in ("envelope", "player_id") if name in request and name in known}
        yield Asked({**request, **found}, world)


def _is(kind: type[BaseModel], message: Any) -> bool:
    """Whether it is a message of this kind: a schema permits what a validator may refuse."""
    try:
        kind.model_validate(message)
    except ValidationError:
        return False
    return True
