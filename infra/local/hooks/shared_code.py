"""The workers of a function share one unpacked copy of its code, as a cold start on AWS does not unpack it, either.

The emulator unpacks the whole asset for every worker. The copy is made once per content and is not written to:
on AWS, too, /var/task is read-only.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import threading
import types
import zipfile
from pathlib import Path
from typing import Any

from ministack.core import lambda_runtime

from infra.local.hooks.surface import need

_unpacking = threading.Lock()


def _digest(archive: zipfile.ZipFile) -> str:
    """Of the names and checksums in its table of contents: quicker than reading it all for every worker."""
    contents = [(entry.filename, entry.CRC, entry.file_size) for entry in archive.infolist()]
    return hashlib.sha256(repr(contents).encode()).hexdigest()[:24]


def _unpack(archive: zipfile.ZipFile) -> Path:
    """The directory that holds the content of this archive; made when there is none yet."""
    copies = Path(tempfile.gettempdir()) / "code"
    copy = copies / _digest(archive)
    with _unpacking:
        if not copy.exists():
            partial = copies / "partial"
            shutil.rmtree(partial, ignore_errors=True)
            zipfile.ZipFile.extractall(archive, partial)
            partial.rename(copy)
    return copy


class _Shared(zipfile.ZipFile):
    """A function's archive: its content is linked from the shared copy instead of being unpacked again."""

    def extractall(self, path: Any = None, *rest: Any, **more: Any) -> None:
        target = Path(path) if path else None
        if target is None or target.name != "code" or not self.filename:
            super().extractall(path, *rest, **more)
            return
        copy = _unpack(self)
        target.rmdir()
        target.symlink_to(copy, target_is_directory=True)
        Path(self.filename).unlink()  # the emulator writes one for every worker and never reads it again


def install() -> None:
    need(lambda_runtime, "zipfile")
    shared = types.ModuleType("zipfile")
    shared.__dict__.update(vars(zipfile))
    setattr(shared, "ZipFile", _Shared)  # noqa: B010
    lambda_runtime.zipfile = shared
