"""A deployment with a projection: real tables in moto, and an archive whose replay reaches the rebuild at once."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import boto3

from contracts.envelope import Event
from infra.environment import Environment
from ninelives.ops.replay.rebuild_tables import Projection
from services.campaign.adapters.campaign_store import CampaignStore
from services.campaign.adapters.items import state_key
from services.campaign.adapters.projection_table import BY_OWNER, STANDINGS
from services.campaign.application.create import create
from services.campaign.application.persist_turn import persist_turn
from services.campaign.application.project import project, take_in
from services.campaign.tests.builders import (
    NOON,
    SEED,
    campaign_id,
    create_request,
    envelope,
    persist_request,
    turn_id,
)
from tests.support.quick_dynamodb import quick_aws

BEGUN = NOON - timedelta(days=1)
NOW = NOON + timedelta(hours=1)
TABLES = {"campaign": "campaigns", "projection": "first", "projection-side": "second"}
NAMES = {
    **{f"campaign/table/{name}": table for name, table in TABLES.items()},
    "campaign/queue/rebuild": "https://queue/rebuild",
    "campaign/queue/projection": "https://queue/projection",
    "campaign/queue/rebuild-dead-letters": "https://queue/rebuild-dead-letters",
    "campaign/rule/rebuild": "arn:rule/rebuild",
    "campaign/fn/rebuild": "arn:fn/rebuild",
    "platform/archive-name": "ninelives",
}


class _Missing(Exception):
    pass


class _TooMany(Exception):
    pass


@dataclass
class Consumer:
    """Lambda, with the one mapping that feeds the rebuild."""

    takes: bool = False

    def list_event_source_mappings(self, FunctionName: str) -> dict[str, Any]:
        return {"EventSourceMappings": [{"UUID": "feeds-rebuild"}] if FunctionName == "arn:fn/rebuild" else []}

    def update_event_source_mapping(self, UUID: str, Enabled: bool) -> None:
        assert UUID == "feeds-rebuild"
        self.takes = Enabled


@dataclass
class Events:
    """EventBridge with one archive. `leaves_out` are events it has lost; `stalls` keeps replays running for ever."""

    archived: list[Event] = field(default_factory=list)
    leaves_out: set[str] = field(default_factory=set)
    stalls: bool = False
    full: bool = False
    since: datetime = BEGUN
    replays: dict[str, dict[str, Any]] = field(default_factory=dict)
    projection: Projection | None = None
    consumer: Consumer = field(default_factory=lambda: Consumer())
    exceptions = SimpleNamespace(ResourceNotFoundException=_Missing, LimitExceededException=_TooMany)

    def describe_archive(self, ArchiveName: str) -> dict[str, Any]:
        known = {"ArchiveName": ArchiveName, "ArchiveArn": "arn:archive", "EventSourceArn": "arn:bus"}
        return {**known, "CreationTime": self.since, "EventCount": len(self.archived)}

    def start_replay(self, ReplayName: str, **asked: Any) -> None:
        if self.full:
            raise _TooMany
        assert self.consumer.takes, "nobody would take what it brings"
        self.replays[ReplayName] = {**asked, "State": "RUNNING" if self.stalls else "COMPLETED"}
        if not self.stalls:
            self.bring(ReplayName)

    def bring(self, name: str) -> None:
        """Deliver what a replay brings, newest first and the first of it twice."""
        assert self.projection is not None
        asked = self.replays[name]
        asked["State"] = "COMPLETED"
        for event in [*self.archived[::-1], *self.archived[-1:]]:
            built = self.projection.versions.building()
            inside = asked["EventStartTime"] <= event.metadata.occurred_at < asked["EventEndTime"]
            if built and inside and event.metadata.event_id not in self.leaves_out:
                take_in(event, built, self.projection.campaigns, lambda tried: None)

    def describe_replay(self, ReplayName: str) -> dict[str, Any]:
        if ReplayName not in self.replays:
            raise _Missing
        return self.replays[ReplayName]

    def cancel_replay(self, ReplayName: str) -> None:
        self.replays[ReplayName]["State"] = "CANCELLED"


@dataclass
class Queues:
    """SQS that tells how many messages wait; `dead` of them where dead letters go, growing by `dying` a look."""

    dead: int = 0
    dying: int = 0
    unseen: int = 0
    """Messages that were received by the live table's consumer and not worked through."""

    def get_queue_attributes(self, QueueUrl: str, AttributeNames: list[str]) -> dict[str, Any]:
        if QueueUrl.endswith("projection"):
            return {"Attributes": {"ApproximateNumberOfMessagesNotVisible": str(self.unseen)}}
        if not QueueUrl.endswith("dead-letters"):
            return {"Attributes": {"ApproximateNumberOfMessages": "0"}}
        self.dead += self.dying
        return {"Attributes": {"ApproximateNumberOfMessages": str(self.dead)}}


@dataclass
class Deployed:
    """Campaigns are played here, and projected at once unless they are asked not to be."""

    dynamodb: Any
    events: Events = field(default_factory=Events)
    queues: Queues = field(default_factory=Queues)
    environment: str = "local"

    def __post_init__(self) -> None:
        self.projection = self.events.projection = Projection(self.site)

    @property
    def site(self) -> Environment:
        clients = {
            "dynamodb": self.dynamodb,
            "events": self.events,
            "sqs": self.queues,
            "lambda": self.events.consumer,
        }
        return Environment(self.environment, NAMES, clients.__getitem__)

    def play(self, campaign: int = 1, turns: int = 2, *, projected: bool = True) -> str:
        """A campaign of so many turns; its id."""
        store = CampaignStore(self.dynamodb, TABLES["campaign"])
        create(create_request(campaign=campaign), store, seed=lambda: SEED, now=NOON)
        for number in range(1, turns + 1):
            request = persist_request(turn=number, base_version=number)
            known = {**envelope(turn=number, campaign=campaign).model_dump(), "turn_id": turn_id(number)}
            moment = NOON + timedelta(minutes=number)
            persist_turn(request.model_copy(update={"envelope": type(request.envelope)(**known)}), store, now=moment)
        told = list(self.projection.owner.events(campaign_id(campaign), 1, turns + 1))
        self.events.archived += told
        for event in told if projected else ():
            self.project(event)
        return campaign_id(campaign)

    def tell_other(self, campaign: int = 1, detail_type: str = "ItemTraded.v1", *, projected: bool = True) -> Event:
        """The campaign commits an event of a kind that no list shows, and the next of its numbers is taken."""
        key = state_key(campaign_id(campaign))
        sequence = int(self.dynamodb.get_item(TableName=TABLES["campaign"], Key=key)["Item"]["sequence"]["N"]) + 1
        [last] = self.projection.owner.events(campaign_id(campaign), sequence - 1, sequence - 1)
        stream = last.metadata.stream
        event = Event(
            metadata=last.metadata.model_copy(update={"event_id": f"{stream}/{sequence}", "sequence": sequence})
        )
        detail = {**event.model_dump(mode="json"), "data": {"price": 3}}
        body = {"detail_type": detail_type, "source": "ninelives.campaign", "detail": detail}
        item = {
            "pk": {"S": f"STREAM#{stream}"},
            "sk": {"S": f"{sequence:010d}"},
            "entity": {"S": "event"},
            "event": {"S": json.dumps(body)},
        }
        self.dynamodb.put_item(TableName=TABLES["campaign"], Item=item)
        self.dynamodb.update_item(
            TableName=TABLES["campaign"],
            Key=key,
            UpdateExpression="SET #sequence = :sequence",
            ExpressionAttributeNames={"#sequence": "sequence"},
            ExpressionAttributeValues={":sequence": {"N": str(sequence)}},
        )
        self.events.archived.append(event)
        if projected:
            self.project(event)
        return event

    def project(self, event: Event) -> None:
        project(event, self.projection.versions, self.projection.campaigns, lambda tried: None)

    def items(self, table: str) -> dict[str, Any]:
        """The lines of a table by their key."""
        found = self.dynamodb.scan(TableName=TABLES[table])["Items"]
        return {item["pk"]["S"]: item for item in found if item["pk"]["S"] != "GENERATION"}

    def damage(self, campaign: str, **figures: Any) -> None:
        """Change a live line by hand."""
        item = self.items("projection")[f"CAMPAIGN#{campaign}"]
        line = json.loads(item["line"]["S"])
        line["figures"] |= figures
        self.dynamodb.put_item(TableName="first", Item={**item, "line": {"S": json.dumps(line)}})


def _index(name: str, keys: str) -> Any:
    schema = [{"AttributeName": f"{keys}pk", "KeyType": "HASH"}, {"AttributeName": f"{keys}sk", "KeyType": "RANGE"}]
    return {"IndexName": name, "KeySchema": schema, "Projection": {"ProjectionType": "ALL"}}


@contextmanager
def one_dynamodb() -> Iterator[Any]:
    with patch.dict(os.environ, AWS_ACCESS_KEY_ID="testing", AWS_SECRET_ACCESS_KEY="testing"), quick_aws():
        yield boto3.client("dynamodb", region_name="us-east-1")


def deploy(dynamodb: Any) -> Deployed:
    """A deployment where nobody has played yet."""
    keys = ["pk", "sk", "gsi1pk", "gsi1sk", "gsi2pk", "gsi2sk"]
    for old in dynamodb.list_tables()["TableNames"]:
        dynamodb.delete_table(TableName=old)
    for table in TABLES.values():
        dynamodb.create_table(
            TableName=table,
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in keys],
            BillingMode="PAY_PER_REQUEST",
            GlobalSecondaryIndexes=[_index(BY_OWNER, "gsi1"), _index(STANDINGS, "gsi2")],
        )
    return Deployed(dynamodb)
