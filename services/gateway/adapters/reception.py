"""The reception of this container: clients made once, configuration read on first use."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

from services.gateway.adapters.accounts_register import DynamoRegister
from services.gateway.adapters.cognito import CognitoPool
from services.gateway.adapters.desk import limits_in_force
from services.gateway.domain.accounts_ports import Reception
from stagekit.clients import client


@cache
def reception(notice: Callable[[str], None], uncounted: Callable[[], None]) -> Reception:
    pool, app = os.environ["USER_POOL_ID"], os.environ["USER_POOL_CLIENT_ID"]
    return Reception(
        pool=CognitoPool(client("cognito-idp", read=5, tries=3), pool, app, notice),
        register=DynamoRegister(client("dynamodb", tries=3), os.environ["GATEWAY_TABLE"]),
        now=lambda: datetime.now(UTC),
        notice=notice,
        limits=limits_in_force(uncounted),
    )
