"""The standing of a queue of dead letters: how many, since when, and why, from a small sample."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ninelives.ops.deadletters.queues import DeadLetters, depth
from ninelives.ops.deadletters.receiving import AT_ONCE, in_hand


@dataclass(frozen=True)
class QueueStanding:
    """`oldest` and `reasons` are of the letters sampled, `messages` about all there are."""

    queue: DeadLetters
    messages: int
    sampled: int = 0
    oldest: datetime | None = None
    reasons: tuple[tuple[str, int], ...] = ()


def standing(sqs: Any, queue: DeadLetters) -> QueueStanding:
    """Look at a queue. An empty one costs one call; a sample counts as one receive of each of its letters."""
    messages = depth(sqs, queue.url)
    if not messages:
        return QueueStanding(queue, 0)
    with in_hand(sqs, queue.url, limit=min(messages, AT_ONCE)) as letters:
        return QueueStanding(
            queue,
            messages,
            sampled=len(letters),
            oldest=min((letter.sent_at for letter in letters), default=None),
            reasons=tuple(Counter(letter.why for letter in letters).most_common()),
        )
