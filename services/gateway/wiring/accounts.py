"""The reception of this container: clients made once, configuration read on first use."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

import boto3

from services.gateway.adapters.account_register import DynamoRegister
from services.gateway.adapters.cognito.pool import CognitoPool
from services.gateway.application.accounts.ports import Reception
from services.gateway.wiring.player import limits_in_force, quick


@cache
def reception(notice: Callable[[str], None], uncounted: Callable[[], None]) -> Reception:
    pool, app = os.environ["USER_POOL_ID"], os.environ["USER_POOL_CLIENT_ID"]
    return Reception(
        pool=CognitoPool(boto3.client("cognito-idp", config=quick(5)), pool, app, notice),
        register=DynamoRegister(boto3.client("dynamodb", config=quick(3)), os.environ["GATEWAY_TABLE"]),
        now=lambda: datetime.now(UTC),
        notice=notice,
        limits=limits_in_force(uncounted),
    )
