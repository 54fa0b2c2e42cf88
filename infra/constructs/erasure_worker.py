"""The worker that erases players: a function on the stream of the gateway's table, woken by a row."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs.acknowledged import acknowledge
from infra.constructs.service_function import ServiceFunction
from infra.constructs.service_stack import ServiceStack

TIMEOUT_SECONDS = 600
"""It waits in its run until nothing from before can be under way."""
OLDEST = Duration.hours(20)  # a stream forgets after 24
AT_ONCE = 10  # erasures of a shard: each waits for most of its time

EXPIRED_GUEST = {
    "eventName": ["REMOVE"],
    "userIdentity": {"type": ["Service"], "principalId": ["dynamodb.amazonaws.com"]},
    "dynamodb": {"Keys": {"sk": {"S": [{"prefix": "GUEST#"}]}}},
}
"""The filter for records of guests that DynamoDB itself deleted because they had expired."""


class ErasureWorker(Construct):
    """The function `erase`, for items inserted with `entity` = "wake", one at a time; and for guests who have expired,
    whom it begins to erase. A stream carries two readers well, and the relay is one: so one function hears both.

    Reading a stream is free while nobody is erased: a queue of its own would be polled for 26 cents a month.
    A run that fails is repeated for as long as the stream remembers; then its place goes to the `failed` ones, where an
    alarm tells of it.
    """

    def __init__(self, stack: ServiceStack, table: dynamodb.Table, failed: sqs.Queue) -> None:
        super().__init__(stack, "erasure-worker")
        self.function = ServiceFunction(
            stack,
            "erase",
            purpose="Erases players.",
            timeout_seconds=TIMEOUT_SECONDS,
            memory_mb=256,
            environment={"TURN_ENDS_SECONDS": str(stack.deployment.turn_deadline_seconds)},
            awaited=False,
        )
        assert table.table_stream_arn
        self.function.may_be_fed_by_stream(table.table_stream_arn)
        self.function.may(["sqs:SendMessage"], failed.queue_arn)
        self.function.function.add_event_source(
            sources.DynamoEventSource(
                table,
                starting_position=lambda_.StartingPosition.TRIM_HORIZON,
                batch_size=1,
                parallelization_factor=AT_ONCE,
                max_record_age=OLDEST,
                on_failure=sources.SqsDlq(failed),
                filters=[
                    lambda_.FilterCriteria.filter(
                        {
                            "eventName": lambda_.FilterRule.is_equal("INSERT"),
                            "dynamodb": {"NewImage": {"entity": {"S": lambda_.FilterRule.is_equal("wake")}}},
                        }
                    ),
                    lambda_.FilterCriteria.filter(EXPIRED_GUEST),
                ],
            )
        )
        acknowledge(
            self.function.role,
            "AwsSolutions::AwsSolutions-IAM5[Resource::*]",
            "dynamodb:ListStreams, which reading a stream takes, and traces cannot be limited to a resource.",
        )
