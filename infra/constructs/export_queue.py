"""The queue that exports are read from: only replays of the archive for an export reach it."""

from __future__ import annotations

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs.event_rule import event_rule
from infra.constructs.queues import dead_letters
from infra.constructs.service_stack import ServiceStack

PREFIX = "export-"
"""The prefix of the names of replays that this queue gets."""
KEPT = Duration.days(
    4
)  # an export that was interrupted goes on within three; see ninelives/analytics/export/exporting.py
VISIBILITY = Duration.seconds(60)  # a message is on disk within one; a drainer that died delays its copies this long
RECEIVES = 20  # a drainer that keeps dying must not turn a good message into a dead letter


class ReplayExportQueue(Construct):
    """A queue that only `ninelives replay export` consumes, so nothing is wrong when messages wait in it: no age alarm.

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
        about = "Events that are replayed for an export, and no others."
        rule = event_rule(self, stack, self.queue, self.dead_letters, replays=PREFIX, description=about)
        stack.publish("rule/export", rule.rule_arn)
