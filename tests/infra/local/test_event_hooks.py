"""Behaviour of EventBridge and SQS that the hooks restore."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from infra.local.home import ACCOUNT, REGION


@pytest.fixture
def bus(cloud):
    name = cloud.name("bus")
    cloud.client("events").create_event_bus(Name=name)
    return name


def bus_arn(bus):
    return f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/{bus}"


def rule(cloud, bus, target, pattern=None):
    name = cloud.name("rule")
    pattern = json.dumps(pattern or {"source": ["ninelives.test"]})
    arn = cloud.client("events").put_rule(Name=name, EventBusName=bus, EventPattern=pattern)["RuleArn"]
    cloud.client("events").put_targets(Rule=name, EventBusName=bus, Targets=[{"Id": "target", **target}])
    return arn


def put(cloud, bus, **detail):
    entry = {"EventBusName": bus, "Source": "ninelives.test", "DetailType": "Meowed.v1", "Detail": json.dumps(detail)}
    assert cloud.client("events").put_events(Entries=[entry])["FailedEntryCount"] == 0


def test_a_replay_reaches_only_the_rules_it_names(cloud, bus):
    events, archive = cloud.client("events"), cloud.name("archive")
    events.create_archive(ArchiveName=archive, EventSourceArn=bus_arn(bus))
    (named, named_arn), (other, other_arn) = cloud.queue(), cloud.queue()
    named_rule = rule(cloud, bus, {"Arn": named_arn}, {"replay-name": [{"exists": True}]})
    rule(cloud, bus, {"Arn": other_arn}, {"replay-name": [{"exists": True}]})
    put(cloud, bus, life=1)
    now = datetime.now(UTC)
    events.start_replay(
        ReplayName=cloud.name("replay"),
        EventSourceArn=events.describe_archive(ArchiveName=archive)["ArchiveArn"],
        EventStartTime=now - timedelta(hours=1),
        EventEndTime=now + timedelta(hours=1),
        Destination={"Arn": bus_arn(bus), "FilterArns": [named_rule]},
    )

    (message,) = cloud.until(lambda: cloud.messages(named))
    assert json.loads(message["Body"])["detail"] == {"life": 1}
    assert cloud.messages(other) == []


def test_an_event_whose_queue_is_gone_goes_to_the_dead_letters_of_its_target(cloud, bus):
    gone, gone_arn = cloud.queue()
    dead, dead_arn = cloud.queue()
    rule_arn = rule(cloud, bus, {"Arn": gone_arn, "DeadLetterConfig": {"Arn": dead_arn}})
    cloud.client("sqs").delete_queue(QueueUrl=gone)
    put(cloud, bus, life=2)

    (message,) = cloud.messages(dead, MessageAttributeNames=["All"])
    assert json.loads(message["Body"])["detail"] == {"life": 2}
    assert message["MessageAttributes"]["RULE_ARN"]["StringValue"] == rule_arn


def test_an_event_that_is_delivered_leaves_no_dead_letter(cloud, bus):
    there, there_arn = cloud.queue()
    dead, dead_arn = cloud.queue()
    rule(cloud, bus, {"Arn": there_arn, "DeadLetterConfig": {"Arn": dead_arn}})
    put(cloud, bus, life=3)

    assert len(cloud.messages(there)) == 1
    assert cloud.messages(dead) == []


@pytest.fixture
def dead_letters(cloud):
    """A source queue and its dead-letter queue holding one message received twice."""
    dead, dead_arn = cloud.queue()
    policy = json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": 2})
    source, source_arn = cloud.queue(RedrivePolicy=policy, VisibilityTimeout="0")
    cloud.client("sqs").send_message(QueueUrl=source, MessageBody="poison")
    while cloud.messages(source):
        pass
    return source, source_arn, dead, dead_arn


def test_a_message_move_task_without_a_destination_puts_dead_letters_back_where_they_failed(cloud, dead_letters):
    source, _, dead, dead_arn = dead_letters
    cloud.client("sqs").start_message_move_task(SourceArn=dead_arn)

    assert cloud.messages(dead) == []
    (message,) = cloud.messages(source, AttributeNames=["ApproximateReceiveCount"])
    assert (message["Body"], message["Attributes"]["ApproximateReceiveCount"]) == ("poison", "1")


def test_a_message_move_task_with_a_destination_moves_the_messages_there(cloud, dead_letters):
    _, _, dead, dead_arn = dead_letters
    elsewhere, elsewhere_arn = cloud.queue()
    cloud.client("sqs").start_message_move_task(SourceArn=dead_arn, DestinationArn=elsewhere_arn)

    assert [message["Body"] for message in cloud.messages(elsewhere)] == ["poison"]
    assert cloud.messages(dead) == []


def test_message_move_tasks_are_listed_with_what_they_moved(cloud, dead_letters):
    _, source_arn, _, dead_arn = dead_letters
    cloud.client("sqs").start_message_move_task(SourceArn=dead_arn, DestinationArn=source_arn)

    (task,) = cloud.client("sqs").list_message_move_tasks(SourceArn=dead_arn)["Results"]
    assert (task["Status"], task["ApproximateNumberOfMessagesMoved"]) == ("COMPLETED", 1)


def test_a_message_move_task_from_a_queue_that_is_not_there_is_refused(cloud):
    sqs = cloud.client("sqs")
    with pytest.raises(sqs.exceptions.ResourceNotFoundException):
        sqs.start_message_move_task(SourceArn=f"arn:aws:sqs:{REGION}:{ACCOUNT}:nowhere")
