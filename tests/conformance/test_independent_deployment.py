"""A service is deployed alone in the middle of an evening, with an additive change of its contract: no turn notices."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic_core import from_json

from infra.assets.contents import services
from tests.conformance.shapes import newer
from tests.conformance.subjects import Consumer, Stage, subjects_of
from tests.simulation.oracle import faults_found
from tests.simulation.oracle.evidence import Evidence
from tests.simulation.players import Answer, Player
from tests.simulation.seeded import new_containers
from tests.simulation.simulation import enter, laboratory, play_evening
from tests.simulation.system import System
from tests.support.size import pick_size

EVENINGS = pick_size(1, soaking=50)
TURNS = 3


@pytest.fixture(autouse=True, scope="module")
def _laboratory() -> Iterator[None]:
    with laboratory():
        yield


SPEAKING = sorted(set(services()) - {"audit", "metrics", "chronicle"})
"""Services that answer or tell something in so short an evening. The others hear what these tell."""


@pytest.mark.parametrize("service", SPEAKING)
def test_old_and_new_versions_interoperate_while_turns_flow(service):
    for seed in range(EVENINGS):
        system = System(seed, 0.0, "", 0.0, 300.0)
        changed = redeploy(system, service)
        told: list[Answer] = []
        enter(system)
        new_containers(seed, "understudy")
        play_evening(system, [Player(system, f"player-{one}", TURNS, told) for one in range(2)])
        seen = Evidence(system, told, [])

        assert seen.turns
        assert faults_found(seen) == []
        assert {turn.status for turn in seen.turns.values()} == {"resolved"}
        assert changed


def redeploy(system: System, service: str) -> list[str]:
    """Let every other answer and every other event of a service be of a newer minor, as while a deployment lasts.
    Returns the names of what was said in the newer one; it grows."""
    stages = {each.name: each.reply for each in subjects_of(service) if isinstance(each, Stage)}
    kinds = {
        name: kind
        for owner in services()
        for each in subjects_of(owner)
        if isinstance(each, Consumer)
        for name, kind in each.kinds.items()
        if kind.producer == f"ninelives.{service}"
    }
    changed: list[str] = []
    count = iter(range(10**9))
    invoke = system.functions.invoke

    def invoke_changed(function: str, payload: Any, within: float = 900.0) -> Any:
        answer = invoke(function, payload, within)
        if function not in stages or next(count) % 2 == 0:
            return answer
        changed.append(function)
        return newer(stages[function], answer)

    system.functions.invoke = invoke_changed  # type: ignore[method-assign]
    for queue in system.queues.values():
        queue.send = _growing(queue.send, kinds, changed)  # type: ignore[method-assign]
    return changed


def _growing(send: Any, kinds: dict[str, Any], changed: list[str]) -> Any:
    count = iter(range(10**9))

    def send_changed(body: str) -> None:
        event = from_json(body)
        kind = kinds.get(event["detail-type"])
        if kind and next(count) % 2:
            changed.append(event["detail-type"])
            event["detail"] = newer(kind, event["detail"])
            body = json.dumps(event)
        send(body)

    return send_changed
