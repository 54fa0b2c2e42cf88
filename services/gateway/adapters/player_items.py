"""Items that the gateway's table holds of a player and their campaigns, to be erased (see `items` for its layout).

Events stay, and so does a campaign's gate, which counts them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from contracts.envelope import CampaignId, TurnId
from contracts.gateway import TurnAcceptedV1
from services.gateway.adapters import feed_items as feeds
from services.gateway.adapters import items
from services.gateway.adapters.account_register import ACCOUNT
from services.gateway.adapters.conditional_writes import commit
from services.gateway.adapters.exports import EXPORT
from services.gateway.adapters.reports import report_key
from services.gateway.domain.erasures import Visit
from services.gateway.domain.keys import derive_campaign_id
from services.gateway.domain.records import Gate
from services.gateway.domain.streams import stream_of
from stagekit import outbox
from stagekit.deletes import delete, delete_partition

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

PAGE = 100
_KEY, _TURN = "KEY#", "TURN#"


class DynamoPlayerItems:
    """Implements the port PlayerItems. Reads are consistent."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def campaigns_of(self, player: str) -> Iterator[CampaignId]:
        """A key that holds an answer made a campaign, whose id follows from it."""
        for each in self._query(f"PLAYER#{player}", _KEY):
            if "answer" in each:
                yield derive_campaign_id(player, each["sk"]["S"].removeprefix(_KEY))

    def delete_player(self, player: str, visit: Visit) -> None:
        """All but what leads to more: that there was an erasure, to which e-mail the account is, should a request from
        before have begun one anew (the register takes that away, last of all it has), and at the first visit which
        archives there are: one that was being stored may come late."""
        kept = [items.key_of_erasure(player)["sk"]["S"], ACCOUNT, *([EXPORT] if visit == "first" else [])]
        self._delete_partition(f"PLAYER#{player}", *kept)
        self._delete_partition(f"LIMIT#{player}")

    def turns_since(self, campaign: CampaignId, since: datetime) -> Iterator[TurnId]:
        for each in self._query(f"STREAM#{stream_of(campaign)}", newest_first=True):
            event = outbox.read(each)
            metadata = event.detail["metadata"]
            if datetime.fromisoformat(metadata["occurred_at"]) < since:
                return
            if event.detail_type == TurnAcceptedV1.detail_type:
                yield metadata["turn_id"]

    def gate(self, campaign: CampaignId) -> Gate | None:
        key = items.key_of_gate(campaign)
        found = self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True).get("Item")
        return items.gate(found) if found else None

    def shut(self, gate: Gate) -> bool:
        """For good; its events stay counted. The only change that is no event of the gateway's: nothing can follow."""
        shut = {
            "TableName": self._table,
            "Key": items.key_of_gate(gate.campaign_id),
            "UpdateExpression": "SET #status = :erased REMOVE active_turn",
            "ConditionExpression": "#sequence = :seen",
            "ExpressionAttributeNames": {"#sequence": "sequence", "#status": "status"},
            "ExpressionAttributeValues": items.item({":erased": "erased", ":seen": gate.sequence}),
        }
        return commit(self._client, [{"Update": shut}])

    def delete_turns(self, campaign: CampaignId) -> None:
        found = [each["sk"]["S"] for each in self._query(items.key_of_gate(campaign)["pk"]["S"], _TURN)]
        turns = [each.removeprefix(_TURN) for each in found]
        delete(self._client, self._table, [report_key(turn) for turn in turns])
        delete(self._client, self._table, [items.key_of_turn(campaign, turn) for turn in turns])

    def delete_feed(self, campaign: CampaignId) -> None:
        self._delete_partition(feeds.place_of(campaign))

    def _delete_partition(self, pk: str, *but: str) -> None:
        while delete_partition(self._client, self._table, pk, most=PAGE + len(but), but=but):
            pass

    def _query(self, pk: str, prefix: str = "", newest_first: bool = False) -> Iterator[Mapping[str, Any]]:
        values = {":pk": pk, ":prefix": prefix or None}
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression=f"pk = :pk{' AND begins_with(sk, :prefix)' if prefix else ''}",
            ExpressionAttributeValues=items.item(values),
            ConsistentRead=True,
            ScanIndexForward=not newest_first,
            PaginationConfig={"PageSize": PAGE},
        )
        return (item for page in pages for item in page["Items"])
