"""The state of the deployment that carries a load: memory and queues, until the queues are empty."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

EVERY_SECONDS = 2.0
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class LoadSample:
    """One look: when, by the clock of the load; bytes of memory of all processes; due messages in all queues; how many
    processes want a core of the machine, on average over a minute."""

    at: float
    memory: int
    waiting: int
    wanted: float = 0.0


Look = Callable[[], tuple[int, int, float]]
"""Bytes of memory, messages that wait, and cores wanted, now. May raise OSError when that cannot be known just now."""


@contextmanager
def watching(look: Look, clock: Callable[[], float], every: float = EVERY_SECONDS) -> Iterator[list[LoadSample]]:
    """Look again and again until the block is left. A look that fails is left out."""
    readings, over = list[LoadSample](), threading.Event()

    def watch() -> None:
        while not over.wait(every):
            with suppress(OSError):
                readings.append(LoadSample(clock(), *look()))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield readings
    finally:
        over.set()
        watcher.join()


def drain(look: Look, clock: Callable[[], float], pause: Callable[[float], object], within: float) -> float | None:
    """The seconds until no message waits any more; None when some still do after `within` seconds."""
    began = clock()
    while clock() - began < within:
        with suppress(OSError):
            if look()[1] == 0:
                return clock() - began
        pause(EVERY_SECONDS / 2)
    return None


def memory_of(processes: Sequence[int], run: Callable[[list[str]], str]) -> int:
    """The resident memory of processes in bytes; what they share counts for each. `run` answers a command."""
    shown = run(["ps", "-o", "rss=", "-p", ",".join(map(str, processes))]) if processes else ""
    return 1024 * sum(map(int, shown.split()))
