"""The files of a player's archive, and the manifest that lists them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from services.gateway.domain.exports import DataExport


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
    """The archive's contents, so that anybody can see that nothing is missing or changed."""
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
