"""State on disk while the cloud runs, so a kill loses seconds of what is not in a table, and not the session.

The emulator saves only when it is stopped in good order; this saves whenever requests have come in since the
last time, and on demand.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

logger = logging.getLogger("ninelives.snapshot")
PAUSE = 15.0  # seconds between two snapshots, at least
SHARE = 20.0  # a snapshot that took t seconds is followed by SHARE * t seconds without one


def before(state: Path) -> Path:
    """The directory of the snapshot before the last one, for a directory of snapshots."""
    return state.with_name(f"{state.name}.before")


class Snapshots:
    """Calls `save`, which must be safe to call from several threads, while `touch` says something may have changed, and
    at most every `pause` seconds (PAUSE)."""

    def __init__(self, save: Callable[[], None], pause: float | None = None) -> None:
        self._save = save
        self._pause = PAUSE if pause is None else pause
        self._changed = threading.Event()

    def touch(self) -> None:
        """Something may have changed."""
        self._changed.set()

    def now(self) -> float:
        """Save and return how many seconds it took."""
        self._changed.clear()
        started = time.monotonic()
        self._save()
        return time.monotonic() - started

    def start(self) -> None:
        threading.Thread(target=self._loop, name="snapshots", daemon=True).start()

    def _loop(self) -> None:
        wait = self._pause
        while True:
            time.sleep(wait)
            self._changed.wait()
            try:
                wait = max(self._pause, SHARE * self.now())
            except Exception:
                logger.exception("snapshot")
