"""One queue of dead letters, redriven the way its letters need, and told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from infra.environment import Environment
from infra.errors import UserError
from ninelives.ops.deadletters.publishing_again import publish_again
from ninelives.ops.deadletters.queues import DeadLetters, Kind, depth
from ninelives.ops.deadletters.sending_back import send_all_back, send_chosen_back
from ninelives.terminal import plain

Say = Callable[[str], None]


@dataclass(frozen=True)
class Order:
    """The order of an operator. Without `events` and `limit` a consumer's queue is moved whole, by SQS."""

    events: frozenset[str] = frozenset()
    limit: int | None = None
    since: datetime | None = None
    dry_run: bool = False


def check(queue: DeadLetters, order: Order) -> None:
    """Raises UserError."""
    if queue.kind is Kind.REPORTS:
        raise UserError(f"{queue.name} holds reports: the players were told, nothing was applied. Purge them.")
    if queue.kind is Kind.UNPUBLISHED and order.events:
        raise UserError(f"The letters of {queue.name} name places, not events: redrive it whole.")
    if queue.kind is Kind.EVENTS and order.since:
        raise UserError(f"--since is for a relay's queue; {queue.name} is a consumer's.")
    if queue.kind is Kind.EVENTS and queue.work is None:
        raise UserError(f"{queue.name} belongs to no queue that could take its letters back.")


def redrive(environment: Environment, queue: DeadLetters, order: Order, say: Say) -> bool:
    """Redrive a queue; whether all that was asked for is done. Raises UserError, BusRefused."""
    check(queue, order)
    if not depth(environment.client("sqs"), queue.url) and not order.events and not order.since:
        say(f"{queue.name}: empty.")
        return True
    if queue.kind is Kind.UNPUBLISHED:
        return _publish(environment, queue, order, say)
    if order.events or order.limit or order.dry_run:
        return _chosen_sent_back(environment, queue, order, say)
    moved = send_all_back(environment.client("sqs"), queue)
    say(f"{queue.name}: {moved.letters} back to their consumer. {moved.trouble}".rstrip())
    return not moved.trouble


def _chosen_sent_back(environment: Environment, queue: DeadLetters, order: Order, say: Say) -> bool:
    def chosen(event_id: str) -> bool:
        return not order.events or event_id in order.events

    sqs = environment.client("sqs")
    some = send_chosen_back(sqs, queue, lambda it: chosen(it.about.id), order.limit, dry_run=order.dry_run)
    for letter in some:
        say(f"{plain(letter.about.id) or letter.message_id}  {plain(letter.about.what)}  {plain(letter.why)}")
    say(f"{queue.name}: {len(some)} {'would go ' if order.dry_run else ''}back to their consumer.")
    missing = order.events - {letter.about.id for letter in some} if order.limit is None else set()
    for each in sorted(missing):
        say(f"{plain(each)} does not lie in {queue.name}.")
    return not missing


def _publish(environment: Environment, queue: DeadLetters, order: Order, say: Say) -> bool:
    done = publish_again(environment, queue, order.since, order.limit, dry_run=order.dry_run)
    if order.dry_run:
        say(f"{queue.name}: {done.kept} letters; {done.facts} facts would be published that the audit does not have.")
        return True
    say(
        f"{queue.name}: {done.letters} letters done, {done.kept} kept; "
        f"{done.facts} facts published that the audit did not have."
    )
    for each in done.rejected:
        say(f"  cannot be published: {plain(each.pk)} {plain(each.sk)}: {plain(each.reason)}")
    return not (done.kept or done.rejected)
