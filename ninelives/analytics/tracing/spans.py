"""The spans of one turn: the turn, its steps, and in a master's steps each attempt to have a reply."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from contracts.dm import DungeonMasterFailedV1, DungeonMasterRespondedV1
from contracts.envelope import Event
from contracts.gateway import TurnFailedV1
from ninelives.analytics.tracing.attributes import AGENT, Attributes, of_answer, of_failure, of_step, of_turn
from ninelives.analytics.tracing.span import Span, span_id_of, trace_id_of
from ninelives.analytics.tracing.steps import MASTER, TOOL, TurnStep, steps_of
from ninelives.analytics.tracing.told import TurnTold

ROOT = "turn"
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}.*")


def trace_turn(told: TurnTold) -> tuple[Span, ...]:
    """The turn's root span, then its steps in the order in which they ended, each followed by what it contains."""
    failed = told.first(TurnFailedV1)
    error, links = failed.data.error if failed else None, _links(told.events)
    draw = _Drawing(told)
    root = draw.span(ROOT, None, f"invoke_agent {AGENT}", told.began, told.ended, of_turn(told), error, links=links)
    steps = enumerate(steps_of(told))
    return (root, *(span for position, step in steps for span in _step(draw, root, step, position)))


@dataclass(frozen=True)
class _Drawing:
    """Makes spans of one turn. `what` a span is about, which is unique in the turn, decides its id."""

    told: TurnTold

    def span(
        self,
        what: str,
        parent: Span | None,
        name: str,
        start: datetime,
        end: datetime,
        attributes: Attributes,
        error: str | None = None,
        *,
        kind: Literal["internal", "client"] = "internal",
        links: tuple[tuple[str, str], ...] = (),
    ) -> Span:
        failed: Attributes = {"error.type": error} if error else {}
        return Span(
            trace_id=trace_id_of(self.told.turn_id),
            span_id=span_id_of(self.told.turn_id, what),
            parent_id=parent.span_id if parent else None,
            name=name,
            start=start,
            end=end,
            kind=kind,
            attributes={**attributes, "gen_ai.conversation.id": self.told.metadata.campaign_id, **failed},
            error=error,
            links=links,
        )


def _step(draw: _Drawing, root: Span, step: TurnStep, position: int) -> Iterator[Span]:
    events = draw.told.by_key[step.key] if step.key else ()
    attributes: Attributes = {"ninelives.stage": step.name, "ninelives.timed": step.timing is not None}
    if step.timing:
        attributes["ninelives.stage.attempts"] = step.timing.attempts
    attributes |= of_step(events)
    name = step.name
    if name == TOOL:
        attributes["gen_ai.operation.name"] = "execute_tool"
        name = f"execute_tool {attributes.get('gen_ai.tool.name', '')}".rstrip()
    error = step.timing.error if step.timing else None
    span = draw.span(step.key or f"stage/{position}", root, name, step.start, step.end, attributes, error)
    yield span
    if step.name == MASTER:
        yield from _replies(draw, span, events)


def _replies(draw: _Drawing, step: Span, events: Iterable[Event]) -> Iterator[Span]:
    """Each attempt lasts from the one before it to the event that tells of it."""
    before = step.start
    for event in events:
        if isinstance(event, DungeonMasterRespondedV1):
            said, error = of_answer(event), None
        elif isinstance(event, DungeonMasterFailedV1):
            said, error = of_failure(event, draw.told), event.data.error
        else:
            continue
        now = max(before, event.metadata.occurred_at)
        name = f"chat {said.get('gen_ai.request.model', '')}".rstrip()
        attributes = {"gen_ai.operation.name": "chat", **said, "ninelives.timed": step.attributes["ninelives.timed"]}
        yield draw.span(event.metadata.event_id, step, name, before, now, attributes, error, kind="client")
        before = now


def _links(events: Iterable[Event]) -> tuple[tuple[str, str], ...]:
    """Traces of requests that led to the turn. A link, and no trace id: whoever calls the API chooses a `traceparent`,
    may send one with many turns, and is not to decide what a turn's trace is called."""
    given = (_TRACEPARENT.fullmatch(event.metadata.traceparent or "") for event in events)
    return tuple(dict.fromkeys((found[1], found[2]) for found in given if found))
