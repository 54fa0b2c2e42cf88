"""Draining the queue to disk while the replay fills it: several receivers, and one who watches for the end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from infra.errors import UserError
from ninelives.analytics.export.asked import Asked
from ninelives.analytics.export.queue import DrainedQueue, Message
from ninelives.analytics.export.reading import Unreadable, asked_for, read
from ninelives.analytics.export.replaying import Drained, given_up
from ninelives.analytics.export.spool import Spool
from ninelives.ops.replay.window import Window

RECEIVERS = 4


@dataclass(frozen=True)
class Patience:
    """The seconds between two looks, the idle looks in a row that are the end, and the looks without any news that are
    too many."""

    seconds: float
    quiet_looks: int
    stalled_looks: int


PATIENT = Patience(seconds=5.0, quiet_looks=13, stalled_looks=360)
"""AWS: a queue's counters lag by up to a minute; a replay that brings nothing for half an hour is stuck."""
BRISK = Patience(seconds=0.25, quiet_looks=3, stalled_looks=480)
"""The local cloud: its counters are exact, and a replay has sent everything when it says so."""


@dataclass
class DrainTally:
    """Counts of what became of the messages of one sitting."""

    kept: int = 0
    not_asked: int = 0
    leftovers: int = 0
    unreadable: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def add(self, **counts: int) -> None:
        with self._lock:
            for name, count in counts.items():
                setattr(self, name, getattr(self, name) + count)

    @property
    def messages(self) -> int:
        return self.kept + self.not_asked + self.leftovers + self.unreadable


@dataclass(frozen=True)
class Drain:
    """One replay's events, from the queue into the spool."""

    queue: DrainedQueue
    spool: Path
    asked: Asked
    window: Window
    replay: str
    tally: DrainTally = field(default_factory=DrainTally)

    def run(
        self,
        progress: Callable[[], Drained],
        patience: Patience,
        told: Callable[[Drained, DrainTally], None],
    ) -> None:
        """Return when the replay is complete and the queue stays empty. Raises UserError when it is stuck or lost."""
        stop, pause = threading.Event(), threading.Event()
        with ThreadPoolExecutor(RECEIVERS, thread_name_prefix="export") as pool:
            receivers = [pool.submit(self._receive, number, stop) for number in range(RECEIVERS)]
            try:
                self._watch(progress, patience, told, receivers, pause)
            finally:
                stop.set()

    def take(self, messages: Sequence[Message], spool: Spool) -> None:
        """Write messages down, then delete them: a crash in between brings them again, and copies are dropped later."""
        lines = [line for message in messages if (line := self._line(message))]
        spool.add(lines)
        self.queue.delete(messages)
        self.tally.add(kept=len(lines))

    def _line(self, message: Message) -> str | None:
        try:
            event = read(message["Body"])
        except Unreadable as error:
            self.queue.set_aside(message, str(error))
            self.tally.add(unreadable=1)
            return None
        if event.replay != self.replay:
            if given_up(event.replay, self.replay):
                self.tally.add(leftovers=1)
                return None
            raise UserError(f"{event.replay} has taken over the queue. Run again to replay when it is done.")
        if not asked_for(event, self.asked, self.window):
            self.tally.add(not_asked=1)
            return None
        return event.line()

    def _receive(self, number: int, stop: threading.Event) -> None:
        with Spool(self.spool / f"{number:02}.jsonl") as spool:
            while not stop.is_set():
                if messages := self.queue.receive():
                    self.take(messages, spool)

    def _watch(
        self,
        progress: Callable[[], Drained],
        patience: Patience,
        told: Callable[[Drained, DrainTally], None],
        receivers: Sequence[Future[None]],
        pause: threading.Event,
    ) -> None:
        quiet, stalled, before = 0, 0, (-1, -1.0)
        while quiet < patience.quiet_looks:
            _raise_what_a_receiver_raised(receivers)
            now = progress()
            told(now, self.tally)
            if now.phase == "lost":
                raise UserError(f"The replay {self.replay} is lost: {now.reason}. Run again to start another.")
            seen = (self.tally.messages, now.share)
            stalled = stalled + 1 if seen == before else 0
            idle = now.phase == "completed" and seen == before and self.queue.holds() == 0
            quiet, before = quiet + 1 if idle else 0, seen
            if stalled > patience.stalled_looks:
                raise UserError(f"Nothing has come of {self.replay} for long. Run again to go on where it stopped.")
            pause.wait(patience.seconds)


def _raise_what_a_receiver_raised(receivers: Sequence[Future[None]]) -> None:
    for receiver in receivers:
        if receiver.done():
            receiver.result()
