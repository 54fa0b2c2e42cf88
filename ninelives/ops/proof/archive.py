"""A campaign service's table as a witness: first states, records of turns, and the outbox its events leave from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from contracts.campaign import RecentTurn, TurnCommitted, TurnResolvedV1
from ninelives.ops.proof.outbox import hashes_told, turns_told
from services.campaign.adapters.campaign_table import CampaignTable
from services.campaign.adapters.items import number_key

if TYPE_CHECKING:
    from infra.environment import Environment


class Archive:
    """The campaigns of a deployment as they are stored. Only ever reads."""

    def __init__(self, dynamodb: Any, table: str) -> None:
        self._dynamodb, self._table = dynamodb, table
        self.store = CampaignTable(dynamodb, table)

    @classmethod
    def of(cls, environment: Environment) -> Archive:
        """Raises UnknownEnvironment when campaign is not deployed there."""
        return cls(environment.client("dynamodb"), environment.find("campaign", "table/campaign"))

    def hashes_told(self, campaign_id: str) -> dict[int, str]:
        """See `ninelives.ops.proof.outbox`."""
        return hashes_told(self._dynamodb, self._table, campaign_id)

    def turns_told(self, campaign_id: str) -> Iterator[TurnResolvedV1]:
        """See `ninelives.ops.proof.outbox`."""
        return turns_told(self._dynamodb, self._table, campaign_id)

    def record(self, event: TurnResolvedV1) -> TurnCommitted | None:
        """The whole of the turn that this event tells of."""
        turn_id = event.metadata.turn_id
        found = self.store.turn(event.metadata.campaign_id, turn_id) if turn_id else None
        return found if isinstance(found, TurnCommitted) else None

    def words(self, campaign_id: str, first: int, last: int) -> dict[int, RecentTurn]:
        """The words of the turns `first` to `last`, by their number."""
        begin, end = number_key(campaign_id, first), number_key(campaign_id, max(first, last))
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues={":pk": begin["pk"], ":first": begin["sk"], ":last": end["sk"]},
            ConsistentRead=True,
        )
        told = (RecentTurn.model_validate_json(item["recent"]["S"]) for page in pages for item in page["Items"])
        return {turn.number: turn for turn in told}
