"""Events back into the queue of their consumer: all by SQS itself, or chosen ones by hand.

At least once, either way: consumers drop what they have, so a redriven event is applied exactly once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ninelives.ops.deadletters.letter import Letter
from ninelives.ops.deadletters.queues import DeadLetters, arn, depth
from ninelives.ops.deadletters.receiving import WORK, delete, give_back, receive

EVERY = 2.0  # seconds between two looks at a task that runs
GOING = ("RUNNING", "CANCELLING")
FEW = 10  # depths are approximate


@dataclass(frozen=True)
class Sent:
    """The result of a redrive. `trouble` is empty when everything went back."""

    letters: int
    trouble: str = ""


def send_all_back(
    sqs: Any, queue: DeadLetters, patience: float = 300, sleep: Callable[[float], None] = time.sleep
) -> Sent:
    """Let SQS move everything to the work queue, and wait at most `patience` seconds for it.

    The destination is always named: poison that a consumer set aside, and what EventBridge could not deliver, has no
    source queue to go back to. A task that moves more than there was is stopped: its letters come back as fast as
    they go, so their cause is not mended.
    """
    waiting = depth(sqs, queue.url)
    source = arn(sqs, queue.url)
    handle = sqs.start_message_move_task(SourceArn=source, DestinationArn=arn(sqs, queue.work or ""))["TaskHandle"]
    waited = 0.0
    while True:
        task = sqs.list_message_move_tasks(SourceArn=source, MaxResults=1)["Results"][0]
        moved = int(task.get("ApproximateNumberOfMessagesMoved", 0))
        if task["Status"] not in GOING:
            return Sent(moved, "" if task["Status"] == "COMPLETED" else task.get("FailureReason", task["Status"]))
        if moved > 2 * max(waiting, FEW):
            sqs.cancel_message_move_task(TaskHandle=handle)
            return Sent(moved, "they come back as fast as they go, so the task was stopped: mend the cause first")
        if waited >= patience:
            return Sent(moved, f"still moving after {patience:.0f} s; SQS goes on by itself")
        sleep(EVERY)
        waited += EVERY


def send_chosen_back(
    sqs: Any, queue: DeadLetters, chosen: Callable[[Letter], bool], limit: int | None = None, *, dry_run: bool = False
) -> list[Letter]:
    """Send back at most `limit` letters that are chosen: first into the work queue, then out of this one.

    Returns them; on a dry run they stay.
    """
    sent: list[Letter] = []
    held: dict[str, Letter] = {}
    try:
        for some in receive(sqs, queue.url, WORK):
            held |= {letter.message_id: letter for letter in some}
            for letter in (each for each in some if chosen(each)):
                if not dry_run:
                    sqs.send_message(QueueUrl=queue.work, MessageBody=letter.body)
                    delete(sqs, queue.url, letter)
                    del held[letter.message_id]
                sent.append(letter)
                if len(sent) == limit:
                    return sent
    finally:
        give_back(sqs, queue.url, list(held.values()))
    return sent
