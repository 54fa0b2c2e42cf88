"""A zip whose bytes depend on the names and contents of its files only."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)
READABLE = 0o100644 << 16


def write(files: Mapping[str, Path], destination: Path, level: int | None = None) -> str:
    """Write `files` (name in the archive → path on disk) in order of name, without times or owners; returns the hex
    SHA-256 of what it holds: names and contents, not how they were compressed."""
    total = hashlib.sha256()
    partial = destination.with_suffix(f".{os.getpid()}.partial")  # another build may write the same package
    with zipfile.ZipFile(partial, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.external_attr = READABLE
            entry.create_system = 3
            content = files[name].read_bytes()
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, level)
            total.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    partial.replace(destination)
    return total.hexdigest()
