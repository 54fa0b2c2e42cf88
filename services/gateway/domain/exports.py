"""Archives of what is held about a player: one at a time, made by a worker, kept for a day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Literal

from contracts.envelope import Value
from contracts.playerapi import Export, ExportId

GIVEN_UP = timedelta(minutes=10)
"""After it nobody works on an archive any more: it was tried three times."""
KEPT = timedelta(days=1)
LINK_LIFE = timedelta(minutes=5)


@dataclass(frozen=True)
class Archive:
    """A finished archive. `sha256` in hex, of the whole file."""

    size: int
    sha256: str
    made_at: datetime


@dataclass(frozen=True)
class Link:
    """Opens an archive without a token, until it expires."""

    url: str
    expires_at: datetime


@dataclass(frozen=True)
class DataExport:
    """An archive of a player's, asked for and perhaps made. `lost`: its worker was never told."""

    export_id: ExportId
    player: str
    begun_at: datetime
    archive: Archive | None = None
    lost: bool = False

    def state(self, now: datetime) -> Literal["running", "ready", "failed"]:
        if self.archive:
            return "ready"
        return "failed" if self.lost or now >= self.begun_at + GIVEN_UP else "running"

    @property
    def kept_until(self) -> datetime:
        return (self.archive.made_at if self.archive else self.begun_at) + KEPT


class ExportJob(Value):
    """What the worker is told. `replaces`: the player's archive before, which goes."""

    player: str
    username: str
    export_id: ExportId
    replaces: ExportId | None = None


def describe_export(export: DataExport, now: datetime, link: Link | None = None) -> Export:
    """As the player reads it."""
    archive = export.archive
    return Export(
        export_id=export.export_id,
        state=export.state(now),
        begun_at=export.begun_at,
        kept_until=export.kept_until if archive else None,
        bytes=archive.size if archive else None,
        sha256=archive.sha256 if archive else None,
        link=link.url if link else None,
        link_expires_at=link.expires_at if link else None,
    )


@dataclass(frozen=True)
class ArchiveFile:
    """A file of an archive, told piece by piece: it may be larger than what a worker remembers."""

    path: str
    about: str
    text: Iterable[str]


@dataclass(frozen=True)
class ArchiveEntry:
    """A line of an archive's manifest."""

    path: str
    about: str
    bytes: int
    sha256: str


def make_manifest(export: DataExport, entries: Sequence[ArchiveEntry], now: datetime) -> str:
    """What is in the archive, so that anybody can see that nothing is missing or changed."""
    told = {
        "about": "Everything that the Nine Lives player API can tell about you, as JSON.",
        "export_id": export.export_id,
        "player_id": export.player,
        "made_at": now.isoformat(),
        "files": [asdict(each) for each in entries],
    }
    return json.dumps(told, indent=1)


def as_array(values: Iterable[str]) -> Iterator[str]:
    """These JSON values as one array, a line each."""
    separator = "[\n"
    for value in values:
        yield separator + value
        separator = ",\n"
    yield "\n]\n" if separator == ",\n" else "[]\n"
