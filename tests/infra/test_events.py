"""Facts reach whoever needs them, and what cannot be handled is set aside where somebody looks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from moto.events.models import EventPattern

from infra.constructs.erasure_worker import EXPIRED_GUEST
from infra.constructs.watched_alarms import OUTBOXES
from infra.subscriptions import subscriptions
from stagekit.events import MAX_EVENT_BYTES
from tests.infra.templates import ALARM, QUEUE, Cloud, Resource, synthesise_stacks

MAPPING, RULE = "AWS::Lambda::EventSourceMapping", "AWS::Events::Rule"
CONSUMERS = {(each.service, f"services.{each.service}.handlers.{each.handler}.handler") for each in subscriptions()}
LIVE = len(CONSUMERS) - 1  # all but the rebuild


def _source(mapping: Resource) -> tuple[str, str]:
    name, attribute = mapping.properties["EventSourceArn"]["Fn::GetAtt"]
    return name, attribute


def _of_queues(cloud: Cloud) -> list[Resource]:
    return [each for each in _of_its_own(cloud) if _source(each)[1] == "Arn"]


def _streams(cloud: Cloud) -> list[Resource]:
    return [each for each in _of_its_own(cloud) if _source(each)[1] == "StreamArn"]


def _of_outboxes(cloud: Cloud) -> list[Resource]:
    """Without the one that wakes whoever erases."""
    return [each for each in _streams(cloud) if "fnerase" not in str(each.properties["FunctionName"])]


def _of_its_own(cloud: Cloud) -> list[Resource]:
    """Without the story that is still being told: it is no fact, and comes by a queue of the game master's."""
    return [each for each in cloud.all(MAPPING) if each.properties["EventSourceArn"] != {"Ref": "DmQueueArnNarration"}]


def _resource(cloud: Cloud, stack: str, name: str) -> dict[str, Any]:
    return cloud.templates[stack]["Resources"][name]["Properties"]


def test_each_consumer_has_a_rule_a_queue_and_dead_letters_of_its_own(aws: Cloud) -> None:
    consumers, queues, dead = set(), [], []
    for mapping in _of_queues(aws):
        queue = _resource(aws, mapping.stack, _source(mapping)[0])
        function = _resource(aws, mapping.stack, mapping.properties["FunctionName"]["Ref"])
        [rule] = [
            each
            for each in aws.all(RULE)
            if each.stack == mapping.stack
            and each.properties["Targets"][0]["Arn"]["Fn::GetAtt"][0] == _source(mapping)[0]
        ]
        consumers.add((mapping.stack, function["Handler"]))
        queues.append((mapping.stack, _source(mapping)[0]))
        dead.append((mapping.stack, queue["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]))
        assert queue["RedrivePolicy"]["maxReceiveCount"] == 3
        assert queue["VisibilityTimeout"] >= 6 * function["Timeout"]
        assert mapping.properties["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert function["Environment"]["Variables"]["DEAD_LETTER_QUEUE_URL"] == {"Ref": dead[-1][1]}
        assert rule.properties["Targets"][0]["DeadLetterConfig"]["Arn"]["Fn::GetAtt"][0] == dead[-1][1]

    assert consumers == CONSUMERS
    assert len(set(queues)) == len(set(dead)) == len(CONSUMERS)


def test_live_consumers_never_see_a_replay(aws: Cloud) -> None:
    named = [rule.properties["EventPattern"]["replay-name"] for rule in aws.all(RULE)]

    assert sorted(map(str, named)) == sorted(
        ["[{'exists': False}]"] * LIVE + ["[{'prefix': 'rebuild-'}]", "[{'prefix': 'export-'}]"]
    )
    for rule in aws.all(RULE):
        is_live = rule.properties["EventPattern"]["replay-name"] == [{"exists": False}]
        assert is_live or rule.id.lower().startswith(("consumerrebuild", "export")), rule


def test_audit_sees_every_event_of_ours(aws: Cloud) -> None:
    [pattern] = [rule.properties["EventPattern"] for rule in aws.all(RULE) if rule.stack == "audit"]

    assert pattern == {"source": [{"prefix": "ninelives."}], "replay-name": [{"exists": False}]}


@pytest.mark.parametrize("source", ["ninelives.campaign", "ninelives.gateway"])
@pytest.mark.parametrize("replay", [None, "rebuild-20310504T090000Z", "export-x"])
def test_the_lists_of_campaigns_hear_every_kind_of_event_of_campaigns_and_of_nobody_else(
    aws: Cloud, source: str, replay: str | None
) -> None:
    event = {"source": source, "detail-type": "NobodyHasHeardOf.v1", "detail": {}}
    event |= {} if replay is None else {"replay-name": replay}
    patterns = {
        _handler_fed_by(aws, rule): EventPattern.load(json.dumps(rule.properties["EventPattern"]))
        for rule in aws.all(RULE)
        if rule.stack == "campaign"
    }

    hear = {name for name, pattern in patterns.items() if pattern.matches_event(event)}

    expected = {None: "project", "rebuild-20310504T090000Z": "rebuild"}.get(replay)
    assert patterns.keys() == {"project", "rebuild"}
    assert hear == ({expected} if expected and source == "ninelives.campaign" else set())


@pytest.mark.parametrize("quiet", [{}, {"quiet": True}])
def test_steps_that_nobody_looks_on_come_to_everybody_but_those_who_tell_them(
    aws: Cloud, quiet: dict[str, bool]
) -> None:
    event = {"source": "ninelives.lore", "detail-type": "LoreRetrieved.v1", "detail": {"metadata": quiet}}
    hear = {
        _handler_fed_by(aws, rule)
        for rule in aws.all(RULE)
        if rule.stack in ("audit", "gateway")
        and EventPattern.load(json.dumps(rule.properties["EventPattern"])).matches_event(event)
    }

    assert "record" in hear
    assert ("progress" in hear) is (not quiet)


def _handler_fed_by(cloud: Cloud, rule: Resource) -> str:
    """The handler that a rule feeds."""
    queue = rule.properties["Targets"][0]["Arn"]["Fn::GetAtt"][0]
    [mapping] = [each for each in _of_queues(cloud) if each.stack == rule.stack and _source(each)[0] == queue]
    function = _resource(cloud, mapping.stack, mapping.properties["FunctionName"]["Ref"])
    return str(function["Handler"]).split(".")[-2]


def test_every_rule_listens_on_our_bus_and_tries_for_a_day(aws: Cloud) -> None:
    for rule in aws.all(RULE):
        assert rule.properties["EventBusName"] == {"Ref": "PlatformBusName"}
        [target] = rule.properties["Targets"]
        assert target["RetryPolicy"] == {"MaximumEventAgeInSeconds": 86400, "MaximumRetryAttempts": 185}


def test_every_queue_where_dead_letters_go_raises_an_alarm_at_the_first_message(aws: Cloud) -> None:
    watched = {
        (alarm.stack, alarm.properties["Dimensions"][0]["Value"]["Fn::GetAtt"][0])
        for alarm in aws.all(ALARM)
        if alarm.properties.get("MetricName") == "ApproximateNumberOfMessagesVisible"
        and alarm.properties["Threshold"] == 1
    }
    without_redrive = {(each.stack, each.id) for each in aws.all(QUEUE) if "RedrivePolicy" not in each.properties}

    assert watched == {queue for queue in without_redrive if queue[0] != "dm"}  # a story is told now or never
    assert len(watched) == len(CONSUMERS) + len(OUTBOXES) + 2  # the export, failed turns


def test_a_story_on_its_way_is_forgotten_within_the_minute(aws: Cloud) -> None:
    queue = _narration(aws).properties

    assert (queue["MessageRetentionPeriod"], "RedrivePolicy" in queue) == (60, False)
    assert queue["VisibilityTimeout"] < queue["MessageRetentionPeriod"]


def _narration(cloud: Cloud) -> Resource:
    told = cloud.function("dm/invoke_dungeon_master").properties["Environment"]["Variables"]["NARRATION_QUEUE_URL"]
    [queue] = [each for each in cloud.all(QUEUE) if (each.stack, each.id) == ("dm", told["Ref"])]
    return queue


def test_every_queue_with_work_raises_an_alarm_when_it_is_not_worked_through(closely: Cloud) -> None:
    watched = {
        (alarm.stack, alarm.properties["Dimensions"][0]["Value"]["Fn::GetAtt"][0])
        for alarm in closely.all(ALARM)
        if alarm.properties.get("MetricName") == "ApproximateAgeOfOldestMessage"
    }

    worked = {(each.stack, each.id) for each in closely.all(QUEUE) if "RedrivePolicy" in each.properties}
    assert watched == {queue for queue in worked if queue[0] != "operations"}  # an export is drained when asked for


def test_queues_are_encrypted_and_refuse_plain_http(aws: Cloud) -> None:
    secured = set()
    for policy in aws.all("AWS::SQS::QueuePolicy"):
        for rule in policy.properties["PolicyDocument"]["Statement"]:
            if rule["Effect"] == "Deny" and rule["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}:
                secured |= {(policy.stack, queue["Ref"]) for queue in policy.properties["Queues"]}
    for queue in aws.all(QUEUE):
        assert queue.properties["SqsManagedSseEnabled"] is True, queue
        assert (queue.stack, queue.id) in secured, queue


def test_everything_on_the_bus_is_archived_for_good(aws: Cloud) -> None:
    [archive] = aws.all("AWS::Events::Archive")

    assert archive.properties["EventPattern"] == {"source": [{"prefix": ""}]}
    assert not archive.properties.get("RetentionDays")
    assert archive.body["DeletionPolicy"] == "RetainExceptOnCreate"


def test_the_outbox_is_relayed_whole_halved_when_it_fails_and_never_silently_dropped(aws: Cloud) -> None:
    streams = _of_outboxes(aws)

    assert {mapping.stack for mapping in streams} == set(OUTBOXES) != set()
    for mapping in streams:
        properties = mapping.properties
        assert properties["StartingPosition"] == "TRIM_HORIZON"
        assert properties["BisectBatchOnFunctionError"] is True
        assert "MaximumRetryAttempts" not in properties  # as long as the stream remembers
        assert properties["MaximumRecordAgeInSeconds"] < 24 * 3600
        assert "FunctionResponseTypes" not in properties
        assert properties["DestinationConfig"]["OnFailure"]["Destination"]["Fn::GetAtt"][0].startswith("queuerelay")


def test_only_inserted_events_leave_the_outbox(aws: Cloud) -> None:
    for mapping in _of_outboxes(aws):
        [given] = mapping.properties["FilterCriteria"]["Filters"]
        assert given["Pattern"] == '{"eventName":["INSERT"],"dynamodb":{"NewImage":{"entity":{"S":["event"]}}}}'


def test_whoever_erases_is_woken_by_a_row_and_by_a_guest_that_expired_and_by_nothing_else(aws: Cloud) -> None:
    [mapping] = [each for each in _streams(aws) if each not in _of_outboxes(aws)]
    properties = mapping.properties

    assert aws.function("gateway/erase").id in str(properties["FunctionName"])
    woken, expired = (json.loads(each["Pattern"]) for each in properties["FilterCriteria"]["Filters"])
    assert woken == {"eventName": ["INSERT"], "dynamodb": {"NewImage": {"entity": {"S": ["wake"]}}}}
    assert expired == EXPIRED_GUEST
    assert (properties["BatchSize"], properties["StartingPosition"]) == (1, "TRIM_HORIZON")
    assert "MaximumRetryAttempts" not in properties  # as long as the stream remembers
    assert properties["DestinationConfig"]["OnFailure"]["Destination"]["Fn::GetAtt"][0].startswith("queuerelay")


def test_an_outbox_that_falls_behind_raises_an_alarm(aws: Cloud) -> None:
    late = [each for each in aws.all(ALARM) if each.properties.get("MetricName") == "IteratorAge"]

    assert {alarm.stack for alarm in late} == set(OUTBOXES)


def test_every_accepted_turn_is_looked_at_again_after_its_deadline(aws: Cloud) -> None:
    [rule] = [each for each in aws.all(RULE) if each.stack == "gateway" and "deadline" in each.id]
    queue = _resource(aws, "gateway", rule.properties["Targets"][0]["Arn"]["Fn::GetAtt"][0])

    assert rule.properties["EventPattern"]["detail-type"] == ["TurnAccepted.v1"]
    assert queue["DelaySeconds"] == 300


def test_the_deadline_can_be_shorter(tmp_path_factory: pytest.TempPathFactory) -> None:
    cloud = synthesise_stacks(
        tmp_path_factory.mktemp("brief"), target="local", only="gateway", turn_deadline_seconds="5"
    )

    assert 5 in {queue.properties.get("DelaySeconds") for queue in cloud.all(QUEUE)}


def test_who_is_in_no_hurry_collects_messages_and_nobody_else_waits(aws: Cloud) -> None:
    windows: dict[str, tuple[int, int]] = {}
    for mapping in _of_queues(aws):
        handler = _resource(aws, mapping.stack, mapping.properties["FunctionName"]["Ref"])["Handler"].split(".")[-2]
        window = mapping.properties.get("MaximumBatchingWindowInSeconds", 0)
        windows[f"{mapping.stack}/{handler}"] = (window, mapping.properties["BatchSize"])

    collecting = {name: window for name, window in windows.items() if window != (0, 10)}
    assert collecting == {
        "audit/record": (5, 50),
        "metrics/count": (5, 50),
        "chronicle/remember": (5, 50),
        "gateway/progress": (1, 50),
        "gateway/deadline": (30, 50),
    }
    assert {"gateway/push", "gateway/deadline", "campaign/project", "campaign/rebuild"} <= windows.keys()


def test_a_batch_of_the_largest_events_is_less_than_a_function_may_be_given(aws: Cloud) -> None:
    for mapping in _of_queues(aws):
        assert mapping.properties["BatchSize"] * MAX_EVENT_BYTES <= 6_000_000
