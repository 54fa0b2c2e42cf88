"""Erasures in the gateway's table.

PLAYER#<sub>          ERASURE                 that this player is being erased, or was, and by which erasure
ERASURE#<id>          META                    how far it is
ERASURE#<id>          WAKE#<…>                for the worker, who hears of it by the table's stream
ERASURE#<id>          CAMPAIGN#<campaign>     a campaign to be erased, and the last visit to it

All of it expires 30 days after it is done. It says of whom as little as an event does.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, cast

from botocore.exceptions import ClientError

from contracts.envelope import CampaignId
from services.gateway.adapters import items
from services.gateway.adapters.begun_erasures import DynamoBegunErasures
from services.gateway.adapters.conditional_writes import NEW, commit, lost_race, write
from services.gateway.domain.erasures import REMEMBERED, STEPS, ErasureRecord, Visit

ID_BYTES = 20
"""160 bits: who holds the id may look, and nobody guesses it."""
_ERASURE, _CAMPAIGN = "ERASURE#", "CAMPAIGN#"


class DynamoErasures(DynamoBegunErasures):
    """Implements the ports Erasures and GoingErasures. Reads are consistent."""

    def new_id(self) -> str:
        return f"e_{base64.b32encode(secrets.token_bytes(ID_BYTES)).decode().lower()}"

    def of(self, player: str) -> ErasureRecord | None:
        found = self._get(items.key_of_erasure(player))
        return self.find(found["erasure_id"]["S"]) if found else None

    def find(self, erasure_id: str) -> ErasureRecord | None:
        found = self._get(_key(erasure_id))
        return _record(found) if found else None

    def begin(self, erasure: ErasureRecord) -> bool:
        times = {"started_at": erasure.started_at.isoformat(), "settles_at": erasure.settles_at.isoformat()}
        began = items.item({"erasure_id": erasure.erasure_id})
        puts = [
            {**items.key_of_erasure(erasure.player), **began},
            {**_key(erasure.erasure_id), **items.item({**vars(erasure), **times, "entity": "erasure"})},
            _wake(erasure.erasure_id, erasure.started_at),
        ]
        writes = [{"Put": {"TableName": self._table, "Item": each, "ConditionExpression": NEW}} for each in puts]
        return commit(self._client, writes)

    def wake(self, erasure_id: str) -> None:
        row = _wake(erasure_id, datetime.now(UTC))
        write(lambda: self._client.put_item(TableName=self._table, Item=row))

    def move_on(self, erasure_id: str, steps_done: int) -> None:
        self._raise_to(erasure_id, "steps_done", steps_done)

    def settle(self, erasure_id: str, until: datetime) -> None:
        self._raise_to(erasure_id, "settles_at", until.isoformat())

    def note(self, erasure_id: str, campaigns: Iterable[CampaignId]) -> None:
        for campaign in dict.fromkeys(campaigns):
            self._update(_key(erasure_id, campaign), "SET noted = :one", {":one": 1})

    def campaigns(self, erasure_id: str) -> Mapping[CampaignId, Visit | None]:
        return {
            each["sk"]["S"].removeprefix(_CAMPAIGN): cast(Visit | None, each.get("visit", {}).get("S"))
            for each in self._query_campaigns(erasure_id)
        }

    def record_visit(self, erasure_id: str, campaign: CampaignId, visit: Visit, now: datetime) -> None:
        values: dict[str, str | int] = {":visit": visit}
        expires = ""
        if visit == "again":
            expires, values[":expires"] = ", expires_at = :expires", _expiry(now)
        self._update(_key(erasure_id, campaign), f"SET visit = :visit{expires}", values)

    def count(self, erasure_id: str, campaigns: int, done: int) -> None:
        counts: dict[str, str | int] = {":all": campaigns, ":done": done}
        self._update(_key(erasure_id), "SET campaigns = :all, campaigns_done = :done", counts)

    def finish(self, erasure: ErasureRecord, now: datetime) -> None:
        """Write last that it is done, so that a worker that died on the way is followed by another."""
        expires = {":expires": _expiry(now)}
        self._update(items.key_of_erasure(erasure.player), "SET expires_at = :expires", expires)
        done = "SET expires_at = :expires, steps_done = :steps REMOVE username"
        self._update(_key(erasure.erasure_id), done, {**expires, ":steps": len(STEPS)})

    def _raise_to(self, erasure_id: str, name: str, value: str | int) -> None:
        """Raise a value, unless it is as high already, or higher."""
        try:
            self._update(_key(erasure_id), f"SET {name} = :value", {":value": value}, f"{name} < :value")
        except ClientError as error:
            if not lost_race(error):
                raise

    def _update(
        self, key: items.Item, change: str, values: Mapping[str, str | int], condition: str | None = None
    ) -> None:
        asked: Any = {"ConditionExpression": condition} if condition else {}
        write(
            lambda: self._client.update_item(
                TableName=self._table,
                Key=key,
                UpdateExpression=change,
                ExpressionAttributeValues=items.item(values),
                **asked,
            )
        )

    def _query_campaigns(self, erasure_id: str) -> Iterator[items.Item]:
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :erasure AND begins_with(sk, :campaign)",
            ExpressionAttributeValues=items.item({":erasure": _place(erasure_id), ":campaign": _CAMPAIGN}),
            ConsistentRead=True,
        )
        return (item for page in pages for item in page["Items"])


def _expiry(now: datetime) -> int:
    return int((now + REMEMBERED).timestamp())


def _wake(erasure_id: str, now: datetime) -> items.Item:
    """A row of its own each time: the worker hears of what is inserted."""
    key = {"pk": _place(erasure_id), "sk": f"WAKE#{secrets.token_hex(8)}"}
    return items.item({**key, "entity": "wake", "expires_at": _expiry(now)})


def _key(erasure_id: str, campaign: CampaignId | None = None) -> items.Item:
    return items.item({"pk": _place(erasure_id), "sk": f"{_CAMPAIGN}{campaign}" if campaign else "META"})


def _place(erasure_id: str) -> str:
    return f"{_ERASURE}{erasure_id}"


def read_waking(event: Mapping[str, Any]) -> list[str]:
    """The ids of the erasures that an event of the table's stream is to wake somebody for."""
    rows = [record["dynamodb"]["NewImage"] for record in event["Records"] if "NewImage" in record["dynamodb"]]
    return [row["pk"]["S"].removeprefix(_ERASURE) for row in rows if row.get("entity") == {"S": "wake"}]


def _record(stored: Mapping[str, Any]) -> ErasureRecord:
    values = items.plain(stored)
    return ErasureRecord(
        erasure_id=values["erasure_id"],
        player=values["player"],
        started_at=datetime.fromisoformat(values["started_at"]),
        settles_at=datetime.fromisoformat(values["settles_at"]),
        username=values.get("username"),
        steps_done=values["steps_done"],
        campaigns=values["campaigns"],
        campaigns_done=values["campaigns_done"],
    )
