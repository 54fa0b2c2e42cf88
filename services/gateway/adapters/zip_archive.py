"""A zip of JSON files, written to disk: it may be larger than what a function remembers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import file_digest, sha256
from tempfile import TemporaryFile
from typing import BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from services.gateway.domain.exports import ArchiveEntry, ArchiveFile


class ZipArchive:
    """Implements the port OpenArchive."""

    def __init__(self, content: BinaryIO, entries: ZipFile) -> None:
        self.content = content
        self._entries = entries

    def add(self, file: ArchiveFile, now: datetime) -> ArchiveEntry:
        info = ZipInfo(file.path, now.timetuple()[:6])
        info.compress_type = ZIP_DEFLATED
        size, digest = 0, sha256()
        with self._entries.open(info, "w") as entry:
            for text in file.text:
                part = text.encode()
                entry.write(part)
                digest.update(part)
                size += len(part)
        return ArchiveEntry(file.path, file.about, size, digest.hexdigest())

    def seal(self) -> tuple[int, str]:
        self._entries.close()
        size = self.content.tell()
        self.content.seek(0)
        digest = file_digest(self.content, "sha256").hexdigest()  # type: ignore[arg-type]
        self.content.seek(0)
        return size, digest


@contextmanager
def zip_archive() -> Iterator[ZipArchive]:
    """A new archive, gone from disk when it is left."""
    with TemporaryFile() as content, ZipFile(content, "w") as entries:
        yield ZipArchive(cast(BinaryIO, content), entries)
