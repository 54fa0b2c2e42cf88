"""The door out of the archive: a queue that only replays for exports reach."""

from __future__ import annotations

from typing import Any

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs.queues import dead_letters
from infra.constructs.service_stack import ServiceStack

PREFIX = "export-"
"""How the names of replays begin that this queue gets."""
KEPT = Duration.days(4)  # an export that was interrupted goes on within three; see infra/replay/export/exporting.py
VISIBILITY = Duration.seconds(60)  # a message is on disk within one; a drainer that died delays its copies this long
RECEIVES = 20  # a drainer that keeps dying must not turn a good message into a dead letter
DELIVERY_TRIES, DELIVERY_WITHIN = 185, Duration.hours(24)


class ExportQueue(Construct):
    """Nobody consumes it but `ninelives replay export`, so nothing is wrong when messages wait in it: no age alarm.

    What cannot be read, or not be delivered, goes to its dead letters, and those do have an alarm.
    """

    def __init__(self, stack: ServiceStack) -> None:
        super().__init__(stack, "export")
        self.dead_letters = dead_letters(
            stack,
            "export-dead-letters",
            because="Replayed events that an export could not read or did not get: that export lacks them.",
        )
        self.queue = sqs.Queue(
            self,
            "Queue",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=KEPT,
            visibility_timeout=VISIBILITY,
            dead_letter_queue=sqs.DeadLetterQueue(queue=self.dead_letters, max_receive_count=RECEIVES),
            removal_policy=RemovalPolicy.DESTROY,
        )
        stack.publish("queue/export", self.queue.queue_url)
        stack.publish("rule/export", self._rule(stack).rule_arn)

    def _rule(self, stack: ServiceStack) -> events.Rule:
        rule = events.Rule(
            self,
            "Rule",
            event_bus=stack.bus,
            description="Events that are replayed for an export, and no others.",
            event_pattern=events.EventPattern(source=events.Match.prefix("ninelives.")),
        )
        only_exports: list[dict[str, Any]] = [{"prefix": PREFIX}]
        declared = rule.node.default_child
        assert isinstance(declared, events.CfnRule)
        declared.add_property_override("EventPattern.replay-name", only_exports)  # the L2 pattern knows no replays
        rule.add_target(
            targets.SqsQueue(
                self.queue,
                dead_letter_queue=self.dead_letters,
                retry_attempts=DELIVERY_TRIES,
                max_event_age=DELIVERY_WITHIN,
            )
        )
        return rule
