"""The record of a deployment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial

from infra.environment import Environment
from ninelives.ops.audit.owners import owners_of
from ninelives.ops.audit.record import Record
from ninelives.ops.audit.verification import Verifier
from services.audit.domain.chain import Head


def verifier_of(environment: Environment, lag: timedelta, saved: Mapping[str, Head]) -> Verifier:
    """Raises UnknownEnvironment when one of the three services is not deployed there."""
    dynamodb = environment.client("dynamodb")
    return Verifier(
        record=Record(dynamodb, environment.find("audit", "table/audit")),
        owners=owners_of(
            dynamodb, environment.find("campaign", "table/campaign"), environment.find("gateway", "table/gateway")
        ),
        now=partial(datetime.now, UTC),
        lag=lag,
        saved=saved,
    )
