"""A call of a function is read by a thread that waited for one: the emulator makes a new one for every call.

On a busy laptop a new thread takes up to a millisecond to begin, and both sides of a call wait for it.
"""

from __future__ import annotations

import threading
import types
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

from ministack.core import lambda_runtime

from infra.local.hooks.surface import need

AT_ONCE = 1000  # calls; threads are made as they are needed
READING = "_read_response"
"""The name of the emulator's function that writes a call to a worker and reads its answer."""
_readers = ThreadPoolExecutor(AT_ONCE, "reader")


class _Reading:
    """The part of a threading.Thread that the emulator uses, on a thread that may have read before."""

    def __init__(self, read: Callable[[], None]) -> None:
        self._read = read
        self._done: Future[None] | None = None

    def start(self) -> None:
        self._done = _readers.submit(self._read)

    def join(self, timeout: float | None = None) -> None:
        if self._done is not None:
            wait([self._done], timeout)

    def is_alive(self) -> bool:
        return self._done is not None and not self._done.done()


def _thread(*args: Any, **given: Any) -> Any:
    if getattr(given.get("target"), "__name__", None) == READING:
        return _Reading(given["target"])
    return threading.Thread(*args, **given)


def install() -> None:
    need(lambda_runtime, "threading")
    need(lambda_runtime.Worker, "invoke")
    pooled = types.ModuleType("threading")
    pooled.__dict__.update(vars(threading))
    setattr(pooled, "Thread", _thread)  # noqa: B010
    lambda_runtime.threading = pooled
