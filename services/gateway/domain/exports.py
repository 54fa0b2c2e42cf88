"""Archives of what is held about a player: one at a time, made by a worker, kept for a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from contracts.envelope import Value
from contracts.playerapi import AccountExport, ExportId

GIVEN_UP = timedelta(minutes=10)
"""After it nobody works on an archive any more: it was tried three times."""
KEPT = timedelta(days=1)
LINK_LIFE = timedelta(minutes=5)
MOST_FILES = 40
"""More than workers store of what a player may ask for while archives are kept."""


@dataclass(frozen=True)
class ExportArchive:
    """A finished archive. `sha256` in hex, of the whole file; `file` is its name in the store."""

    size: int
    sha256: str
    made_at: datetime
    file: str


@dataclass(frozen=True)
class DownloadLink:
    """Opens an archive without a token, until it expires."""

    url: str
    expires_at: datetime


@dataclass(frozen=True)
class DataExport:
    """An archive of a player's, asked for and perhaps made. `lost`: its worker was never told. `stored`: files that
    workers have begun to store, each copy of the job its own. `replaces`: files of archives before it, the oldest
    first. The worker removes them, and so does whoever erases the player: one that was being stored may come late."""

    export_id: ExportId
    player: str
    begun_at: datetime
    archive: ExportArchive | None = None
    lost: bool = False
    replaces: tuple[str, ...] = ()
    stored: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """All that may be in the bucket. Before names were written down, the one file was named by its export's id."""
        made = (self.archive.file,) if self.archive else ()
        return tuple(dict.fromkeys((*self.replaces, *self.stored, *made)))[-MOST_FILES:]

    def state(self, now: datetime) -> Literal["running", "ready", "failed"]:
        if self.archive:
            return "ready"
        return "failed" if self.lost or now >= self.begun_at + GIVEN_UP else "running"

    @property
    def kept_until(self) -> datetime:
        return (self.archive.made_at if self.archive else self.begun_at) + KEPT


def name_file(export: ExportId, sha256: str) -> str:
    """The name of a file of an export: another one for other content, so that a copy of the job which comes late writes
    over nothing."""
    return f"{export}.{sha256[:16]}"


class ExportJob(Value):
    """The worker's job."""

    player: str
    username: str
    export_id: ExportId


def describe_export(export: DataExport, now: datetime, link: DownloadLink | None = None) -> AccountExport:
    """As the player reads it."""
    archive = export.archive
    return AccountExport(
        export_id=export.export_id,
        state=export.state(now),
        begun_at=export.begun_at,
        kept_until=export.kept_until if archive else None,
        bytes=archive.size if archive else None,
        sha256=archive.sha256 if archive else None,
        link=link.url if link else None,
        link_expires_at=link.expires_at if link else None,
    )
