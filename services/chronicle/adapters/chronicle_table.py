"""The chronicle's table: an inverted index that is added to until it is erased, and the words its names are made of.

pk                             sk                    what
CAMPAIGN#<id>#about/<thing>    <turn>#<position>     a fact about this thing
CAMPAIGN#<id>#word/<word>      <turn>#<position>     the same fact, under a word of a name in it
CAMPAIGN#<id>                  NAMES                 all those words: at most `MOST_NAMES`; or that all was `erased`

Turn and position are padded, so that they sort as numbers do: a query reads either end of what is known of a
subject, however much lies between.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.chronicle.domain.entry import MOST_NAMES, IndexEntry, StoryFact
from stagekit.inserts import insert

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ERASED = "erased"
Item = dict[str, Any]
SETTLED = 2
"""Turns from `before` on whose names are in what was read for it: the turn that asks is further on, by those that the
game master is shown word for word, and so these were filed long ago."""
MOST_KNOWN = 100
"""Campaigns whose names a container keeps: of those played now."""


@dataclass(frozen=True)
class KnownNames:
    """Names as they were read, for facts before this turn, and whether the campaign was erased by then. None is ever
    taken back."""

    words: frozenset[str] = frozenset()
    before: int = 0
    erased: bool = False


class ChronicleTable:
    """Reads are a moment behind at worst: what is younger than a few turns is in the story's own history. Names that
    were read are kept: a container reads those of a story that goes on once in a few turns."""

    def __init__(self, dynamodb: DynamoDBClient, table: str) -> None:
        self._dynamodb = dynamodb
        self._table = table
        self._known: dict[str, KnownNames] = {}

    def write(self, campaign_id: str, entries: Iterable[IndexEntry], names: frozenset[str], *, fresh: bool) -> None:
        """File each entry unless its place is taken, and make the names known. Any number of times, in any order. What
        is told of an erased campaign stays untold, unless it is `fresh` and this container knew all its names."""
        filed = [_item(campaign_id, entry) for entry in entries]
        unheard_of = names - self._known.get(campaign_id, KnownNames()).words
        if unheard_of or (filed and not fresh):
            known = self._read_names(campaign_id, before=-SETTLED)  # for no turn: it is going to be added to
            if known.erased:
                return
            unheard_of -= known.words
        places: dict[tuple[str, str], Item] = {}
        for item in filed:
            places.setdefault((item["pk"]["S"], item["sk"]["S"]), item)
        insert(self._dynamodb, self._table, list(places.values()))  # a fact stands as it was told first
        if unheard_of:
            self._name(campaign_id, unheard_of)

    def names(self, campaign_id: str, before: int) -> frozenset[str]:
        """The words of all names in this campaign's chronicle, at least in facts before this turn."""
        known = self._known.get(campaign_id)
        if known is None or before > known.before + SETTLED:
            known = self._read_names(campaign_id, before)
        return known.words

    def first(self, campaign_id: str, subject: str, before: int, count: int) -> tuple[StoryFact, ...]:
        """The first facts known of a subject, before this turn."""
        return self._read(campaign_id, subject, before, count, forward=True)

    def latest(self, campaign_id: str, subject: str, before: int, count: int) -> tuple[StoryFact, ...]:
        """The latest facts known of a subject, before this turn."""
        return self._read(campaign_id, subject, before, count, forward=False)

    def _read_names(self, campaign_id: str, before: int) -> KnownNames:
        found = self._dynamodb.get_item(TableName=self._table, Key=names_key(campaign_id)).get("Item", {})
        read = KnownNames(_words(found), before, ERASED in found)
        self._known.pop(campaign_id, None)
        self._known[campaign_id] = read
        if len(self._known) > MOST_KNOWN:
            del self._known[next(iter(self._known))]
        return read

    def _name(self, campaign_id: str, names: frozenset[str]) -> None:
        try:
            self._dynamodb.update_item(
                TableName=self._table,
                Key=names_key(campaign_id),
                UpdateExpression="ADD #words :names",
                ConditionExpression="attribute_not_exists(#words) OR size(#words) < :most",
                ExpressionAttributeNames={"#words": "words"},
                ExpressionAttributeValues={":names": {"SS": sorted(names)}, ":most": {"N": str(MOST_NAMES)}},
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return  # full

    def _read(self, campaign_id: str, subject: str, before: int, count: int, *, forward: bool) -> tuple[StoryFact, ...]:
        found = self._dynamodb.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk < :before",
            ExpressionAttributeValues={
                ":pk": {"S": partition(campaign_id, subject)},
                ":before": {"S": f"{before:010d}"},
            },
            ScanIndexForward=forward,
            Limit=count,
        )
        return tuple(StoryFact.model_validate_json(item["fact"]["S"]) for item in found["Items"])


def _item(campaign_id: str, entry: IndexEntry) -> Item:
    return {**entry_key(campaign_id, entry), "fact": {"S": entry.fact.model_dump_json()}}


def entry_key(campaign_id: str, entry: IndexEntry) -> Item:
    return {
        "pk": {"S": partition(campaign_id, entry.subject)},
        "sk": {"S": f"{entry.fact.turn:010d}#{entry.fact.position:03d}"},
    }


def partition(campaign_id: str, subject: str) -> str:
    return f"CAMPAIGN#{campaign_id}#{subject}"


def _words(names: Item) -> frozenset[str]:
    return frozenset(names.get("words", {}).get("SS", ()))


def names_key(campaign_id: str) -> Item:
    return {"pk": {"S": f"CAMPAIGN#{campaign_id}"}, "sk": {"S": "NAMES"}}
