"""The function that tells players the story while it is told: a consumer of the game master's own queue."""

from __future__ import annotations

from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sqs as sqs

from infra.constructs.acknowledged import acknowledge
from infra.constructs.service_function import ServiceFunction
from infra.constructs.service_stack import ServiceStack

BATCH = 10
TIMEOUT_SECONDS = 15  # below the time for which the queue hides a message that somebody works on


def listen_to_narrations(stack: ServiceStack, queue_arn: str) -> ServiceFunction:
    """The function `narrate`, fed as soon as something is told. Unlike an EventConsumer it has neither a rule nor dead
    letters: a narration never goes over the bus, and one that failed is of no use later. The understudy tells nothing
    ahead, so in AWS, where asking an empty queue is paid for, nobody listens to it."""
    narrate = ServiceFunction(
        stack,
        "narrate",
        purpose="Tells players the story while it is told.",
        timeout_seconds=TIMEOUT_SECONDS,
        awaited=False,
    )
    narrate.may_be_fed_by_queue(queue_arn)
    queue = sqs.Queue.from_queue_arn(stack, "Narrations", queue_arn)
    narrate.function.add_event_source(sources.SqsEventSource(queue, batch_size=BATCH, enabled=_tells(stack)))
    acknowledge(
        narrate.function,
        "Serverless::Serverless-LambdaEventSourceMappingDestination",
        "What could not be told in time is dropped: the next narration, or the turn itself, holds it.",
    )
    return narrate


def _tells(stack: ServiceStack) -> bool:
    deployment = stack.deployment
    return deployment.target == "local" or deployment.dm_provider != "understudy"
