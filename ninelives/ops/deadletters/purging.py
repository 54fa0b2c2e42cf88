"""Throwing dead letters away, each written to a file before it is gone."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from ninelives.ops.deadletters.letter import Letter
from ninelives.ops.deadletters.queues import DeadLetters
from ninelives.ops.deadletters.receiving import WORK, delete, give_back, receive


class Copies:
    """A JSONL file of letters, for its owner's eyes only: poison may hold anything. Never overwrites one,
    and leaves none behind in which there is nothing."""

    def __init__(self, path: Path, queue: DeadLetters) -> None:
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8")
        self._path, self._queue = path, queue

    def __enter__(self) -> Copies:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        empty = self._file.tell() == 0
        self._file.close()
        if empty:
            self._path.unlink(missing_ok=True)

    def keep(self, letter: Letter) -> None:
        """Write a letter down; it is on the disk when this returns."""
        line = {
            "queue": self._queue.name,
            "message_id": letter.message_id,
            "sent_at": letter.sent_at.isoformat(),
            "receives": letter.receives,
            "attributes": letter.attributes,
            "body": letter.body,
        }
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())


@dataclass(frozen=True)
class Purged:
    """The number of letters that were of the age asked for, and of those that were not."""

    letters: int
    kept: int


def purge(
    sqs: Any, queue: DeadLetters, before: datetime | None, copies: Copies | None, *, dry_run: bool = False
) -> Purged:
    """Delete the letters sent before this time, or all; with `copies`, each is written there first."""
    held: dict[str, Letter] = {}
    gone = 0
    try:
        for some in receive(sqs, queue.url, WORK):
            held |= {letter.message_id: letter for letter in some}
            for letter in (each for each in some if before is None or each.sent_at < before):
                gone += 1
                if dry_run:
                    continue
                if copies:
                    copies.keep(letter)
                delete(sqs, queue.url, letter)
                del held[letter.message_id]
    finally:
        give_back(sqs, queue.url, list(held.values()))
    return Purged(gone, len(held) - (gone if dry_run else 0))
