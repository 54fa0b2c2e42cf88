"""The projection's table: one line per campaign, listed by owner through the index `by-owner`.

    pk              sk      line                            gsi1pk           gsi1sk
    CAMPAIGN#<id>   LINE    the line as JSON, `revision`    OWNER#<owner>    <touched at>#<id>

The index attributes are written once the line is complete, so that a half-known campaign is in no list.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from services.campaign.domain.projection import Line, summary_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

INDEX = "by-owner"


class Lines:
    """Lines are replaced whole, each on the revision it was read at."""

    def __init__(self, dynamodb: DynamoDBClient, table: str) -> None:
        self._dynamodb = dynamodb
        self._table = table

    def read(self, campaign_id: str) -> tuple[Line | None, int]:
        """The line and its revision; None and 0 before the first event."""
        item = self._dynamodb.get_item(TableName=self._table, Key=_key(campaign_id), ConsistentRead=True).get("Item")
        if item is None:
            return None, 0
        return Line.model_validate_json(item["line"]["S"]), int(item["revision"]["N"])

    def replace(self, line: Line, revision: int) -> bool:
        """Write the line if it is still at this revision."""
        item: dict[str, Any] = {
            **_key(line.campaign_id),
            "line": {"S": line.model_dump_json()},
            "revision": {"N": str(revision + 1)},
        }
        if summary_of(line) is not None:
            item["gsi1pk"] = {"S": owner_key(line.owner)}
            item["gsi1sk"] = {"S": touch_key(line.touched_at, line.campaign_id)}
        try:
            self._dynamodb.put_item(
                TableName=self._table,
                Item=item,
                ConditionExpression="attribute_not_exists(pk) OR revision = :read",
                ExpressionAttributeValues={":read": {"N": str(revision)}},
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def page(self, owner: str, limit: int, after: tuple[str, str] | None) -> tuple[Sequence[Line], Any]:
        """Lines of this owner, last touched first, and where the next page starts: (campaign id, touch key)."""
        request: dict[str, Any] = {
            "TableName": self._table,
            "IndexName": INDEX,
            "KeyConditionExpression": "gsi1pk = :owner",
            "ExpressionAttributeValues": {":owner": {"S": owner_key(owner)}},
            "ScanIndexForward": False,
            "Limit": limit,
        }
        if after is not None:
            request["ExclusiveStartKey"] = {
                **_key(after[0]),
                "gsi1pk": {"S": owner_key(owner)},
                "gsi1sk": {"S": after[1]},
            }
        found = self._dynamodb.query(**request)
        last = found.get("LastEvaluatedKey")
        following = last and (last["pk"]["S"].partition("#")[2], last["gsi1sk"]["S"])
        return [Line.model_validate_json(item["line"]["S"]) for item in found["Items"]], following


def owner_key(owner: str) -> str:
    return f"OWNER#{owner}"


def touch_key(touched_at: datetime, campaign_id: str) -> str:
    """Sorts as text in the order of time: always UTC, always microseconds."""
    return f"{touched_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}#{campaign_id}"


def _key(campaign_id: str) -> dict[str, Any]:
    return {"pk": {"S": f"CAMPAIGN#{campaign_id}"}, "sk": {"S": "LINE"}}
