"""The spool: what was taken from the queue, on disk before it is deleted there."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType


class Spool:
    """A file of JSON lines that is only ever added to. Lines that were synced survive any crash.

    A crash may leave half a line behind: its message was not deleted and comes again, so it is cut off.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab+")
        self._cut_half_a_line()

    def add(self, lines: Iterable[str]) -> None:
        """Write lines and return when the disk has them."""
        block = "".join(f"{line}\n" for line in lines).encode()
        if block:
            self._file.write(block)
            self._file.flush()
            os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()

    def _cut_half_a_line(self) -> None:
        end = self._file.seek(0, os.SEEK_END)
        while end > 0:
            start = max(0, end - 65_536)
            self._file.seek(start)
            newline = self._file.read(end - start).rfind(b"\n")
            if newline >= 0:
                end = start + newline + 1
                break
            end = start
        self._file.truncate(end)

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
