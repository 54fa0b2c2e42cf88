"""Dependencies of the function `accounts`. Cached per container; reads the environment on the first call."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from services.gateway.adapters.account_register import DynamoAccountRegister
from services.gateway.adapters.cognito.pool import CognitoPool
from services.gateway.adapters.connections import DynamoConnections
from services.gateway.adapters.erasures import DynamoErasures
from services.gateway.adapters.guests import DynamoGuests
from services.gateway.adapters.player_sockets import DynamoPlayerSockets
from services.gateway.adapters.websocket_sender import WebSocketSender
from services.gateway.application.accounts.ports import AccountDependencies
from services.gateway.wiring.clients import dynamodb, now, table, warn
from services.gateway.wiring.limits import rate_limiter
from services.gateway.wiring.management import management
from stagekit.clients import client

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient


def _asked_once() -> CognitoIdentityProviderClient:
    return client("cognito-idp", read=5, tries=1)


@cache
def account_dependencies() -> AccountDependencies:
    pool, app = os.environ["USER_POOL_ID"], os.environ["USER_POOL_CLIENT_ID"]
    return AccountDependencies(
        pool=CognitoPool(client("cognito-idp", read=5, tries=3), pool, app, warn, _asked_once()),
        register=DynamoAccountRegister(dynamodb(), table()),
        guests=DynamoGuests(dynamodb(), table()),
        sockets=DynamoPlayerSockets(dynamodb(), table()),
        close=WebSocketSender(management, warn).close,
        forget=DynamoConnections(dynamodb(), table()).forget,
        now=now,
        pause=time.sleep,
        notice=warn,
        limiter=rate_limiter(),
        erasures=DynamoErasures(dynamodb(), table()),
        settles=timedelta(seconds=int(os.environ.get("ERASURE_SETTLES_SECONDS", "90"))),
    )
