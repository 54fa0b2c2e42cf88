"""A snapshot is whole: taken by one thread at a time, of every service, at nearly one moment.

The emulator saves in its own shutdown and our `Snapshots` save while it runs; both would write the same temporary
files. It copies a service's state while calls change it, which fails in mid-copy, and leaves that service out. And it
deletes the code that the functions no longer use before it writes down that they do not.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from ministack import app
from ministack.core import persistence
from ministack.services import lambda_svc

from infra.local.hooks.surface import need, wrap

State = dict[str, Any]
logger = logging.getLogger("ninelives.hooks")
TRIES = 5
UNDISTURBED = 0.5  # seconds that the other threads wait, at most, while a copy that failed once is tried again

_saving = threading.Lock()
_unused_code: list[Callable[[], None]] = []  # deletes what the functions just copied do not refer to


@contextmanager
def _alone() -> Iterator[None]:
    """Keep the interpreter from switching threads: at some hundred changes a second no other copy would succeed."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(UNDISTURBED)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)


def _copied(get_state: Callable[[], State | None]) -> State | None:
    """Raises RuntimeError when the state changed during the last of TRIES, too."""
    with suppress(RuntimeError):
        return get_state()
    for _ in range(TRIES - 2):
        with suppress(RuntimeError), _alone():
            return get_state()
    with _alone():
        return get_state()


def _states(services: Mapping[str, Callable[[], State | None]]) -> Iterator[tuple[str, State]]:
    for name, get_state in services.items():
        try:
            state = _copied(get_state)
        except Exception as error:
            logger.error("%s is not in this snapshot, its last good file stays: %r", name, error)
        else:
            if state is not None:  # None: the service did not load and has nothing to say about its state
                yield name, state


def save_all(services: Mapping[str, Callable[[], State | None]]) -> None:
    """Write the state of each service to its file; one that cannot be copied in TRIES keeps its last good file."""
    with _saving:
        _unused_code.clear()
        states = dict(_states(services))
        for name, state in states.items():
            persistence.save_state(name, state)
        for delete in _unused_code:
            delete()


def _after_saving(original: Callable[[set[str]], None]) -> Callable[[set[str]], None]:
    def prune(digests: set[str]) -> None:
        _unused_code[:] = [partial(original, digests)]

    return prune


def install() -> None:
    need(persistence, "save_state")
    need(app, "save_all")
    wrap(lambda_svc, "_prune_orphan_code_blobs", _after_saving)
    app.save_all = save_all
