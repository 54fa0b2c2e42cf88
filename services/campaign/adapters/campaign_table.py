"""The campaign's table, to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from contracts.campaign import CampaignCreated, RecentTurn, TurnCommitted
from contracts.canon import Opening
from contracts.envelope import Ancestor, Lineage
from contracts.errors import CampaignMissing
from contracts.state import CampaignState
from services.campaign.adapters.items import Item, number_key, start_key, state_key, turn_key
from services.campaign.domain.stored import Look, StoredCampaign, VoidedTurn
from stagekit.packing import unpack
from stagekit.reads import get_all

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from contracts.campaign import TurnBase

MOST_TURNS = 9_999_999_999  # the last number that sorts as text like a number
LINEAGE: TypeAdapter[Lineage] = TypeAdapter(Lineage)


class CampaignTable:
    """Reads are consistent."""

    def __init__(self, dynamodb: DynamoDBClient, table: str) -> None:
        self._dynamodb = dynamodb
        self._table = table

    def read(self, campaign_id: str) -> StoredCampaign:
        """The campaign now. Raises CampaignMissing, also when it was erased."""
        return _read_campaign(self._get(state_key(campaign_id)), campaign_id)

    def restore(self, base: TurnBase) -> StoredCampaign:
        """The campaign as it was stored when a turn was opened on it: no read."""
        return StoredCampaign(
            state=_read_state(base.state),
            text=base.state,
            seed=base.seed,
            owner=base.owner,
            started_at=base.started_at,
            sequence=base.sequence,
            spent=base.spent_micro_dollars,
        )

    def look(self, campaign_id: str, turn_id: str, numbers: Sequence[int] = ()) -> Look:
        """The campaign now, what became of this turn here, and what is remembered of its own turns of these numbers, in
        one read. Raises CampaignMissing."""
        keys = [state_key(campaign_id), turn_key(campaign_id, turn_id)]
        keys += [number_key(campaign_id, number) for number in numbers]
        campaign, turn, *recent = get_all(self._dynamodb, self._table, keys)
        return Look(
            campaign=_read_campaign(campaign, campaign_id),
            turn=None if turn is None else read_turn(turn),
            recent=tuple(_read_recent(item) for item in recent if item is not None),
        )

    def turn(self, campaign_id: str, turn_id: str) -> TurnCommitted | VoidedTurn | None:
        """The record of this turn, committed or given up; None when it is still open or was never heard of."""
        item = self._get(turn_key(campaign_id, turn_id))
        return None if item is None else read_turn(item)

    def first(self, campaign_id: str) -> tuple[CampaignCreated, str] | None:
        """The reply that started the campaign and the fingerprint of its request."""
        item = self._get(start_key(campaign_id))
        if item is None:
            return None
        return CampaignCreated.model_validate_json(item["reply"]["S"]), item["fingerprint"]["S"]

    def after(self, ancestor: Ancestor) -> CampaignState:
        """The state a turn of this campaign's own led to, or its first one: two reads. Raises CampaignMissing."""
        if ancestor.turn == 0:
            first = self.first(ancestor.campaign_id)
            if first is None:
                raise CampaignMissing(ancestor.campaign_id)
            return first[0].sheet.state
        numbered = self._get(number_key(ancestor.campaign_id, ancestor.turn))
        turn = self.turn(ancestor.campaign_id, numbered["turn_id"]["S"]) if numbered else None
        if not isinstance(turn, TurnCommitted):
            raise CampaignMissing(f"{ancestor.campaign_id} has no turn {ancestor.turn}")
        return turn.sheet.state

    def recent(self, campaign_id: str, count: int, until: int = MOST_TURNS) -> tuple[RecentTurn, ...]:
        """The last `count` of its own turns up to number `until`, at least 1; oldest first."""
        found = self._dynamodb.query(
            **self._turn_range(campaign_id, until=until), ConsistentRead=True, ScanIndexForward=False, Limit=count
        )
        return tuple(reversed([_read_recent(item) for item in found["Items"]]))

    def history(self, campaign_id: str, after: int = 0) -> Iterator[TurnCommitted]:
        """Its own committed turns after number `after`, in order: as many reads as turns are taken from it. Raises
        CampaignMissing when it is erased meanwhile."""
        pages = self._dynamodb.get_paginator("query").paginate(
            **self._turn_range(campaign_id, after), ConsistentRead=True, PaginationConfig={"PageSize": 25}
        )
        for item in (item for page in pages for item in page["Items"]):
            turn = self.turn(campaign_id, item["turn_id"]["S"])
            if not isinstance(turn, TurnCommitted):
                raise CampaignMissing(campaign_id)
            yield turn

    def _get(self, key: Item) -> Item | None:
        return self._dynamodb.get_item(TableName=self._table, Key=key, ConsistentRead=True).get("Item")

    def _turn_range(self, campaign_id: str, after: int = 0, until: int = MOST_TURNS) -> Any:
        first, last = number_key(campaign_id, after + 1), number_key(campaign_id, until)
        return {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :pk AND sk BETWEEN :first AND :last",
            "ExpressionAttributeValues": {":pk": first["pk"], ":first": first["sk"], ":last": last["sk"]},
        }


def _read_campaign(item: Item | None, campaign_id: str) -> StoredCampaign:
    if item is None or "state" not in item:
        raise CampaignMissing(campaign_id)
    text = item["state"]["S"]
    return StoredCampaign(
        state=_read_state(text),
        text=text,
        seed=item["seed"]["S"],
        owner=item["owner"]["S"],
        started_at=datetime.fromisoformat(item["started_at"]["S"]),
        sequence=int(item["sequence"]["N"]),
        spent=int(item.get("spent", {}).get("N", "0")),
        lineage=LINEAGE.validate_json(item["lineage"]["S"]) if "lineage" in item else (),
        opening=Opening.model_validate_json(unpack(item["opening"]["S"])) if "opening" in item else None,
    )


def _read_state(text: str) -> CampaignState:
    return CampaignState.model_validate_json(unpack(text))


def _read_recent(item: Item) -> RecentTurn:
    return RecentTurn.model_validate_json(item["recent"]["S"])


def read_turn(item: Item) -> TurnCommitted | VoidedTurn:
    """The turn that an item holds."""
    if item["entity"]["S"] == "void":
        return VoidedTurn(reason=item["reason"]["S"])
    return TurnCommitted.model_validate_json(unpack(item["committed"]["S"]))
