"""Dependencies of the function `erase` for guests who have expired. Cached per container."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial

from services.gateway.adapters.account_register import DynamoAccountRegister
from services.gateway.adapters.erasures import DynamoErasures
from services.gateway.application.accounts.expiry import ExpiryDependencies
from services.gateway.application.erasing.beginning import Erasures, begin_erasure
from services.gateway.wiring.clients import dynamodb, now, table


@dataclass(frozen=True)
class _Beginning:
    erasures: Erasures
    settles: timedelta
    now: Callable[[], datetime]


@cache
def expiry_dependencies() -> ExpiryDependencies:
    settles = timedelta(seconds=int(os.environ["ERASURE_SETTLES_SECONDS"]))
    beginning = _Beginning(DynamoErasures(dynamodb(), table()), settles, now)
    return ExpiryDependencies(DynamoAccountRegister(dynamodb(), table()), partial(begin_erasure, deps=beginning))
