"""The worker of exports on the gateway's table: what it stores and whom it tells is remembered."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any, BinaryIO
from zipfile import ZipFile

from contracts.playerapi import AccountExport
from services.gateway.adapters.account_register import DynamoAccountRegister
from services.gateway.adapters.begun_erasures import DynamoBegunErasures
from services.gateway.adapters.cognito.directory import CognitoDirectory
from services.gateway.adapters.exports import DynamoExports
from services.gateway.adapters.feed import DynamoFeed
from services.gateway.adapters.player_sockets import DynamoPlayerSockets
from services.gateway.adapters.reports import DynamoReports
from services.gateway.adapters.turn_repository import DynamoTurnRepository
from services.gateway.adapters.zip_archive import zip_archive
from services.gateway.application.exports.making import make_export
from services.gateway.application.exports.ports import ContentDependencies, MakingDependencies
from services.gateway.domain.exports import ExportJob
from services.gateway.tests.player_client import TABLE, Answered, PlayerClient


class Worker:
    """`archives` is the bucket, by the file's name, `stored` all that ever came there; `told` what was said to which
    connection."""

    def __init__(self, game: PlayerClient) -> None:
        self.game = game
        self.archives: dict[str, bytes] = {}
        self.stored: list[str] = []
        self.before_finishing: Callable[[], object] | None = None
        self.told: list[tuple[str, AccountExport]] = []
        pool: Any = game.cognito
        self.deps = MakingDependencies(
            contents=ContentDependencies(
                turns=DynamoTurnRepository(game.dynamodb, TABLE),
                services=game.stages,
                erasures=DynamoBegunErasures(game.dynamodb, TABLE),
                feed=DynamoFeed(game.dynamodb, TABLE, game.clock.pause),
                reports=DynamoReports(game.dynamodb, TABLE),
                directory=CognitoDirectory(pool, "pool"),
                accounts=DynamoAccountRegister(game.dynamodb, TABLE),
            ),
            exports=DynamoExports(game.dynamodb, TABLE),
            archives=self,
            open_archive=zip_archive,
            sockets=DynamoPlayerSockets(game.dynamodb, TABLE),
            tell=lambda connection, export: self.told.append((connection, export)),
            now=game.clock.now,
        )

    def store(self, file: str, content: BinaryIO) -> None:
        self.archives[file] = content.read()
        self.stored.append(file)
        if at_last := self.before_finishing:
            self.before_finishing = None
            at_last()

    def remove(self, file: str) -> None:
        self.archives.pop(file, None)

    def archive(self, export: str) -> bytes:
        """The one file of an export."""
        [found] = [content for file, content in self.archives.items() if file.startswith(export)]
        return found

    def work(self, *jobs: ExportJob) -> None:
        """These jobs, or all there are."""
        for job in jobs or self.game.jobs:
            make_export(job, self.deps)

    def files(self, export: str) -> dict[str, bytes]:
        with ZipFile(BytesIO(self.archive(export))) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def json(self, export: str, path: str) -> Any:
        return json.loads(self.files(export)[path])


def begin(game: PlayerClient, player: str = "ada") -> Answered:
    return game.ask("POST", "/v1/account/export", player=player, username=f"guest-{player}")


def show(game: PlayerClient, export: str, player: str = "ada") -> Answered:
    return game.ask("GET", f"/v1/account/export/{export}", player=player)
