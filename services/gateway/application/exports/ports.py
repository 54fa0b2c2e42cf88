"""Ports of archives of players."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO, Protocol

from contracts.envelope import TurnId
from services.gateway.application.accounts.expiry import AccountReader
from services.gateway.application.accounts.ports import PlayerSockets
from services.gateway.application.erased_players import BegunErasures
from services.gateway.application.live.ports import Feed
from services.gateway.application.ports import TurnRepository
from services.gateway.application.service_calls import ServiceFunctions
from services.gateway.domain.archives import ArchiveEntry, ArchiveFile
from services.gateway.domain.exports import DataExport
from services.gateway.domain.reports import StoryReport
from services.gateway.domain.sessions import PlayerEntry

if TYPE_CHECKING:
    from contracts.playerapi import AccountExport


class ExportWriter(Protocol):
    """Exports, as the worker writes them. A write that returns False did not find the one before as it was."""

    def of(self, player: str) -> DataExport | None: ...
    def put(self, export: DataExport, before: DataExport) -> bool: ...


class Archives(Protocol):
    """The store of archives, by the names of files."""

    def store(self, file: str, content: BinaryIO) -> None: ...
    def remove(self, file: str) -> None: ...


class OpenArchive(Protocol):
    """An archive that is being written."""

    content: BinaryIO

    def add(self, file: ArchiveFile, now: datetime) -> ArchiveEntry: ...

    def seal(self) -> tuple[int, str]:
        """End the writing: nothing more is added. Returns (bytes, SHA-256 in hex), and `content` is read from its
        beginning."""


class PlayerDirectory(Protocol):
    """The pool's entries of players, with their e-mails."""

    def find(self, username: str) -> PlayerEntry | None: ...


class ReportReader(Protocol):
    """Reports by the turn they are of."""

    def of_turns(self, turns: Sequence[TurnId]) -> list[StoryReport]:
        """At most a hundred turns in one call."""


@dataclass(frozen=True)
class ContentDependencies:
    """The sources of what goes into an archive."""

    turns: TurnRepository
    services: ServiceFunctions
    erasures: BegunErasures
    feed: Feed
    reports: ReportReader
    directory: PlayerDirectory
    accounts: AccountReader


@dataclass(frozen=True)
class MakingDependencies:
    """Everything an archive is made with. `tell` says to one connection that it is ready: a hint."""

    contents: ContentDependencies
    exports: ExportWriter
    archives: Archives
    open_archive: Callable[[], AbstractContextManager[OpenArchive]]
    sockets: PlayerSockets
    tell: Callable[[str, AccountExport], None]
    now: Callable[[], datetime]
