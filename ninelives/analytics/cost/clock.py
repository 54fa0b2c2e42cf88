"""Time of functions: their own computing is measured, waiting for AWS is assumed, and the emulation is left out."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Frame:
    """One running function. `outside` is computing in this thread that is not its own."""

    function: str
    started: float
    outside: float = 0.0
    waited_ms: float = 0.0
    sent: float = 0.0
    away: bool = False

    @property
    def service(self) -> str:
        return self.function.partition("/")[0]

    @property
    def cpu_ms(self) -> float:
        return (time.thread_time() - self.started - self.outside) * 1000


class CountedClock:
    """The functions that run in each thread, innermost last."""

    def __init__(self) -> None:
        self._running = threading.local()

    @property
    def now(self) -> Frame | None:
        """The innermost function that runs in this thread."""
        frames = self._frames()
        return frames[-1] if frames else None

    @contextmanager
    def running(self, function: str) -> Iterator[Frame]:
        frame = Frame(function, time.thread_time())
        self._frames().append(frame)
        try:
            yield frame
        finally:
            self._frames().pop()

    @contextmanager
    def outside(self) -> Iterator[None]:
        """Keep the time of this block out of the running function's own computing. Blocks may lie in one another."""
        frame, started = self.now, time.thread_time()
        if frame is None or frame.away:
            yield
            return
        frame.away = True
        try:
            yield
        finally:
            frame.away = False
            frame.outside += time.thread_time() - started

    def _frames(self) -> list[Frame]:
        if not hasattr(self._running, "frames"):
            self._running.frames = []
        frames: list[Frame] = self._running.frames
        return frames
