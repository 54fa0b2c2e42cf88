"""A table's answered writes are on disk: after a kill, those since the last snapshot are made again.

The emulator keeps tables in memory. Each write that succeeded is in a journal before its answer goes out; a snapshot of
the tables says with which file of the journal it goes on. Made again, a write is in its table's stream again, too, so
that whoever reads the stream hears of it, once more or for the first time. A kill of the process loses nothing, for the
system has what was written; a machine that loses its power may.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Callable, Coroutine, Iterator, Mapping
from pathlib import Path
from typing import Any

from ministack.core import persistence
from ministack.services import dynamodb

from infra.local.hooks.surface import need, wrap

WRITES = frozenset({"BatchWriteItem", "DeleteItem", "PutItem", "TransactWriteItems", "UpdateItem"})
NUMBER = "journal"
"""In a snapshot of the tables: the first file of the journal that is not in it."""
Reply = tuple[int, dict[str, str], Any]
State = dict[str, Any]
Handle = Callable[..., Coroutine[Any, Any, Reply]]
logger = logging.getLogger("ninelives.hooks")


class Journal:
    """Requests in files of a directory, `1.jsonl`, `2.jsonl` …, in their order. Not safe between threads."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._file: int | None = None
        self._kept = 0

    def append(self, action: str, request: bytes) -> None:
        if self._file is None:
            self.begin_file()
        assert self._file is not None
        body = request if b"\n" not in request else json.dumps(json.loads(request)).encode()
        os.write(self._file, action.encode() + b" " + body + b"\n")

    def begin_file(self) -> int:
        """The number of the file that is written from now on."""
        if self._file is not None:
            os.close(self._file)
        self._directory.mkdir(parents=True, exist_ok=True)
        number = max(self._numbers(), default=0) + 1
        self._file = os.open(self._path(number), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return number

    def since(self, number: int) -> Iterator[tuple[str, bytes]]:
        """Requests of this file and of later ones. A last line that was cut off was never answered."""
        for each in sorted(self._numbers()):
            if each >= number:
                lines = self._path(each).read_bytes().split(b"\n")[:-1]
                yield from ((line[: line.index(b" ")].decode(), line[line.index(b" ") + 1 :]) for line in lines)

    def forget(self, number: int) -> None:
        """A snapshot that goes on with this file is on disk: what the one before it needs is kept, the rest is not."""
        for each in self._numbers():
            if each < self._kept:
                self._path(each).unlink()
        self._kept = number

    def _numbers(self) -> list[int]:
        return [int(path.stem) for path in self._directory.glob("*.jsonl")]

    def _path(self, number: int) -> Path:
        return self._directory / f"{number}.jsonl"


def _handle(original: Handle, journal: Journal, writing: threading.RLock) -> Handle:
    async def handle(method: str, path: str, headers: Mapping[str, str], body: bytes, query: Any) -> Reply:
        action = headers.get("x-amz-target", "").rpartition(".")[2]
        if action not in WRITES:
            return await original(method, path, headers, body, query)
        with writing:  # the emulator answers without waiting for anything
            reply = await original(method, path, headers, body, query)
            if reply[0] == 200:
                journal.append(action, body)
            return reply

    return handle


def _save(original: Callable[[], State], journal: Journal, writing: threading.RLock) -> Callable[[], State]:
    def save() -> State:
        with writing:
            return {**original(), NUMBER: journal.begin_file()}

    return save


def _restore(original: Callable[[Any], None], handle: Handle, journal: Journal) -> Callable[[Any], None]:
    def restore(data: Any) -> None:
        original(data)
        if isinstance(data, dict) and NUMBER in data:
            refused = sum(_again(handle, action, body) != 200 for action, body in journal.since(data[NUMBER]))
            if refused:
                logger.warning("%d writes of the journal could not be made again", refused)

    return restore


def _again(handle: Handle, action: str, body: bytes) -> int:
    """The status of a write that is made again. Other than 200 it is one to a table that was never saved."""
    answering = handle("POST", "/", {"x-amz-target": f"DynamoDB_20120810.{action}"}, body, {})
    try:
        answering.send(None)
    except StopIteration as answered:
        return int(answered.value[0])
    raise RuntimeError("the emulator waits while it writes to a table")


def _write(original: Callable[[str, State], None], journal: Journal) -> Callable[[str, State], None]:
    def write(service: str, data: State) -> None:
        path = Path(persistence.STATE_DIR) / f"{service}.json"
        before = path.stat().st_ino if path.exists() else None
        original(service, data)
        if service == "dynamodb" and path.exists() and path.stat().st_ino != before:  # else it was not written
            journal.forget(data[NUMBER])

    return write


def install() -> None:
    if not persistence.PERSIST_STATE:
        return
    need(dynamodb, "handle_request")
    journal, writing = Journal(Path(persistence.STATE_DIR) / "journal"), threading.RLock()
    handle = dynamodb.handle_request
    wrap(dynamodb, "get_state", lambda original: _save(original, journal, writing))
    wrap(dynamodb, "load_persisted_state", lambda original: _restore(original, handle, journal))
    wrap(dynamodb, "handle_request", lambda original: _handle(original, journal, writing))
    wrap(persistence, "save_state", lambda original: _write(original, journal))
