"""The size of a package for Lambda, told from the one for this machine, which is packed in haste and has sources."""

from __future__ import annotations

import zipfile
import zlib
from functools import cache
from pathlib import Path


def zipped_bytes(package: Path) -> int:
    """Bytes of its files as they are packed for Lambda. Services share most of theirs: each is packed once."""
    with zipfile.ZipFile(package) as opened:
        shipped = [entry for entry in opened.infolist() if not entry.filename.endswith(".py")]
        return sum(_pack_size(opened, entry) for entry in shipped)


def _pack_size(opened: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    key = (entry.CRC, entry.file_size)
    if key not in _sizes():
        _sizes()[key] = len(zlib.compress(opened.read(entry), 9))
    return _sizes()[key]


@cache
def _sizes() -> dict[tuple[int, int], int]:
    return {}
