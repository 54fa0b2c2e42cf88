"""Dependencies of the function `erase`. Cached per container; read the environment on the first call."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from functools import cache

from services.gateway.adapters.account_register import DynamoAccountRegister
from services.gateway.adapters.cognito.pool import CognitoPool
from services.gateway.adapters.connections import DynamoConnections
from services.gateway.adapters.erasures import DynamoErasures
from services.gateway.adapters.exports import DynamoExports, PlayerArchives
from services.gateway.adapters.player_items import DynamoPlayerItems
from services.gateway.adapters.player_sockets import DynamoPlayerSockets
from services.gateway.adapters.websocket_sender import WebSocketSender
from services.gateway.application.erasing.ports import ErasingDependencies
from services.gateway.wiring.archives import archives
from services.gateway.wiring.clients import dynamodb, now, table, warn
from services.gateway.wiring.functions import service_functions
from services.gateway.wiring.management import management
from stagekit.clients import client


@cache
def erasing_dependencies() -> ErasingDependencies:
    pool = CognitoPool(client("cognito-idp", read=5, tries=3), os.environ["USER_POOL_ID"], "", warn)
    return ErasingDependencies(
        erasures=DynamoErasures(dynamodb(), table()),
        items=DynamoPlayerItems(dynamodb(), table()),
        pool=pool,
        register=DynamoAccountRegister(dynamodb(), table()),
        sockets=DynamoPlayerSockets(dynamodb(), table()),
        connections=DynamoConnections(dynamodb(), table()),
        close=WebSocketSender(management, warn).close,
        services=service_functions(),
        now=now,
        pause=time.sleep,
        turn_ends=timedelta(seconds=int(os.environ["TURN_ENDS_SECONDS"])),
        settles=timedelta(seconds=int(os.environ["ERASURE_SETTLES_SECONDS"])),
        archives=PlayerArchives(DynamoExports(dynamodb(), table()), archives().remove),
    )
