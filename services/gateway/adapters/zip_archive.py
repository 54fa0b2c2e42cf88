"""A zip of JSON files, written to disk: it may be larger than what a function remembers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import file_digest, sha256
from tempfile import TemporaryFile
from typing import BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from services.gateway.domain.archives import ArchiveEntry, ArchiveFile


class ZipArchive:
    """Implements the port OpenArchive."""

    def __init__(self, content: BinaryIO, entries: ZipFile) -> None:
        self.content = content
        self._entries = entries

    def add(self, file: ArchiveFile, now: datetime) -> ArchiveEntry:
        info = ZipInfo(file.path, now.timetuple()[:6])
        info.compress_type = ZIP_DEFLATED
        written = _Measured(file.text)
        with self._entries.open(info, "w") as entry:
            entry.writelines(written)
        return ArchiveEntry(file.path, file.about, written.size, written.digest.hexdigest())

    def seal(self) -> tuple[int, str]:
        self._entries.close()
        size = self.content.tell()
        self.content.seek(0)
        digest = file_digest(self.content, "sha256").hexdigest()  # type: ignore[arg-type]
        self.content.seek(0)
        return size, digest


class _Measured:
    """Texts as bytes, counted and digested on their way."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = texts
        self.size = 0
        self.digest = sha256()

    def __iter__(self) -> Iterator[bytes]:
        for text in self._texts:
            part = text.encode()
            self.size += len(part)
            self.digest.update(part)
            yield part


@contextmanager
def zip_archive() -> Iterator[ZipArchive]:
    """A new archive, gone from disk when it is left."""
    with TemporaryFile() as content, ZipFile(content, "w") as entries:
        yield ZipArchive(cast(BinaryIO, content), entries)
