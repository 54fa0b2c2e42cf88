"""The two tables of the projection, and the one item that says which of them is live.

    table    pk           sk   what
    first    GENERATION   -    live, building (absent when nothing is), revision; absent: the first is live

Whoever writes a row reads the item first, consistently. An event whose writer read it before a rebuild was claimed was
committed before that, so it is in the owner's outbox when the rebuild fills its gaps from there; whoever reads it later
writes to both tables. So nothing is missing from either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from services.campaign.adapters.projection_table import ProjectionTable, row_key, row_of
from services.campaign.domain.projection import Read
from services.campaign.domain.projection_version import Building, ProjectionVersion, TableName
from stagekit.reads import get_all_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEY: dict[str, Any] = {"pk": {"S": "GENERATION"}, "sk": {"S": "-"}}


class ProjectionVersions:
    """Reads are consistent; a change is made only if nobody else made one."""

    def __init__(self, dynamodb: DynamoDBClient, tables: Mapping[TableName, str]) -> None:
        self._dynamodb = dynamodb
        self._names = tables
        self._first = tables["projection"]
        self._tables = {table: ProjectionTable(dynamodb, name) for table, name in tables.items()}

    def read(self) -> ProjectionVersion:
        """The version now: what is live and what is being built."""
        return _version(self._dynamodb.get_item(TableName=self._first, Key=KEY, ConsistentRead=True).get("Item"))

    def replace(self, changed: ProjectionVersion) -> bool:
        """Store a version made of the one that was read; False when another change came between."""
        item = {**KEY, "live": {"S": changed.live}, "revision": {"N": str(changed.revision)}}
        if changed.building is not None:
            item["building"] = {"S": changed.building.model_dump_json()}
        try:
            self._dynamodb.put_item(
                TableName=self._first,
                Item=item,
                ConditionExpression="attribute_not_exists(pk) OR revision = :read",
                ExpressionAttributeValues={":read": {"N": str(changed.revision - 1)}},
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def live(self) -> ProjectionTable:
        """The table that readers read."""
        return self._tables[self.read().live]

    def list_written(self) -> list[ProjectionTable]:
        """The tables an event goes to now, the live one last."""
        return [self._tables[table] for table in self.read().written]

    def look(self, campaigns: Sequence[str]) -> list[tuple[ProjectionTable, dict[str, Read]]]:
        """The tables an event goes to now, the live one last, each with the rows of at most 40 campaigns: one read."""
        rows = [row_key(campaign) for campaign in campaigns]
        held = get_all_of(self._dynamodb, {name: [KEY, *rows] for name in self._names.values()})
        version = _version(held[self._first][0])
        found: dict[TableName, dict[str, Read]] = {
            table: {campaign: partial(row_of, item) for campaign, item in zip(campaigns, held[name][1:], strict=True)}
            for table, name in self._names.items()
        }
        return [(self._tables[table], found[table]) for table in version.written]

    def all(self) -> list[ProjectionTable]:
        """Both tables."""
        return list(self._tables.values())

    def building(self) -> ProjectionTable | None:
        """The table that is being built now, if one is."""
        version = self.read()
        return self._tables[version.standby] if version.building else None


def _version(item: Any) -> ProjectionVersion:
    if item is None:
        return ProjectionVersion()
    building = Building.model_validate_json(item["building"]["S"]) if "building" in item else None
    live: Any = item["live"]["S"]
    return ProjectionVersion(live=live, building=building, revision=int(item["revision"]["N"]))
