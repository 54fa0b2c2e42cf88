"""A consumer of events: its own rule, queue, dead letters and function."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_lambda_event_sources as sources
from constructs import Construct

from infra.constructs.acknowledged import acknowledge
from infra.constructs.event_rule import event_rule
from infra.constructs.queues import dead_letters, work_queue
from infra.constructs.service_function import ServiceFunction
from infra.constructs.service_stack import ServiceStack
from infra.subscriptions import subscription

TIMEOUT_SECONDS = 30
BATCH = 10
NO_HURRY = 5
"""Seconds for which messages are collected that nobody waits for."""
COLLECTED_BATCH = 50
"""Messages of 64 KB at most: half of what a function may be given."""


class EventConsumer(Construct):
    """Feeds `services/<service>/handlers/<handler>.py` with events from the bus, at least once and in any order.

    Which events those are follows from the handler's `@consumer(…)`. Raises UserError when it cannot be read.

    One bad message does not hold up its batch: it alone is received again, and goes to the dead letters after three
    tries. Replays of the archive are not for live consumers, so the rule refuses them; with `replays`, it takes those
    whose name begins so and nothing else, and its ARN is published as `rule/<name>`: a replay has to name it.
    `detail_types` are the kinds it hears, `producer` the one whose kinds it hears all; without either, it hears
    everything. `at_once` bounds how many copies of the function work at the same time. A consumer in no hurry collects
    messages for `window_seconds` before it is called, and gets more of them at once. Steps of turns that nobody looks
    on come to it only if it wants the `quiet_too`. One that is not `always` at work is switched on by whoever needs it:
    asking an empty queue for messages is paid for.
    """

    def __init__(
        self,
        stack: ServiceStack,
        name: str,
        handler: str,
        *,
        purpose: str,
        delay_seconds: int = 0,
        replays: str | None = None,
        at_once: int | None = None,
        window_seconds: int = 0,
        quiet_too: bool = True,
        always: bool = True,
    ) -> None:
        super().__init__(stack, f"consumer-{name}")
        self.dead_letters = dead_letters(
            stack,
            f"{name}-dead-letters",
            because=f"Events that {stack.service} could not consume. Mend the cause, then redrive the queue.",
        )
        self.queue = work_queue(stack, name, self.dead_letters, delay_seconds=delay_seconds)
        self.consumer = ServiceFunction(
            stack, handler, purpose=purpose, timeout_seconds=TIMEOUT_SECONDS, memory_mb=256, awaited=False
        )
        self.consumer.set("DEAD_LETTER_QUEUE_URL", self.dead_letters.queue_url)
        self.consumer.may(["sqs:SendMessage"], self.dead_letters.queue_arn)
        self.consumer.may_be_fed_by_queue(self.queue.queue_arn)
        self.consumer.function.add_event_source(
            sources.SqsEventSource(
                self.queue,
                batch_size=COLLECTED_BATCH if window_seconds else BATCH,
                max_batching_window=Duration.seconds(window_seconds) if window_seconds else None,
                report_batch_item_failures=True,
                max_concurrency=at_once,
                enabled=always,
            )
        )
        acknowledge(
            self.consumer.function,
            "Serverless::Serverless-LambdaEventSourceMappingDestination",
            "The queue it reads has a redrive policy, which is where a queue's failed messages go.",
        )
        heard = subscription(stack.service, handler)
        self.rule = event_rule(
            self, stack, self.queue, self.dead_letters, heard=heard, replays=replays, quiet_too=quiet_too
        )
        if replays:
            stack.publish(f"rule/{name}", self.rule.rule_arn)
