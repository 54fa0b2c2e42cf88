"""The files of the web game as they are served: no build step, so what is in `web/` is what players get."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WEB = Path(__file__).resolve().parents[2] / "web"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
"""Content types of the files that are served; anything else in `web/` (its README) stays here."""


@dataclass(frozen=True)
class File:
    """A file by the path it is served under."""

    path: str
    content: bytes

    @property
    def type(self) -> str:
        return TYPES[Path(self.path).suffix]

    @property
    def md5(self) -> str:
        """The ETag in S3 of a file that was put in one piece."""
        return hashlib.md5(self.content, usedforsecurity=False).hexdigest()


def files(directory: Path = WEB) -> Iterator[File]:
    """Every file that is served, in order of path."""
    for path in sorted(directory.rglob("*")):
        if path.is_file() and path.suffix in TYPES:
            yield File(path.relative_to(directory).as_posix(), path.read_bytes())


def transfer_size(served: Iterator[File]) -> int:
    """Bytes on the wire when every file is fetched once, gzipped one by one as CloudFront does."""
    return sum(len(gzip.compress(file.content, mtime=0)) for file in served)
