"""Dependencies of the function `export`. Cached per container; reads the environment on the first call."""

from __future__ import annotations

import os
import time
from functools import cache
from typing import TYPE_CHECKING

from contracts.playerapi import SocketMessage
from services.gateway.adapters.account_register import DynamoAccountRegister
from services.gateway.adapters.begun_erasures import DynamoBegunErasures
from services.gateway.adapters.cognito.directory import CognitoDirectory
from services.gateway.adapters.exports import DynamoExports
from services.gateway.adapters.feed import DynamoFeed
from services.gateway.adapters.player_sockets import DynamoPlayerSockets
from services.gateway.adapters.reports import DynamoReports
from services.gateway.adapters.zip_archive import zip_archive
from services.gateway.application.exports.ports import ContentDependencies, MakingDependencies
from services.gateway.wiring.archives import archives
from services.gateway.wiring.clients import dynamodb, now, table
from services.gateway.wiring.functions import service_functions
from services.gateway.wiring.sending import sender
from services.gateway.wiring.turns import turn_repository
from stagekit.clients import client

if TYPE_CHECKING:
    from contracts.playerapi import AccountExport


@cache
def making_dependencies() -> MakingDependencies:
    return MakingDependencies(
        contents=ContentDependencies(
            turns=turn_repository(),
            services=service_functions(),
            erasures=DynamoBegunErasures(dynamodb(), table()),
            feed=DynamoFeed(dynamodb(), table(), time.sleep),
            reports=DynamoReports(dynamodb(), table()),
            directory=CognitoDirectory(client("cognito-idp", read=5, tries=3), os.environ["USER_POOL_ID"]),
            accounts=DynamoAccountRegister(dynamodb(), table()),
        ),
        exports=DynamoExports(dynamodb(), table()),
        archives=archives(),
        open_archive=zip_archive,
        sockets=DynamoPlayerSockets(dynamodb(), table()),
        tell=_tell,
        now=now,
    )


def _tell(connection: str, export: AccountExport) -> None:
    sender().send(connection, SocketMessage(type="export", export=export).model_dump_json(exclude_none=True))
