"""The chronicle's table, to erase."""

from __future__ import annotations

from collections.abc import Iterable

from services.chronicle.adapters.chronicle_table import ERASED, ChronicleTable, entry_key, names_key, partition
from services.chronicle.domain.entry import IndexEntry, StoryFact
from stagekit.deletes import delete


class ChronicleEraser(ChronicleTable):
    """Reads are consistent."""

    def some(self, campaign_id: str, subject: str, count: int) -> tuple[StoryFact, ...]:
        """At most `count` of the facts filed under a subject, as they are now."""
        found = self._dynamodb.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": partition(campaign_id, subject)}},
            ConsistentRead=True,
            Limit=count,
        )
        return tuple(StoryFact.model_validate_json(item["fact"]["S"]) for item in found["Items"])

    def delete(self, campaign_id: str, entries: Iterable[IndexEntry]) -> None:
        """Take these out of the index."""
        places = {(key["pk"]["S"], key["sk"]["S"]): key for key in (entry_key(campaign_id, entry) for entry in entries)}
        delete(self._dynamodb, self._table, list(places.values()))

    def bury(self, campaign_id: str) -> None:
        """Put in the names' place that nothing is filed here any more."""
        self._dynamodb.put_item(TableName=self._table, Item={**names_key(campaign_id), ERASED: {"N": "1"}})
