"""Ways to break what runs: workers that die in mid-call."""

from __future__ import annotations

import fcntl
import os
import signal
import struct
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.support.cloud import Cloud
from tests.support.waiting import until

ON_LINUX = Path("/proc/self/fd").is_dir()


class Frozen:
    """The idle workers of a function, stopped: a call that comes to one hangs in it."""

    def __init__(self, pids: list[int]) -> None:
        self._pids = pids

    def await_call(self) -> list[int]:
        """Wait until a call hangs in one of them (or several do); returns which."""
        pids: list[int] = until(lambda: [pid for pid in self._pids if _has_a_call(pid)], why="a call")
        return pids

    def kill_the_called_one(self) -> None:
        """Wait until a call hangs in one of them, and kill that one."""
        for pid in self.await_call():
            os.kill(pid, signal.SIGKILL)
            self._pids.remove(pid)

    def thaw(self) -> None:
        for pid in self._pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


@contextmanager
def frozen(cloud: Cloud, service: str, name: str) -> Iterator[Frozen]:
    """Freeze the idle workers of a function for a while."""
    warm: list[int] = until(lambda: cloud.workers(service, name), why="a warm worker")
    workers = Frozen(_stop(warm))
    try:
        yield workers
    finally:
        workers.thaw()


def _stop(pids: list[int]) -> list[int]:
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    return pids


def _has_a_call(pid: int) -> bool:
    """Whether bytes wait in the standard input of a stopped worker, which is where its calls come from."""
    try:
        pipe = os.open(f"/proc/{pid}/fd/0", os.O_RDONLY | os.O_NONBLOCK)
    except OSError:  # it was ended: nobody keeps idle workers for ever
        return False
    try:
        return struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4))[0] > 0
    finally:
        os.close(pipe)
