"""Taking letters in hand: one look at each, and back they go unless they were dealt with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from ninelives.ops.deadletters.letter import Letter, letter_of

AT_ONCE = 10  # the most that SQS gives or takes in one call
LOOK, WORK = 30, 300
"""Seconds that letters stay invisible to others while they are looked at, or worked on."""


def receive(sqs: Any, url: str, seconds: int, limit: int | None = None) -> Iterator[list[Letter]]:
    """At most `limit` letters, each once, a handful at a time; the queue hides them from others for so many seconds.

    Ends when the queue has nothing more to give, or gives again what it gave before.
    """
    seen: set[str] = set()
    while limit is None or len(seen) < limit:
        answer = sqs.receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=AT_ONCE if limit is None else min(AT_ONCE, limit - len(seen)),
            VisibilityTimeout=seconds,
            WaitTimeSeconds=1,  # asks every server of the queue
            MessageSystemAttributeNames=["All"],
            MessageAttributeNames=["All"],
        )
        letters = [letter_of(message) for message in answer.get("Messages", ())]
        fresh = [letter for letter in letters if letter.message_id not in seen]
        seen.update(letter.message_id for letter in fresh)
        if not fresh:
            return
        yield fresh


@contextmanager
def in_hand(sqs: Any, url: str, limit: int | None = None, seconds: int = LOOK) -> Iterator[list[Letter]]:
    """Letters held while the block runs, and then given back; those deleted meanwhile stay deleted."""
    letters: list[Letter] = []
    try:
        for some in receive(sqs, url, seconds, limit):
            letters += some
        yield letters
    finally:
        give_back(sqs, url, letters)


def give_back(sqs: Any, url: str, letters: Sequence[Letter]) -> None:
    """Let others see letters at once. One that is no longer in hand needs nothing and is passed over."""
    for start in range(0, len(letters), AT_ONCE):
        entries = [
            {"Id": str(number), "ReceiptHandle": letter.receipt, "VisibilityTimeout": 0}
            for number, letter in enumerate(letters[start : start + AT_ONCE])
        ]
        sqs.change_message_visibility_batch(QueueUrl=url, Entries=entries)


def delete(sqs: Any, url: str, letter: Letter) -> None:
    sqs.delete_message(QueueUrl=url, ReceiptHandle=letter.receipt)
