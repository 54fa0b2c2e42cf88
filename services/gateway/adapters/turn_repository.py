"""The gateway's table. What belongs together is one transaction.

The gate's `sequence` is also its version: whatever changes a gate announces it, and every announcement counts up. So a
transaction that finds the sequence it has seen finds the owner, the status and the counters it has seen, too. One
change is not announced: an erased gate is shut for good, which whoever opens one looks at by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from contracts.envelope import CampaignId, TurnId
from contracts.gateway import TurnAcceptedV1
from services.gateway.adapters import feed_items as feeds
from services.gateway.adapters import items
from services.gateway.adapters.conditional_writes import NEW, commit, lost_race, write
from services.gateway.adapters.spending import key_of_day
from services.gateway.domain.records import (
    Admission,
    Closing,
    Gate,
    KeyRecord,
    RefusedStory,
    Snapshot,
    TurnErased,
    TurnRecord,
    TurnToClose,
)
from services.gateway.domain.streams import stream_of
from stagekit import outbox
from stagekit.reads import get_all

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from services.gateway.adapters.purses import DynamoPurses
    from services.gateway.domain.quotas import Quota

EVENTS_OF_A_TURN = 2
_UNDER_WAY = {":accepted": "accepted", ":running": "running"}


class DynamoTurnRepository:
    """Implements the port TurnRepository on one DynamoDB table (see `items` for its layout)."""

    def __init__(
        self,
        client: DynamoDBClient,
        table: str,
        today: Callable[[], date] | None = None,
        purses: DynamoPurses | None = None,
    ) -> None:
        """`today` where there is a ceiling of what a day may cost: a look sees whether it is reached, too. `purses`
        where a player has a share of it."""
        self._client = client
        self._table = table
        self._today = today
        self._purses = purses

    def snapshot(
        self,
        player: str,
        key: str,
        campaign: CampaignId,
        turn: TurnId,
        quota: Quota | None = None,
        household: str | None = None,
    ) -> Snapshot:
        today = self._today() if self._today else None
        spent_at = [key_of_day(today)] if today else []
        purses = self._purses
        purse_at = purses.keys(player, household, today) if purses and household and today else []
        made_at = [items.key_of_count(quota)] if quota and not purse_at else []
        used, begun, gate, count, listeners, *more = self._get_all(
            items.key_of_key(player, key),
            items.key_of_turn(campaign, turn),
            items.key_of_gate(campaign),
            *feeds.head_keys(campaign),
            *spent_at,
            *made_at,
            *purse_at,
        )
        spent, found = any(more[: len(spent_at)]), more[len(spent_at) :]
        purse = purses.read(player, household, today, quota, found) if purses and household and today else None
        return Snapshot(
            key=items.key_record(used) if used else None,
            gate=items.gate(gate) if gate else None,
            turn=items.turn(begun) if begun else None,
            feed=feeds.head(count, listeners),
            made=purse.made if purse else sum(items.count_made(each) for each in found if each),
            spent=spent,
            purse=purse,
        )

    def admit(self, admission: Admission) -> bool:
        gate, turn, charge = admission.gate, admission.turn, admission.charge
        used = KeyRecord(turn.fingerprint)
        expires = int(turn.accepted_at.timestamp()) + items.KEY_KEPT_SECONDS
        held = ", held = :held, held_on = :day REMOVE spent_micro_dollars, spent_tokens" if charge else ""
        holds = {":held": charge.held, ":day": charge.purse.day.isoformat()} if charge else {}
        opened = {
            "Key": items.key_of_gate(gate.campaign_id),
            "UpdateExpression": f"SET active_turn = :turn, #sequence = :next{held}",
            "ConditionExpression": "#sequence = :seen AND attribute_not_exists(active_turn) AND #status = :active",
            "ExpressionAttributeNames": {"#sequence": "sequence", "#status": "status"},
            "ExpressionAttributeValues": items.item(
                {":turn": turn.turn_id, ":next": turn.ordinal, ":seen": gate.sequence, ":active": "active", **holds}
            ),
        }
        return self._commit(
            self._new(items.key_item(turn.owner, admission.key, used, expires)),
            {"Update": {"TableName": self._table, **opened}},
            self._new(items.turn_item(turn)),
            self._new(outbox.item(admission.event)),
            *feeds.append_writes(self._table, [admission.told]),
            *self._count_writes(admission),
        )

    def close(self, closing: Closing) -> bool:
        turn, gate = closing.turn, closing.gate
        freed = " REMOVE active_turn" if gate.active_turn == turn.turn_id else ""
        ended = ", #status = :ended" if closing.ended else ""
        costs = {":micro_dollars": gate.spent_micro_dollars, ":tokens": gate.spent_tokens} if freed else {}
        is_known = costs.get(":tokens") is not None
        spent = ", spent_micro_dollars = :micro_dollars, spent_tokens = :tokens" if is_known else ""
        names = {"#sequence": "sequence", **({"#status": "status"} if closing.ended else {})}
        values = {":next": gate.sequence + 1, ":seen": gate.sequence, ":resolved": gate.turns_resolved, **costs}
        gate_update = {
            "Key": items.key_of_gate(gate.campaign_id),
            "UpdateExpression": f"SET #sequence = :next, turns_resolved = :resolved{spent}{ended}{freed}",
            "ConditionExpression": "#sequence = :seen",
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": items.item({**values, ":ended": "ended" if closing.ended else None}),
        }
        turn_put = {
            "Item": items.turn_item(turn),
            "ConditionExpression": "#status IN (:accepted, :running)",
            "ExpressionAttributeNames": {"#status": "status"},
            "ExpressionAttributeValues": items.item(_UNDER_WAY),
        }
        return self._commit(
            {"Put": {"TableName": self._table, **turn_put}},
            {"Update": {"TableName": self._table, **gate_update}},
            self._new(outbox.item(closing.event)),
            *feeds.append_writes(self._table, closing.told),
        )

    def are_erased(self, campaigns: Sequence[CampaignId]) -> bool:
        """Whether all of these campaigns, at most a hundred, are erased."""
        gates = self._get_all(*map(items.key_of_gate, campaigns))
        return all(gate and items.gate(gate).status == "erased" for gate in gates)

    def register(self, gate: Gate, key: str, record: KeyRecord, now: datetime) -> bool:
        key_item = items.key_item(gate.owner, key, record, int(now.timestamp()) + items.KEY_KEPT_SECONDS)
        return self._commit(self._new(key_item), self._new(items.gate_item(gate)))

    def key(self, player: str, key: str) -> KeyRecord | None:
        stored = self._get(items.key_of_key(player, key))
        return items.key_record(stored) if stored else None

    def gate(self, campaign: CampaignId) -> Gate | None:
        stored = self._get(items.key_of_gate(campaign))
        return items.gate(stored) if stored else None

    def turn(self, campaign: CampaignId, turn: TurnId) -> TurnRecord | None:
        stored = self._get(items.key_of_turn(campaign, turn))
        return items.turn(stored) if stored else None

    def open_turn(self, campaign: CampaignId, turn: TurnId) -> TurnToClose | None:
        """The turn, ended or not, and what its end depends on; None when there is no such turn. Raises TurnErased."""
        keys = (items.key_of_turn(campaign, turn), items.key_of_gate(campaign), *feeds.head_keys(campaign))
        begun, gate, count, listeners = self._get_all(*keys)
        if gate and items.gate(gate).status == "erased":
            raise TurnErased
        if not begun or not gate:
            return None
        return TurnToClose(items.turn(begun), items.gate(gate), feeds.head(count, listeners))

    def turns_by_id(self, turns: Sequence[tuple[CampaignId, TurnId]]) -> list[TurnRecord | None]:
        """At most a hundred turns in one call, None for one there is not."""
        found = self._get_all(*(items.key_of_turn(campaign, turn) for campaign, turn in turns))
        return [items.turn(each) if each else None for each in found]

    def turns(self, campaign: CampaignId, before: int | None, limit: int) -> list[TurnRecord]:
        """Newest first, at most a hundred. Their order is that of the events that accepted them."""
        admitted = list(islice(self._list_admitted(campaign, (before or 10**10) - 1, limit), limit))
        return [turn for turn in self.turns_by_id([(campaign, turn) for turn in admitted]) if turn] if admitted else []

    def _list_admitted(self, campaign: CampaignId, last: int, limit: int) -> Iterator[TurnId]:
        """The turns of a campaign up to this place in its stream, newest first."""
        first, end = (outbox.key(stream_of(campaign), place) for place in (0, last))
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues={":pk": end["pk"], ":first": first["sk"], ":last": end["sk"]},
            ScanIndexForward=False,
            ConsistentRead=True,
            PaginationConfig={"PageSize": EVENTS_OF_A_TURN * limit},
        )
        told = (outbox.read(item) for page in pages for item in page["Items"])
        return (each.detail["metadata"]["turn_id"] for each in told if each.detail_type == TurnAcceptedV1.detail_type)

    def mark_running(self, turn: TurnRecord) -> None:
        self._update(turn, "SET #status = :running", {":running": "running"})

    def restart_from(self, turn: TurnRecord, moment: datetime) -> bool:
        values = {":moment": moment.isoformat(), ":seen": turn.restart_at.isoformat()}
        return self._update(turn, "SET restart_at = :moment", values, " AND restart_at = :seen")

    def store_story(self, campaign: CampaignId, turn: TurnId, told: str, seen: str | None) -> RefusedStory | None:
        """With the turn itself: whatever closes it puts it anew and without this, and nothing is told after that."""
        expected = "told = :seen" if seen else "attribute_not_exists(told)"
        try:
            write(
                lambda: self._client.update_item(
                    TableName=self._table,
                    Key=items.key_of_turn(campaign, turn),
                    UpdateExpression="SET told = :told",
                    ConditionExpression=f"#status IN (:accepted, :running) AND {expected}",
                    ExpressionAttributeNames={"#status": "status"},
                    ExpressionAttributeValues=items.item({**_UNDER_WAY, ":told": told, ":seen": seen}),
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                )
            )
        except ClientError as error:
            if not lost_race(error):
                raise
            held: Any = error.response.get("Item")
            return RefusedStory(items.turn(held) if held else self.turn(campaign, turn))
        return None

    def _update(self, turn: TurnRecord, change: str, values: dict[str, str], also: str = "") -> bool:
        try:
            write(
                lambda: self._client.update_item(
                    TableName=self._table,
                    Key=items.key_of_turn(turn.campaign_id, turn.turn_id),
                    UpdateExpression=change,
                    ConditionExpression=f"#status = :accepted{also}",
                    ExpressionAttributeNames={"#status": "status"},
                    ExpressionAttributeValues=items.item({":accepted": "accepted", **values}),
                )
            )
        except ClientError as error:
            if not lost_race(error):
                raise
            return False
        return True

    def _get(self, key: items.Item) -> Mapping[str, Any] | None:
        return self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True).get("Item")

    def _get_all(self, *keys: items.Item) -> list[items.Item | None]:
        return get_all(self._client, self._table, keys)

    def _count_writes(self, admission: Admission) -> list[dict[str, Any]]:
        """One more, if there is room: whoever is admitted at the same moment counts, too."""
        quota = admission.quota
        if admission.charge and self._purses:
            return [self._purses.charge_write(admission.charge, quota)]
        if quota is None:
            return []
        counted = {
            "Key": items.key_of_count(quota),
            "UpdateExpression": "ADD made :one SET expires_at = :until",
            "ConditionExpression": "attribute_not_exists(made) OR made < :most",
            "ExpressionAttributeValues": items.item({":one": 1, ":until": quota.until, ":most": quota.limit.most}),
        }
        return [{"Update": {"TableName": self._table, **counted}}]

    def _new(self, item: items.Item) -> dict[str, Any]:
        return {"Put": {"TableName": self._table, "Item": item, "ConditionExpression": NEW}}

    def _commit(self, *writes: Any) -> bool:
        return commit(self._client, writes)
