"""A snapshot is whole: taken by one thread at a time, of every service, in an order in which nothing is lost.

The emulator saves in its own shutdown and our `Snapshots` save while it runs; both would write the same temporary
files. It copies a service's state while calls change it, which fails in mid-copy, and leaves that service out. And it
deletes the code that the functions no longer use before it writes down that they do not.

Services are copied while they work, so a snapshot is of no one moment. What was read of a stream is copied first, then
what is in queues, and the tables, whose writes go on in the journal, last of all; they are written in the other order.
So a kill, also between two files, brings a message twice rather than never. The files before these stay in a directory
of their own, and so does the code that they name.

Who plays meanwhile waits little for it: a file is written by the quickest encoder there is, the packages of functions
are not digested anew, and Express executions that have ended are in no file. AWS tells of those in their log alone.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import FunctionType, SimpleNamespace
from typing import IO, Any

import orjson
from ministack import app
from ministack.core import persistence
from ministack.services import lambda_svc, stepfunctions

from infra.local.hooks.surface import need, wrap
from infra.local.snapshot import before

State = dict[str, Any]
logger = logging.getLogger("ninelives.hooks")
TRIES = 5
FIRST, LAST = ("lambda", "stepfunctions", "eventbridge"), ("sqs", "dynamodb")
KEPT = 256  # packages whose digests are known; a deployment has some forty
AS_BEFORE = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
UNDISTURBED = 0.5  # seconds that the other threads wait, at most, while a copy that failed once is tried again

_saving = threading.Lock()
_used_code: list[set[str]] = []  # of the functions just copied, and of those copied before
_unused_code: list[Callable[[], None]] = []  # deletes what neither refers to


@contextmanager
def _alone() -> Iterator[None]:
    """Keep the interpreter from switching threads: at some hundred changes a second no other copy would succeed."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(UNDISTURBED)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)


def _copy(get_state: Callable[[], State | None]) -> State | None:
    """Raises RuntimeError when the state changed during the last of TRIES, too."""
    with suppress(RuntimeError):
        return get_state()
    for _ in range(TRIES - 2):
        with suppress(RuntimeError), _alone():
            return get_state()
    with _alone():
        return get_state()


def _states(services: Mapping[str, Callable[[], State | None]]) -> Iterator[tuple[str, State]]:
    for name in _in_order(services):
        get_state = services[name]
        try:
            state = _copy(get_state)
        except Exception as error:
            logger.error("%s is not in this snapshot, its last good file stays: %r", name, error)
        else:
            if state is not None:  # None: the service did not load and has nothing to say about its state
                yield name, state


def _in_order(services: Mapping[str, Any]) -> list[str]:
    others = [name for name in services if name not in (*FIRST, *LAST)]
    return [name for name in (*FIRST, *others, *LAST) if name in services]


def _keep_files(state: Path) -> None:
    """Have the files of the last snapshot in the directory of those before, too."""
    kept, new = before(state), before(state).with_suffix(".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    for path in state.glob("*.json"):
        os.link(path, new / path.name)
    shutil.rmtree(kept, ignore_errors=True)
    new.rename(kept)


def save_all(services: Mapping[str, Callable[[], State | None]]) -> None:
    """Write the state of each service to its file; one that cannot be copied in TRIES keeps its last good file."""
    with _saving:
        _unused_code.clear()
        states = dict(_states(services))
        if persistence.PERSIST_STATE:
            _keep_files(Path(persistence.STATE_DIR))
        for name in reversed(states):
            persistence.save_state(name, states[name])
        for delete in _unused_code:
            delete()


def _after_saving(original: Callable[[set[str]], None]) -> Callable[[set[str]], None]:
    def prune(digests: set[str]) -> None:
        if _used_code:  # else nobody here knows what the files before refer to
            _unused_code[:] = [partial(original, digests | _used_code[-1])]
        _used_code[:] = [digests]

    return prune


def save_one(name: str, get_state: Callable[[], State | None]) -> None:
    """Write the state of one service, beside the snapshots of all."""
    with _saving:
        persistence.save_state(name, _copy(get_state) or {})


def _dump(value: Any, file: IO[str], *, default: Callable[[Any], Any]) -> None:
    try:
        text = orjson.dumps(value, default, AS_BEFORE).decode()
    except orjson.JSONEncodeError:  # half a surrogate pair, a number of more than 64 bits, or what is refused again
        text = json.dumps(value, default=default)
    file.write(text)


def _without_what_is_over(original: Callable[[], State]) -> Callable[[], State]:
    def get_state() -> State:
        machines, executions = stepfunctions._state_machines._data, stepfunctions._executions
        express = {each["stateMachineArn"] for each in list(machines.values()) if each.get("type") == "EXPRESS"}
        left = type(executions)()
        left._data = {
            key: each
            for key, each in list(executions._data.items())
            if each["status"] == "RUNNING" or each["stateMachineArn"] not in express
        }
        state: State = FunctionType(original.__code__, {**vars(stepfunctions), "_executions": left})()
        return state

    return get_state


def _written_once(original: Callable[[bytes], str]) -> Callable[[bytes], str]:
    """Packages are in memory as they were deployed: what was written once needs no digest at the next snapshot."""
    written: dict[int, tuple[bytes, str]] = {}

    def write(package: bytes) -> str:
        known = written.get(id(package))
        if known is None or not (Path(lambda_svc.CODE_BLOB_DIR) / f"{known[1]}.zip").exists():
            if len(written) >= KEPT:
                written.clear()
            known = written[id(package)] = package, original(package)
        return known[1]

    return write


def install() -> None:
    need(persistence, "save_state", "json")
    need(app, "save_all")
    need(stepfunctions, "_executions", "_state_machines")
    _used_code.clear()
    persistence.json = SimpleNamespace(**{**vars(json), "dump": _dump})
    wrap(stepfunctions, "get_state", _without_what_is_over)
    wrap(lambda_svc, "_write_code_blob", _written_once)
    wrap(lambda_svc, "_prune_orphan_code_blobs", _after_saving)
    app.save_all = save_all
