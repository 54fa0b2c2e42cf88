"""Somebody else's transactions, on the items that turns are written to: they check what is always so and write nothing.

Each is under way for as long as transactions last. So every writer meets some, also where players hardly meet.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError

from stagekit.transactions import CONFLICT, reasons
from tests.support.cloud import Cloud

MOST_CAMPAIGNS = 30  # a transaction has a hundred items
TELLER = "understudy"


class Rival:
    """`refused`: how often it met another's transaction itself."""

    def __init__(self, cloud: Cloud) -> None:
        self._client = cloud.client("dynamodb")
        self._tables = cloud.stack["tables"]
        self.refused = 0

    def meet(self, campaigns: list[str]) -> None:
        """One transaction on state, gate and feed of the latest of these, and on the line of today's costs."""
        checks = [self._check("metrics/metrics", f"LEDGER#{datetime.now(UTC):%Y-%m-%d}", TELLER)]
        for campaign in campaigns[-MOST_CAMPAIGNS:]:
            checks += [
                self._check("campaign/campaign", f"CAMPAIGN#{campaign}", "STATE"),
                self._check("gateway/gateway", f"CAMPAIGN#{campaign}", "META"),
                self._check("gateway/gateway", f"FEED#{campaign}", "META"),
            ]
        try:
            self._client.transact_write_items(TransactItems=checks)
        except ClientError as error:
            if CONFLICT not in reasons(error):
                raise
            self.refused += 1

    def _check(self, table: str, pk: str, sk: str) -> Any:
        always = "attribute_exists(pk) OR attribute_not_exists(pk)"
        key = {"pk": {"S": pk}, "sk": {"S": sk}}
        return {"ConditionCheck": {"TableName": self._tables[table], "Key": key, "ConditionExpression": always}}
