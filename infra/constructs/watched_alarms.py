"""The alarms of all services that the dashboard shows: those that say that players or facts are hurt.

A function's own three are not among them: there are about a hundred, which is as many as one widget takes, and the
graphs of the functions show the same.

What the stacks declare is read from their source, because the dashboard is deployed without them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from infra.assets.contents import REPOSITORY, SERVICES
from infra.order import STACKS

Alarm = tuple[str, str]
"""Service and name of an alarm."""

OUTBOXES = tuple(
    service for service in SERVICES if (REPOSITORY / "services" / service / "handlers" / "relay.py").is_file()
)
"""Services that publish events through an OutboxRelay."""

RAISED_BY_CONSTRUCTS: tuple[Alarm, ...] = (
    ("gateway", "player-api-server-errors"),
    ("gateway", "player-api-p99"),
    ("gateway", "turn-failed"),
    ("gateway", "turn-timed-out"),
    ("gateway", "turn-throttled"),
    ("operations", "export-dead-letters-depth"),
    *((service, "relay-iterator-age") for service in OUTBOXES),
    *((service, "relay-dead-letters-depth") for service in OUTBOXES),
)
RAISED_BY_CALLS = {
    "EventConsumer": ("{}-age", "{}-dead-letters-depth"),
    "alarm": ("{}",),
    "dead_letters": ("{}-depth",),
}
"""Calls in a stack, `<call>(self, "<name>", …)`, and the alarms that follow from each."""


def watched_alarms() -> tuple[Alarm, ...]:
    """Service and name of every alarm that is no function's own."""
    return (*RAISED_BY_CONSTRUCTS, *(found for stack in STACKS for found in _find_declared(stack)))


def _find_declared(stack: str) -> Iterator[Alarm]:
    source = (REPOSITORY / "infra" / "stacks" / f"{stack}.py").read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=call), args=[ast.Name(id="self"), ast.Constant(value=str(name)), *_]):
                yield from ((stack, alarm.format(name)) for alarm in RAISED_BY_CALLS.get(call, ()))
