"""The record of a deployment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial

from infra.site import Site
from ninelives.ops.audit.owners import owners_of
from ninelives.ops.audit.record import Record
from ninelives.ops.audit.verification import Verifier
from services.audit.domain.chain import Head


def verifier_of(site: Site, lag: timedelta, saved: Mapping[str, Head]) -> Verifier:
    """Raises infra.site.Unknown when one of the three services is not deployed there."""
    dynamodb = site.client("dynamodb")
    return Verifier(
        record=Record(dynamodb, site.name("audit", "table/audit")),
        owners=owners_of(dynamodb, site.name("campaign", "table/campaign"), site.name("gateway", "table/gateway")),
        now=partial(datetime.now, UTC),
        lag=lag,
        saved=saved,
    )
