"""The campaign's table, to write: the three writes that change it. Each is one conditional request."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from contracts.campaign import RecentTurn, TurnCommitted
from contracts.canonical import canonical_json
from contracts.envelope import Event
from services.campaign.adapters.campaign_table import LINEAGE, CampaignTable, read_turn
from services.campaign.adapters.items import Item, number_key, start_key, state_key, turn_key
from services.campaign.domain.stored import StoredCampaign, VoidedTurn
from stagekit import outbox
from stagekit.packing import pack
from stagekit.transactions import past_conflicts, reasons, write_all

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from contracts.campaign import CampaignCreated

ABSENT = "attribute_not_exists(pk)"
TRIES = 5
"""Attempts of a write while a transaction is under way on one of its items."""
_PASSING = {"None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}


class CampaignStore(CampaignTable):
    """Writes answer False when a condition did not hold, or when others were in the way all the time."""

    def __init__(self, dynamodb: DynamoDBClient, table: str, pause: Callable[[float], None] = time.sleep) -> None:
        super().__init__(dynamodb, table)
        self._pause = pause

    def create(
        self, reply: CampaignCreated, *, owner: str, seed: str, fingerprint: str, events: Sequence[Event]
    ) -> bool:
        """Write a new campaign with its first event, if there is none of this id."""
        state = reply.sheet.state
        campaign = {
            **state_key(state.campaign_id),
            "entity": {"S": "campaign"},
            "version": {"N": str(state.version)},
            "state": {"S": pack(canonical_json(state))},
            "sequence": {"N": str(len(events))},
            "seed": {"S": seed},
            "owner": {"S": owner},
            "started_at": {"S": reply.started_at.isoformat()},
            **({"lineage": {"S": LINEAGE.dump_json(reply.lineage).decode()}} if reply.lineage else {}),
            **({"opening": {"S": pack(reply.opening.model_dump_json())}} if reply.opening else {}),
        }
        beginning = {
            **start_key(state.campaign_id),
            "entity": {"S": "start"},
            "reply": {"S": reply.model_dump_json()},
            "fingerprint": {"S": fingerprint},
        }
        return self._write([self._put(campaign), self._put(beginning), *self._outbox(events)])

    def commit(self, turn: TurnCommitted, action: str, base: StoredCampaign, events: Sequence[Event]) -> bool:
        """Write a turn whole: the state it led to, its record, what is remembered of it, and its events.

        All that a record holds has passed through a workflow state of at most 256 KiB, so it fits an item of 400 KB.
        """
        state, turn_id = turn.sheet.state, turn.envelope.turn
        record = {
            **turn_key(state.campaign_id, turn_id),
            "entity": {"S": "turn"},
            "number": {"N": str(turn.number)},
            "action": {"S": action},
            "committed": {"S": pack(turn.model_dump_json())},
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

    def void(self, campaign_id: str, turn_id: str, reason: str) -> TurnCommitted | VoidedTurn:
        """Put a tombstone where the turn's record would go, unless there is one: the record as it is now."""
        tombstone = {**turn_key(campaign_id, turn_id), "entity": {"S": "void"}, "reason": {"S": reason}}
        try:
            past_conflicts(
                lambda: self._dynamodb.put_item(
                    TableName=self._table,
                    Item=tombstone,
                    ConditionExpression=ABSENT,
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                ),
                tries=TRIES,
                pause=self._pause,
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException as error:
            first: Any = error.response
            return read_turn(first["Item"])
        return VoidedTurn(reason)

    def _advance(self, turn: TurnCommitted, base: StoredCampaign, events: int) -> Any:
        state = turn.sheet.state
        update = {
            "TableName": self._table,
            "Key": state_key(state.campaign_id),
            "UpdateExpression": "SET #version = :version, #state = :state, #sequence = :sequence, spent = :spent",
            "ConditionExpression": "#version = :base AND #state = :seen",
            "ExpressionAttributeNames": {"#version": "version", "#state": "state", "#sequence": "sequence"},
            "ExpressionAttributeValues": {
                ":version": {"N": str(state.version)},
                ":state": {"S": pack(canonical_json(state))},
                ":sequence": {"N": str(base.sequence + events)},
                ":spent": {"N": str(base.spent + turn.telling.usage.micro_dollars)},
                ":base": {"N": str(base.state.version)},
                ":seen": {"S": base.text},
            },
        }
        return {"Update": update}

    def _outbox(self, events: Sequence[Event]) -> list[Any]:
        return [self._put(outbox.item(event)) for event in events]

    def _put(self, item: Item) -> Any:
        return {"Put": {"TableName": self._table, "Item": item, "ConditionExpression": ABSENT}}

    def _write(self, actions: list[Any]) -> bool:
        try:
            return not any(write_all(self._dynamodb, actions, tries=TRIES, pause=self._pause))
        except ClientError as error:
            if not passes(error):
                raise
            return False


def passes(error: ClientError) -> bool:
    """Whether each reason may be gone at the next try. Anything else is a bug of ours."""
    codes = set(reasons(error))
    return bool(codes) and codes <= _PASSING
