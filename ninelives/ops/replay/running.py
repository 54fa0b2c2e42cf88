"""A replay of the archive into one rule, from its start until the queue behind that rule is worked through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from infra.errors import UserError
from ninelives.ops.deadletters.queues import depth
from ninelives.ops.replay.consumer import SwitchedConsumer
from ninelives.ops.replay.window import Window

MOST_AT_ONCE = 10
"""Replays an account may run in a region: docs.aws.amazon.com/general/latest/gr/ev.html"""
GONE, UNDER_WAY = ("FAILED", "CANCELLED", "CANCELLING"), ("STARTING", "RUNNING")
READINGS = 3  # SQS counts approximately: a queue is empty when it says so this often in a row


@dataclass(frozen=True)
class Archive:
    """The archive of a deployment's bus."""

    name: str
    arn: str
    bus_arn: str
    since: datetime
    events: int


@dataclass(frozen=True)
class Progress:
    """The progress of a replay: the part of its time that was replayed, 0 to 1, and the messages not worked through."""

    part: float
    waiting: int


class Replays:
    """Replays of one archive into the queue of one rule."""

    def __init__(
        self,
        events: Any,
        sqs: Any,
        archive: str,
        *,
        rule_arn: str,
        queue: str,
        live_queue: str,
        dead_letters: str,
        consumer: SwitchedConsumer,
        between: float,
    ) -> None:
        """`between` is how many seconds to let pass before looking again."""
        self.consumer = consumer
        self._events, self._sqs, self._between = events, sqs, between
        self._archive, self._rule_arn = archive, rule_arn
        self._queue, self._live_queue, self._dead_letters = queue, live_queue, dead_letters

    def archive(self) -> Archive:
        """The archive as it is now. EventBridge counts its events some minutes late."""
        told = self._events.describe_archive(ArchiveName=self._archive)
        return Archive(
            told["ArchiveName"], told["ArchiveArn"], told["EventSourceArn"], told["CreationTime"], told["EventCount"]
        )

    def start(self, name: str, window: Window) -> None:
        """Begin to replay the window to our rule only. Raises UserError, also for an archive too young."""
        archive = self.archive()
        start = max(window.start, archive.since.replace(microsecond=0))
        if start >= window.end:
            raise UserError(f"The archive {archive.name} is younger than what it lags behind: wait ten minutes.")
        refused = self._events.exceptions
        try:
            self._events.start_replay(
                ReplayName=name,
                EventSourceArn=archive.arn,
                EventStartTime=start,
                EventEndTime=window.end,
                Destination={"Arn": archive.bus_arn, "FilterArns": [self._rule_arn]},
            )
        except refused.LimitExceededException as error:
            raise UserError(f"This account runs {MOST_AT_ONCE} replays already, the most it may.") from error

    def state(self, name: str) -> str | None:
        """STARTING, RUNNING, COMPLETED, CANCELLING, CANCELLED or FAILED; None when it was never started."""
        try:
            return str(self._events.describe_replay(ReplayName=name)["State"])
        except self._events.exceptions.ResourceNotFoundException:
            return None

    def cancel(self, name: str) -> None:
        """Stop it if it runs."""
        if self.state(name) in UNDER_WAY:
            self._events.cancel_replay(ReplayName=name)

    def dead(self) -> int:
        """Messages that the consumer behind the rule could not take."""
        return depth(self._sqs, self._dead_letters)

    def on_their_way(self) -> int:
        """Messages that the consumer of the live table has not worked through."""
        return depth(self._sqs, self._live_queue)

    def wait(self, name: str, *, pause: Callable[[float], None], seconds: float) -> Iterator[Progress]:
        """Tell how far it is until it has ended and its queue is empty. Raises UserError after this many seconds."""
        empty = 0
        for _ in range(max(1, round(seconds / self._between))):
            told = self._events.describe_replay(ReplayName=name)
            if told["State"] in GONE:
                raise UserError(
                    f"The replay {name} has {told['State'].lower()}: {told.get('StateReason', 'no reason')}."
                )
            ended, waiting = told["State"] == "COMPLETED", depth(self._sqs, self._queue)
            yield Progress(1.0 if ended else _part(told), waiting)
            empty = empty + 1 if ended and not waiting else 0
            if empty == READINGS:
                return
            pause(self._between)
        raise UserError(f"The replay {name} is not through after {seconds:.0f} s. Run this again to go on waiting.")


def _part(told: Any) -> float:
    start, end, last = told["EventStartTime"], told["EventEndTime"], told.get("EventLastReplayedTime")
    whole = (end - start).total_seconds()
    return min(1.0, max(0.0, (last - start).total_seconds() / whole)) if last and whole else 0.0
