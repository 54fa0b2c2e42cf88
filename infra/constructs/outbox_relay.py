"""The relay that publishes a table's outbox: the events committed with the state, read from its stream."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from constructs import Construct

from infra.constructs.acknowledged import acknowledge
from infra.constructs.alarms import alarm
from infra.constructs.queues import dead_letters
from infra.constructs.service_function import ServiceFunction
from infra.constructs.service_stack import ServiceStack

TIMEOUT_SECONDS = 30
OLDEST = Duration.hours(20)  # a stream forgets after 24; what is older has its place told to the dead letters
FALLING_BEHIND = Duration.minutes(1)


class OutboxRelay(Construct):
    """`services/<service>/handlers/relay.py` on the stream of `table`, for items inserted with `entity` = "event".

    A batch fails as a whole and is halved and tried again for as long as its stream remembers it: what cannot be read
    is set aside by the function itself, so what fails is the bus, and later facts must wait with the earlier ones. The
    facts themselves stay in the table. Facts that nobody waits for are collected for `window_seconds` and published
    together.
    """

    def __init__(self, stack: ServiceStack, table: dynamodb.Table, *, window_seconds: int = 0) -> None:
        super().__init__(stack, "outbox")
        self.failed = failed = dead_letters(
            stack,
            "relay-dead-letters",
            because=f"Facts of {stack.service} were not published. The message names their place in the stream.",
        )
        self.relay = ServiceFunction(
            stack,
            "relay",
            purpose=f"Publishes the events that {stack.service} committed.",
            timeout_seconds=TIMEOUT_SECONDS,
            memory_mb=256,
            awaited=False,
        )
        self.relay.announces(stack)
        self.relay.set("DEAD_LETTER_QUEUE_URL", failed.queue_url)
        self.relay.may(["sqs:SendMessage"], failed.queue_arn)
        assert table.table_stream_arn
        self.relay.may_be_fed_by_stream(table.table_stream_arn)
        self.relay.function.add_event_source(
            sources.DynamoEventSource(
                table,
                starting_position=lambda_.StartingPosition.TRIM_HORIZON,
                batch_size=100,
                max_batching_window=Duration.seconds(window_seconds) if window_seconds else None,
                bisect_batch_on_error=True,
                max_record_age=OLDEST,
                on_failure=sources.SqsDlq(failed),
                filters=[
                    lambda_.FilterCriteria.filter(
                        {
                            "eventName": lambda_.FilterRule.is_equal("INSERT"),
                            "dynamodb": {"NewImage": {"entity": {"S": lambda_.FilterRule.is_equal("event")}}},
                        }
                    )
                ],
            )
        )
        acknowledge(
            self.relay.role,
            "AwsSolutions::AwsSolutions-IAM5[Resource::*]",
            "dynamodb:ListStreams, which reading a stream takes, and traces cannot be limited to a resource.",
        )
        alarm(
            stack,
            "relay-iterator-age",
            self.relay.function.metric("IteratorAge", period=Duration.minutes(1), statistic="Maximum"),
            at_least=FALLING_BEHIND.to_milliseconds(),
            periods=3,
            because=f"Events of {stack.service} reach the bus over a minute late.",
            runbook="events-late",
        )
