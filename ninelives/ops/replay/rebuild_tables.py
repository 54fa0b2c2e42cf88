"""The tables of a deployment's campaign projection, and the campaigns' own, as a rebuild needs them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.envelope import Event
from infra.environment import Environment
from ninelives.ops.outbox import read_events
from services.campaign.adapters.campaign_table import CampaignTable
from services.campaign.adapters.projection_table import ProjectionTable
from services.campaign.adapters.projection_versions import KEY, ProjectionVersions
from services.campaign.domain.projection import read_event
from services.campaign.domain.projection_version import TableName
from services.campaign.domain.streams import stream_of

DELETED_AT_ONCE, READ_AT_ONCE = 25, 100  # the most that BatchWriteItem and BatchGetItem take
Item = dict[str, Any]


class RawTable:
    """One table of the projection as raw items by their partition key, without the item that says which is live."""

    def __init__(self, dynamodb: Any, table: str) -> None:
        self._dynamodb, self._table = dynamodb, table

    def pages(self) -> Iterator[dict[str, Item]]:
        """All items, as many at once as a read of several keys takes."""
        pages = self._dynamodb.get_paginator("scan").paginate(
            TableName=self._table, ConsistentRead=True, PaginationConfig={"PageSize": READ_AT_ONCE}
        )
        for page in pages:
            yield {item["pk"]["S"]: item for item in page["Items"] if item["pk"] != KEY["pk"]}

    def get(self, keys: Sequence[str]) -> dict[str, Item]:
        """Those of at most 100 items that are there."""
        found: dict[str, Item] = {}
        wanted: Any = {}
        if keys:
            each = [{"pk": {"S": key}, "sk": {"S": "LINE"}} for key in keys]
            wanted = {self._table: {"Keys": each, "ConsistentRead": True}}
        while wanted:
            told = self._dynamodb.batch_get_item(RequestItems=wanted)
            found |= {item["pk"]["S"]: item for item in told["Responses"].get(self._table, ())}
            wanted = told.get("UnprocessedKeys")
        return found

    def clear(self) -> int:
        """Delete every item; how many there were."""
        cleared = 0
        for page in self.pages():
            deletes = [{"DeleteRequest": {"Key": {"pk": item["pk"], "sk": item["sk"]}}} for item in page.values()]
            cleared += len(deletes)
            for start in range(0, len(deletes), DELETED_AT_ONCE):
                waiting: Any = {self._table: deletes[start : start + DELETED_AT_ONCE]}
                while waiting:
                    waiting = self._dynamodb.batch_write_item(RequestItems=waiting).get("UnprocessedItems")
        return cleared


@dataclass(frozen=True)
class Owner:
    """The campaign service's own record: how many events each campaign has, and the events."""

    dynamodb: Any
    table: str

    def campaigns(self) -> Iterator[tuple[str, int]]:
        """Every campaign and the number of its last event. Reads the whole table once."""
        pages = self.dynamodb.get_paginator("scan").paginate(
            TableName=self.table,
            ConsistentRead=True,
            FilterExpression="#entity = :campaign",
            ProjectionExpression="pk, #sequence",
            ExpressionAttributeNames={"#entity": "entity", "#sequence": "sequence"},
            ExpressionAttributeValues={":campaign": {"S": "campaign"}},
        )
        for item in (item for page in pages for item in page["Items"]):
            yield item["pk"]["S"].removeprefix("CAMPAIGN#"), int(item["sequence"]["N"])

    def events(self, campaign_id: str, first: int, last: int) -> Iterator[Event]:
        """The events of a campaign from one number up to another, from its outbox: of every kind that is there."""
        for stored in read_events(self.dynamodb, self.table, stream_of(campaign_id), first, last):
            yield read_event(stored.detail_type, stored.detail)


class Projection:
    """The projection of a deployment. Raises `UnknownEnvironment` when it is not deployed."""

    def __init__(self, environment: Environment) -> None:
        self._dynamodb = environment.client("dynamodb")
        self._tables: dict[TableName, str] = {
            "projection": environment.find("campaign", "table/projection"),
            "side": environment.find("campaign", "table/projection-side"),
        }
        campaigns = environment.find("campaign", "table/campaign")
        self.versions = ProjectionVersions(self._dynamodb, self._tables)
        self.campaigns = CampaignTable(self._dynamodb, campaigns)
        self.owner = Owner(self._dynamodb, campaigns)

    def raw_table(self, table: TableName) -> RawTable:
        return RawTable(self._dynamodb, self._tables[table])

    def table(self, name: TableName) -> ProjectionTable:
        return ProjectionTable(self._dynamodb, self._tables[name])
