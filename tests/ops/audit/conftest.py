"""A record of a played campaign, written by the audit service itself, beside what its owners have committed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from contracts.envelope import EventMetadata
from infra.environment import Environment
from services.audit.adapters.table import DynamoAuditTable
from services.audit.application.record import record
from services.audit.domain.entry import entry_of
from stagekit.packing import unpack
from tests.support.quick_dynamodb import quick_aws

CAMPAIGN = "c_" + "a" * 26
STORY, ADMISSIONS = f"campaign/{CAMPAIGN}", f"turns/{CAMPAIGN}"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
TABLES = ("audit", "campaign", "gateway")
HEADS = {"campaign": ("campaign", "STATE"), "turns": ("gateway", "META")}


def turn(number: int) -> str:
    return "t_" + f"{number:026d}".translate(str.maketrans("0123456789", "abcdefghij"))


@dataclass
class World:
    """Three tables, what happened, and damage done to the record by hand."""

    dynamodb: Any

    def happens(self, stream: str, sequence: int, *, when: datetime = LONG_AGO, opaque: str = "") -> dict[str, Any]:
        """A fact is committed: it is in its owner's outbox and counted there. Answers its metadata."""
        table, head = HEADS[stream.partition("/")[0]]
        campaign_id = stream.partition("/")[2]
        metadata = {
            "event_id": opaque or f"{stream}/{sequence}",
            "schema_version": "1.0",
            "occurred_at": when.isoformat(),
            "producer": f"ninelives.{table}",
            "correlation_id": turn(sequence),
            "causation_id": turn(sequence),
            "idempotency_key": f"{turn(sequence)}/done",
            "campaign_id": campaign_id,
            "turn_id": turn(sequence),
            "stream": stream,
            "sequence": sequence,
        }
        event = {"detail_type": "Happened.v1", "source": metadata["producer"], "detail": {"metadata": metadata}}
        self.put(table, f"STREAM#{stream}", f"{sequence:010d}", entity="event", event=json.dumps(event))
        key = {"pk": {"S": f"CAMPAIGN#{campaign_id}"}, "sk": {"S": head}}
        self.dynamodb.put_item(TableName=table, Item={**key, "sequence": {"N": str(sequence)}})
        return metadata

    def arrives(self, metadata: dict[str, Any], **data: Any) -> None:
        """The audit service hears of it."""
        entry = entry_of(metadata["producer"], "Happened.v1", EventMetadata.model_validate(metadata), data)
        record(entry, DynamoAuditTable(self.dynamodb, "audit"))

    def announces(self, event_id: str, step: str) -> None:
        """Progress was heard of."""
        told = {**self.happens(STORY, 1), "event_id": event_id, "sequence": None, "stream": f"progress/{step}"}
        self.arrives(told)

    def put(self, table: str, pk: str, sk: str, **attributes: str) -> None:
        item = {"pk": pk, "sk": sk, **attributes}
        self.dynamodb.put_item(TableName=table, Item={name: {"S": value} for name, value in item.items()})

    def take(self, pk: str, place: int | str) -> dict[str, str]:
        """Remove an item from the record, and answer what it says."""
        sk = place if isinstance(place, str) else f"{place:010d}"
        key = {"pk": {"S": pk}, "sk": {"S": sk}}
        removed = self.dynamodb.delete_item(TableName="audit", Key=key, ReturnValues="ALL_OLD")["Attributes"]
        return {name: unpack(value["S"]) for name, value in removed.items() if name not in ("pk", "sk")}

    def links(self, stream: str) -> list[str]:
        found = self.dynamodb.query(
            TableName="audit",
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": f"CHAIN#{stream}"}},
        )
        return [item["link"]["S"] for item in found["Items"]]

    @property
    def site(self) -> Environment:
        return Environment("local", {f"{name}/table/{name}": name for name in TABLES}, lambda service: self.dynamodb)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Five facts of a story and four of its admissions, all recorded, and some progress."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with quick_aws():
        dynamodb = boto3.client("dynamodb", region_name="us-east-1")
        for table in TABLES:
            dynamodb.create_table(
                TableName=table,
                KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
                AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
                BillingMode="PAY_PER_REQUEST",
            )
        world = World(dynamodb)
        world.announces("p1", turn(1))
        world.announces("p2", CAMPAIGN)
        for sequence in (2, 1, 3, 5, 4):
            world.arrives(world.happens(STORY, sequence), hp=sequence)
        for sequence in range(1, 5):
            world.arrives(world.happens(ADMISSIONS, sequence, opaque=f"{sequence:032x}"))
        world.happens(STORY, 5)
        yield world


def soon_before(seconds: float) -> datetime:
    return datetime.now(UTC) - timedelta(seconds=seconds)
