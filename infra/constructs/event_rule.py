"""The rule that brings events from the bus into a queue: live ones, or those of replays with a certain name."""

from __future__ import annotations

from typing import Any

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs.service_stack import ServiceStack
from infra.subscriptions import ConsumerSubscription

DELIVERY_TRIES, DELIVERY_WITHIN = 185, Duration.hours(24)


def event_rule(
    scope: Construct,
    stack: ServiceStack,
    queue: sqs.IQueue,
    dead_letters: sqs.IQueue,
    *,
    heard: ConsumerSubscription | None = None,
    replays: str | None = None,
    quiet_too: bool = True,
    description: str | None = None,
) -> events.Rule:
    """A rule that sends our events into `queue`: those that are `heard`, or every one.

    Without `quiet_too`, none of a step that nobody looks on. Without `replays` no replay ever comes; with it nothing
    else does than the replays whose names begin so. What cannot be delivered for a day goes to `dead_letters`.
    """
    rule = events.Rule(
        scope,
        "Rule",
        event_bus=stack.bus,
        description=description,
        event_pattern=events.EventPattern(
            source=list(heard.producers) if heard and heard.producers else events.Match.prefix("ninelives."),
            detail_type=list(heard.detail_types) if heard and heard.detail_types else None,
        ),
    )
    wanted: list[dict[str, Any]] = [{"prefix": replays} if replays else {"exists": False}]
    declared = rule.node.default_child
    assert isinstance(declared, events.CfnRule)
    declared.add_property_override("EventPattern.replay-name", wanted)  # the L2 pattern knows no replays
    if not quiet_too:
        declared.add_property_override("EventPattern.detail", {"metadata": {"quiet": [{"exists": False}]}})
    rule.add_target(
        targets.SqsQueue(
            queue, dead_letter_queue=dead_letters, retry_attempts=DELIVERY_TRIES, max_event_age=DELIVERY_WITHIN
        )
    )
    return rule
