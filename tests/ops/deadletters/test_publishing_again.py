"""Facts that a relay gave up on are published from the outbox: exactly those the audit lacks, or the letter stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

import boto3
import pytest

from ninelives.ops.deadletters import publishing_again
from ninelives.ops.deadletters.publishing_again import publish_again
from ninelives.ops.deadletters.queues import DeadLetters, Kind
from stagekit.publishing import BusRefused
from tests.ops.deadletters.fake_queues import (
    RELAY,
    STREAM,
    Bus,
    FakeQueues,
    event,
    metadata,
    outbox_letter,
    site_of,
    stream_range,
)
from tests.support.quick_dynamodb import quick_aws

QUEUE = DeadLetters(RELAY, RELAY, Kind.UNPUBLISHED)
NOON = "2031-01-01T12:00:00Z"


class Deployment:
    """A campaign's outbox of facts, one every hour from noon on; the audit; the bus; the relay's dead letters."""

    def __init__(self) -> None:
        self.dynamodb = boto3.client("dynamodb", "us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
        for table in ("campaign", "audit"):
            self.dynamodb.create_table(
                TableName=table,
                KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
                AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
                BillingMode="PAY_PER_REQUEST",
            )
        self.fakes, self.bus = FakeQueues(), Bus()
        self.site = site_of(sqs=self.fakes, events=self.bus, dynamodb=self.dynamodb)

    def commit(self, sequence: int, hour: int | None = None, event: str | None = None) -> None:
        occurred = f"2031-01-01T{12 if hour is None else hour:02d}:00:00+00:00"
        detail = {"metadata": metadata(sequence, occurred), "data": {}}
        fact = {"detail_type": "TurnResolved.v1", "source": "ninelives.campaign", "detail": detail}
        self._put("campaign", f"STREAM#{STREAM}", sequence, event or json.dumps(fact))

    def hear(self, sequence: int) -> None:
        self._put("audit", STREAM, sequence, "")

    def _put(self, table: str, pk: str, sequence: int, event: str) -> None:
        item = {"pk": pk, "sk": f"{sequence:010d}", "entity": "event", "event": event}
        self.dynamodb.put_item(TableName=table, Item={name: {"S": value} for name, value in item.items()})


@pytest.fixture
def deployment() -> Iterator[Deployment]:
    with quick_aws():
        yield Deployment()


def list_published(deployment: Deployment) -> list[int]:
    return [int(event_id.rpartition("/")[2]) for event_id in deployment.bus.taken]


def test_the_facts_of_a_range_that_the_audit_lacks_are_published_and_the_letter_goes(deployment):
    for sequence in range(1, 131):
        deployment.commit(sequence)
        if sequence % 2:
            deployment.hear(sequence)
    deployment.commit(131, hour=18)
    deployment.fakes.put(RELAY, stream_range(NOON, "2031-01-01T12:01:00Z"))

    done = publish_again(deployment.site, QUEUE)

    assert list_published(deployment) == list(range(2, 131, 2))
    assert (done.letters, done.kept, done.facts, deployment.fakes.bodies(RELAY)) == (1, 0, 65, [])


def test_an_item_that_was_set_aside_is_published_once_the_relay_can(deployment):
    deployment.commit(1)
    deployment.commit(2)
    deployment.fakes.put(RELAY, outbox_letter(2))

    publish_again(deployment.site, QUEUE)

    assert (list_published(deployment), deployment.fakes.bodies(RELAY)) == ([2], [])


def test_the_same_again_publishes_nothing_that_has_arrived(deployment):
    deployment.commit(1)
    deployment.hear(1)
    deployment.fakes.put(RELAY, outbox_letter(1))

    done = publish_again(deployment.site, QUEUE)

    assert (done.facts, list_published(deployment), deployment.fakes.bodies(RELAY)) == (0, [], [])


def test_an_item_that_no_bus_takes_keeps_its_letters_and_holds_up_no_other(deployment):
    deployment.commit(1, event="{")
    deployment.commit(2)
    deployment.commit(3)
    kept = [outbox_letter(1), stream_range(NOON, NOON)]
    for body in [*kept, outbox_letter(3)]:
        deployment.fakes.put(RELAY, body)

    done = publish_again(deployment.site, QUEUE)

    assert list_published(deployment) == [2, 3]
    assert [(each.sk, each.reason) for each in done.rejected] == [("0000000001", "not an event")]
    assert deployment.fakes.bodies(RELAY) == kept


@pytest.mark.parametrize("body", [outbox_letter(5), event(5), "{"], ids=["nothing there", "an event", "poison"])
def test_a_letter_that_leads_to_no_fact_stays_for_somebody_to_look_at(deployment, body):
    deployment.fakes.put(RELAY, body)

    done = publish_again(deployment.site, QUEUE)

    assert (done.kept, list_published(deployment), deployment.fakes.bodies(RELAY)) == (1, [], [body])


def test_while_the_bus_refuses_every_letter_stays(deployment, monkeypatch):
    monkeypatch.setattr(publishing_again, "PATIENCE", 0)
    deployment.commit(1)
    deployment.fakes.put(RELAY, outbox_letter(1))
    deployment.bus.refuses = True

    with pytest.raises(BusRefused):
        publish_again(deployment.site, QUEUE)

    assert len(deployment.fakes.bodies(RELAY)) == 1


def test_a_dry_run_counts_and_changes_nothing(deployment):
    deployment.commit(1)
    deployment.fakes.put(RELAY, outbox_letter(1))

    done = publish_again(deployment.site, QUEUE, dry_run=True)

    assert (done.kept, done.facts) == (1, 1)
    assert (list_published(deployment), len(deployment.fakes.bodies(RELAY))) == ([], 1)


def test_facts_whose_letter_was_lost_are_found_by_their_age(deployment):
    deployment.commit(1, hour=10)
    deployment.commit(2, hour=14)

    publish_again(deployment.site, QUEUE, since=datetime.fromisoformat(NOON))

    assert list_published(deployment) == [2]
