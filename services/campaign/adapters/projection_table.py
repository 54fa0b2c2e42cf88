"""A table of the projection: one row per campaign, found by owner and by rank through two indexes.

    pk              sk      line                by-owner: gsi1pk, gsi1sk            standings: gsi2pk, gsi2sk
    CAMPAIGN#<id>   LINE    the row as JSON     OWNER#<owner>, <touched at>#<id>    BOARD#<world>, <order key>

The index attributes are written once the row is complete, so that a half-known campaign is in no list. An item follows
from the events seen and from nothing else: two tables that saw the same events hold the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from services.campaign.domain.projection import CampaignRow, StoredRow, summary_of
from services.campaign.domain.standings import board_key, board_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

BY_OWNER, STANDINGS = "by-owner", "standings"


class ProjectionTable:
    """Rows are replaced whole, each on what was read."""

    def __init__(self, dynamodb: DynamoDBClient, table: str) -> None:
        self._dynamodb = dynamodb
        self._table = table

    def read(self, campaign_id: str) -> StoredRow:
        """The row, and the JSON it is stored as; None and None before the first event. Raises ValueError when what is
        stored is no row."""
        key = row_key(campaign_id)
        return row_of(self._dynamodb.get_item(TableName=self._table, Key=key, ConsistentRead=True).get("Item"))

    def replace(self, row: CampaignRow, before: str | None) -> bool:
        """Write the row if what is stored is still this JSON, or still nothing."""
        condition: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(pk)"}
        if before is not None:
            values = {":before": {"S": before}}
            condition = {"ConditionExpression": "line = :before", "ExpressionAttributeValues": values}
        try:
            self._dynamodb.put_item(TableName=self._table, Item=item_of(row), **condition)
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def page(self, owner: str, limit: int, after: tuple[str, str] | None) -> tuple[Sequence[CampaignRow], Any]:
        """Rows of this owner, last touched first, and where the next page starts: (campaign id, touch key)."""
        start: dict[str, Any] = {}
        if after is not None:
            key = {**row_key(after[0]), "gsi1pk": {"S": owner_key(owner)}, "gsi1sk": {"S": after[1]}}
            start = {"ExclusiveStartKey": key}
        found = self._dynamodb.query(
            TableName=self._table,
            IndexName=BY_OWNER,
            KeyConditionExpression="gsi1pk = :owner",
            ExpressionAttributeValues={":owner": {"S": owner_key(owner)}},
            ScanIndexForward=False,
            Limit=limit,
            **start,
        )
        last = found.get("LastEvaluatedKey")
        following = last and (last["pk"]["S"].partition("#")[2], last["gsi1sk"]["S"])
        return _rows(found["Items"]), following

    def best(self, world: str, limit: int) -> Sequence[CampaignRow]:
        """The rows of this world that rank first, in one query."""
        found = self._dynamodb.query(
            TableName=self._table,
            IndexName=STANDINGS,
            KeyConditionExpression="gsi2pk = :board",
            ExpressionAttributeValues={":board": {"S": board_of(world)}},
            Limit=limit,
        )
        return _rows(found["Items"])


def row_of(item: Mapping[str, Any] | None) -> StoredRow:
    """The row in an item, and the JSON it is stored as."""
    if item is None:
        return None, None
    stored = item["line"]["S"]
    return CampaignRow.model_validate_json(stored), stored


def item_of(row: CampaignRow) -> dict[str, Any]:
    """The item that holds the row."""
    item: dict[str, Any] = {**row_key(row.campaign_id), "line": {"S": row.model_dump_json()}}
    if summary_of(row) is None or row.owner is None:
        return item
    item |= {"gsi1pk": {"S": owner_key(row.owner)}, "gsi1sk": {"S": touch_key(row.touched_at, row.campaign_id)}}
    place = board_key(row)
    return item if place is None else item | {"gsi2pk": {"S": place[0]}, "gsi2sk": {"S": place[1]}}


def owner_key(owner: str) -> str:
    return f"OWNER#{owner}"


def touch_key(touched_at: datetime, campaign_id: str) -> str:
    """Sorts as text in the order of time: always UTC, always microseconds."""
    return f"{touched_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}#{campaign_id}"


def _rows(items: Sequence[Any]) -> Sequence[CampaignRow]:
    return [CampaignRow.model_validate_json(item["line"]["S"]) for item in items]


def row_key(campaign_id: str) -> dict[str, Any]:
    return {"pk": {"S": f"CAMPAIGN#{campaign_id}"}, "sk": {"S": "LINE"}}
