"""Workers of the local cloud that die while players play."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from random import Random

PAUSE_SECONDS = 1.2  # a killed worker costs a start: more of them, and starting is all there is


@dataclass
class Killed:
    """The number of workers that were killed."""

    count: int = 0


@contextmanager
def killing(workers: Callable[[], list[int]], pause: float = PAUSE_SECONDS) -> Iterator[Killed]:
    """Kill one of `workers`, whatever it is doing, again and again until the block is left."""
    killed, over, random = Killed(), threading.Event(), Random(0)

    def kill() -> None:
        while not over.wait(pause):
            living = workers()
            with suppress(ProcessLookupError):
                if living:
                    os.kill(random.choice(living), signal.SIGKILL)
                    killed.count += 1

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield killed
    finally:
        over.set()
        killer.join()
