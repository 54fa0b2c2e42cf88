"""A consumer of events: its own rule, queue, dead letters and function."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda_event_sources as sources
from constructs import Construct

from infra.constructs.acknowledged import acknowledge
from infra.constructs.queues import dead_letters, work_queue
from infra.constructs.service_function import ServiceFunction
from infra.constructs.service_stack import ServiceStack

TIMEOUT_SECONDS = 30
BATCH = 10
DELIVERY_TRIES, DELIVERY_WITHIN = 185, Duration.hours(24)
ONLY_LIVE: list[dict[str, Any]] = [{"exists": False}]


class EventConsumer(Construct):
    """Feeds `services/<service>/handlers/<handler>.py` with events from the bus, at least once and in any order.

    One bad message does not hold up its batch: it alone is received again, and goes to the dead letters after three
    tries. Replays of the archive are not for live consumers, so the rule refuses them; with `replays`, it takes those
    whose name begins so and nothing else, and its ARN is published as `rule/<name>`: a replay has to name it.
    `at_once` bounds how many copies of the function work at the same time.
    """

    def __init__(
        self,
        stack: ServiceStack,
        name: str,
        handler: str,
        *,
        purpose: str,
        detail_types: Sequence[str] | None = None,
        delay_seconds: int = 0,
        replays: str | None = None,
        at_once: int | None = None,
    ) -> None:
        super().__init__(stack, f"consumer-{name}")
        self.dead_letters = dead_letters(
            stack,
            f"{name}-dead-letters",
            because=f"Events that {stack.service} could not consume. Mend the cause, then redrive the queue.",
        )
        self.queue = work_queue(stack, name, self.dead_letters, delay_seconds=delay_seconds)
        self.consumer = ServiceFunction(stack, handler, purpose=purpose, timeout_seconds=TIMEOUT_SECONDS, memory_mb=256)
        self.consumer.set("DEAD_LETTER_QUEUE_URL", self.dead_letters.queue_url)
        self.consumer.may(["sqs:SendMessage"], self.dead_letters.queue_arn)
        self.consumer.function.add_event_source(
            sources.SqsEventSource(
                self.queue, batch_size=BATCH, report_batch_item_failures=True, max_concurrency=at_once
            )
        )
        acknowledge(
            self.consumer.function,
            "Serverless::Serverless-LambdaEventSourceMappingDestination",
            "The queue it reads has a redrive policy, which is where a queue's failed messages go.",
        )
        rule = self._rule(stack, detail_types, [{"prefix": replays}] if replays else ONLY_LIVE)
        if replays:
            stack.publish(f"rule/{name}", rule.rule_arn)

    def _rule(
        self, stack: ServiceStack, detail_types: Sequence[str] | None, replay_name: Sequence[dict[str, Any]]
    ) -> events.Rule:
        rule = events.Rule(
            self,
            "Rule",
            event_bus=stack.bus,
            event_pattern=events.EventPattern(
                source=events.Match.prefix("ninelives."), detail_type=list(detail_types) if detail_types else None
            ),
        )
        declared = rule.node.default_child
        assert isinstance(declared, events.CfnRule)
        declared.add_property_override("EventPattern.replay-name", replay_name)  # the L2 pattern knows no replays
        rule.add_target(
            targets.SqsQueue(
                self.queue,
                dead_letter_queue=self.dead_letters,
                retry_attempts=DELIVERY_TRIES,
                max_event_age=DELIVERY_WITHIN,
            )
        )
        return rule
