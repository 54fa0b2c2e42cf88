"""Publishing of facts that a relay gave up on: from the outbox, never from the letter, with the relay's own checks."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from infra.environment import Environment
from ninelives.ops.deadletters.letter import Letter, Period
from ninelives.ops.deadletters.outbox import Item, Outbox, occurred_at
from ninelives.ops.deadletters.queues import DeadLetters
from ninelives.ops.deadletters.receiving import WORK, delete, in_hand
from stagekit.publishing import Rejected, publish

MARGIN = timedelta(minutes=15)
"""A fact occurs before its transaction is written, at most the length of a turn, and clocks differ."""
PATIENCE = 60.0  # seconds for a bus that refuses


@dataclass(frozen=True)
class PublishedAgain:
    """The result: letters dealt with and kept, facts published, and facts that no bus would take."""

    letters: int
    kept: int
    facts: int
    rejected: tuple[Rejected, ...] = ()


def outbox_of(environment: Environment, service: str) -> Outbox:
    """Raises UnknownEnvironment when the service or the audit is not deployed."""
    tables = environment.find(service, f"table/{service}"), environment.find("audit", "table/audit")
    return Outbox(environment.client("dynamodb"), *tables)


def publish_again(
    environment: Environment,
    queue: DeadLetters,
    since: datetime | None = None,
    limit: int | None = None,
    *,
    dry_run: bool = False,
) -> PublishedAgain:
    """Publish the facts that a relay's dead letters are about, and all since `since`, if the audit lacks them.

    A letter goes when all it is about is on the bus. Raises BusRefused when the bus does not take them; then every
    letter stays. A fact on its way to the audit is published twice, which changes nothing.
    """
    sqs, outbox = environment.client("sqs"), outbox_of(environment, queue.service)
    with in_hand(sqs, queue.url, limit, seconds=WORK) as letters:
        missing = _missing(outbox, letters, since)
        if dry_run:
            return PublishedAgain(0, len(letters), len(missing))
        refused, absent = _publish(environment, missing), _absent(outbox, letters)
        stuck = [item for item in missing if _place(item) in {(each.pk, each.sk) for each in refused}]
        done = [letter for letter in letters if _is_dealt_with(letter, stuck, absent)]
        for letter in done:
            delete(sqs, queue.url, letter)
    return PublishedAgain(len(done), len(letters) - len(done), len(missing) - len(refused), (*refused, *absent))


def _missing(outbox: Outbox, letters: Sequence[Letter], since: datetime | None) -> list[Item]:
    spans = [letter.about.span for letter in letters if letter.about.span]
    places = {letter.about.item for letter in letters if letter.about.item}
    named = [item for item in (outbox.at(*place) for place in sorted(places)) if item]
    scanned = list(outbox.facts(_within(spans, since))) if spans or since else []
    found = {_place(item): item for item in [*named, *scanned]}
    return list(outbox.list_unheard(found[place] for place in sorted(found)))


def _within(spans: Sequence[Period], since: datetime | None) -> Callable[[datetime | None], bool]:
    def within(moment: datetime | None) -> bool:
        if moment is None:  # it does not say when, so it may be the one
            return True
        return bool(since and moment >= since) or any(_holds(span, moment) for span in spans)

    return within


def _holds(span: Period, moment: datetime) -> bool:
    return span.first - MARGIN <= moment <= span.last + MARGIN


def _absent(outbox: Outbox, letters: Sequence[Letter]) -> list[Rejected]:
    """Places that letters name and where nothing lies: somebody has to look, so the letters stay."""
    places = sorted({letter.about.item for letter in letters if letter.about.item})
    return [Rejected(*place, "nothing lies there") for place in places if outbox.at(*place) is None]


def _is_dealt_with(letter: Letter, stuck: Sequence[Item], absent: Sequence[Rejected]) -> bool:
    """Whether nothing that this letter may be about stays unpublished."""
    if letter.about.item:
        return letter.about.item not in {*map(_place, stuck), *((each.pk, each.sk) for each in absent)}
    span = letter.about.span
    moments = [occurred_at(item) for item in stuck]
    return span is not None and not any(moment is None or _holds(span, moment) for moment in moments)


def _place(item: Item) -> tuple[str, str]:
    return item["pk"]["S"], item["sk"]["S"]


def _publish(environment: Environment, items: Sequence[Any]) -> list[Rejected]:
    until = time.monotonic() + PATIENCE
    return publish(
        items, environment.client("events"), environment.find("platform", "bus-name"), lambda: until - time.monotonic()
    )
