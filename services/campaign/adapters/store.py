"""The campaign's table: reading it, and the three writes that change it. Each write is one conditional request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from pydantic import TypeAdapter

from contracts.campaign import CampaignCreated, RecentTurn, TurnCommitted
from contracts.envelope import Ancestor, Event, Lineage
from contracts.errors import CampaignMissing
from contracts.state import CampaignState
from services.campaign.adapters.items import Item, number_key, outbox_item, start_key, state_key, turn_key
from services.campaign.domain.canonical import canonical_json

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ABSENT = "attribute_not_exists(pk)"
MOST_TURNS = 9_999_999_999  # the last number that sorts as text like a number
_LINEAGE: TypeAdapter[Lineage] = TypeAdapter(Lineage)
_LOST_RACES = {
    "None",
    "ConditionalCheckFailed",
    "TransactionConflict",
    "ThrottlingError",
    "ProvisionedThroughputExceeded",
}


@dataclass(frozen=True)
class Stored:
    """A campaign as it is kept. `seed` is hex and never leaves for a model or a log; `sequence` numbers its last
    event; `spent` is what its own turns cost so far, in micro-dollars; `lineage` says whose turns came before."""

    state: CampaignState
    seed: str
    owner: str
    started_at: datetime
    sequence: int
    spent: int
    lineage: Lineage = ()


@dataclass(frozen=True)
class Voided:
    """The tombstone of a turn that was given up."""

    reason: str


class CampaignStore:
    """Reads are consistent. Writes answer False when a condition did not hold or another writer was faster."""

    def __init__(self, dynamodb: DynamoDBClient, table: str) -> None:
        self._dynamodb = dynamodb
        self._table = table

    def read(self, campaign_id: str) -> Stored:
        """The campaign now. Raises CampaignMissing."""
        item = self._get(state_key(campaign_id))
        if item is None:
            raise CampaignMissing(campaign_id)
        return Stored(
            state=CampaignState.model_validate_json(item["state"]["S"]),
            seed=item["seed"]["S"],
            owner=item["owner"]["S"],
            started_at=datetime.fromisoformat(item["started_at"]["S"]),
            sequence=int(item["sequence"]["N"]),
            spent=int(item.get("spent", {}).get("N", "0")),
            lineage=_LINEAGE.validate_json(item["lineage"]["S"]) if "lineage" in item else (),
        )

    def turn(self, campaign_id: str, turn_id: str) -> TurnCommitted | Voided | None:
        """What became of this turn here; None when it is still open or was never heard of."""
        item = self._get(turn_key(campaign_id, turn_id))
        return None if item is None else _turn(item)

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
            **self._numbered(campaign_id, until=until), ConsistentRead=True, ScanIndexForward=False, Limit=count
        )
        turns = [RecentTurn.model_validate_json(item["recent"]["S"]) for item in found["Items"]]
        return tuple(reversed(turns))

    def history(self, campaign_id: str, after: int = 0) -> Iterator[TurnCommitted]:
        """Its own committed turns after number `after`, in order: as many reads as turns are taken from it."""
        pages = self._dynamodb.get_paginator("query").paginate(
            **self._numbered(campaign_id, after), ConsistentRead=True, PaginationConfig={"PageSize": 25}
        )
        for item in (item for page in pages for item in page["Items"]):
            turn = self.turn(campaign_id, item["turn_id"]["S"])
            assert isinstance(turn, TurnCommitted)
            yield turn

    def create(
        self, reply: CampaignCreated, *, owner: str, seed: str, fingerprint: str, events: Sequence[Event]
    ) -> bool:
        """Write a new campaign with its first event, if there is none of this id."""
        state = reply.sheet.state
        campaign = {
            **state_key(state.campaign_id),
            "entity": {"S": "campaign"},
            "version": {"N": str(state.version)},
            "state": {"S": canonical_json(state)},
            "sequence": {"N": str(len(events))},
            "seed": {"S": seed},
            "owner": {"S": owner},
            "started_at": {"S": reply.started_at.isoformat()},
            **({"lineage": {"S": _LINEAGE.dump_json(reply.lineage).decode()}} if reply.lineage else {}),
        }
        beginning = {
            **start_key(state.campaign_id),
            "entity": {"S": "start"},
            "reply": {"S": reply.model_dump_json()},
            "fingerprint": {"S": fingerprint},
        }
        return self._write([self._put(campaign), self._put(beginning), *self._outbox(events)])

    def commit(self, turn: TurnCommitted, action: str, base: Stored, events: Sequence[Event]) -> bool:
        """Write a turn whole: the state it led to, its record, what is remembered of it, and its events.

        All that a record holds has passed through a workflow state of at most 256 KiB, so it fits an item of 400 KB.
        """
        state, turn_id = turn.sheet.state, turn.envelope.turn_id
        assert turn_id is not None
        record = {
            **turn_key(state.campaign_id, turn_id),
            "entity": {"S": "turn"},
            "number": {"N": str(turn.number)},
            "action": {"S": action},
            "committed": {"S": turn.model_dump_json()},
        }
        recent = RecentTurn(number=turn.number, action=action, narrative=turn.telling.narrative)
        remembered = {
            **number_key(state.campaign_id, turn.number),
            "entity": {"S": "recent"},
            "turn_id": {"S": turn_id},
            "recent": {"S": recent.model_dump_json()},
        }
        advance = self._advance(turn, base, len(events))
        return self._write([advance, self._put(record), self._put(remembered), *self._outbox(events)])

    def void(self, campaign_id: str, turn_id: str, reason: str) -> TurnCommitted | None:
        """Put a tombstone where the turn's record would go, unless there is one; the turn, if it was committed."""
        tombstone = {**turn_key(campaign_id, turn_id), "entity": {"S": "void"}, "reason": {"S": reason}}
        try:
            self._dynamodb.put_item(
                TableName=self._table,
                Item=tombstone,
                ConditionExpression=ABSENT,
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException as error:
            first: Any = error.response
            record = _turn(first["Item"])
            return record if isinstance(record, TurnCommitted) else None
        return None

    def _advance(self, turn: TurnCommitted, base: Stored, events: int) -> Any:
        state = turn.sheet.state
        update = {
            "TableName": self._table,
            "Key": state_key(state.campaign_id),
            "UpdateExpression": "SET #version = :version, #state = :state, #sequence = :sequence, spent = :spent",
            "ConditionExpression": "#version = :base",
            "ExpressionAttributeNames": {"#version": "version", "#state": "state", "#sequence": "sequence"},
            "ExpressionAttributeValues": {
                ":version": {"N": str(state.version)},
                ":state": {"S": canonical_json(state)},
                ":sequence": {"N": str(base.sequence + events)},
                ":spent": {"N": str(base.spent + turn.telling.usage.micro_dollars)},
                ":base": {"N": str(base.state.version)},
            },
        }
        return {"Update": update}

    def _outbox(self, events: Sequence[Event]) -> list[Any]:
        return [self._put(outbox_item(event)) for event in events]

    def _put(self, item: Item) -> Any:
        return {"Put": {"TableName": self._table, "Item": item, "ConditionExpression": ABSENT}}

    def _write(self, actions: list[Any]) -> bool:
        try:
            self._dynamodb.transact_write_items(TransactItems=actions)
        except self._dynamodb.exceptions.TransactionCanceledException as error:
            if not _lost_a_race(error):
                raise
            return False
        return True

    def _get(self, key: Item) -> Item | None:
        return self._dynamodb.get_item(TableName=self._table, Key=key, ConsistentRead=True).get("Item")

    def _numbered(self, campaign_id: str, after: int = 0, until: int = MOST_TURNS) -> Any:
        first, last = number_key(campaign_id, after + 1), number_key(campaign_id, until)
        return {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :pk AND sk BETWEEN :first AND :last",
            "ExpressionAttributeValues": {":pk": first["pk"], ":first": first["sk"], ":last": last["sk"]},
        }


def _turn(item: Item) -> TurnCommitted | Voided:
    if item["entity"]["S"] == "void":
        return Voided(reason=item["reason"]["S"])
    return TurnCommitted.model_validate_json(item["committed"]["S"])


def _lost_a_race(error: ClientError) -> bool:
    """Whether every reason passes or is explained by what is in the table now. Anything else is a bug of ours."""
    response: Any = error.response
    reasons = {reason.get("Code", "None") for reason in response.get("CancellationReasons", ())}
    return bool(reasons) and reasons <= _LOST_RACES
