"""Queues: encrypted, over TLS only, and watched when what lies in them should not be there."""

from __future__ import annotations

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_sqs as sqs

from infra.constructs.acknowledged import acknowledge
from infra.constructs.alarms import alarm
from infra.constructs.service_stack import ServiceStack

RECEIVES = 3
KEPT = Duration.days(14)  # the longest SQS keeps anything: time to look, mend and redrive
VISIBILITY = Duration.seconds(180)  # six times the consumers' timeout, as Lambda asks


def dead_letters(stack: ServiceStack, name: str, *, because: str, runbook: str = "dead-letters") -> sqs.Queue:
    """A queue that should be empty; any message in it raises an alarm. Published as `queue/<name>`."""
    queue = sqs.Queue(
        stack,
        f"queue-{name}",
        encryption=sqs.QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        retention_period=KEPT,
        removal_policy=RemovalPolicy.DESTROY,
    )
    stack.publish(f"queue/{name}", queue.queue_url)
    alarm(
        stack,
        f"{name}-depth",
        queue.metric_approximate_number_of_messages_visible(period=Duration.minutes(1), statistic="Maximum"),
        at_least=1,
        because=because,
        runbook=runbook,
    )
    for rule in ("AwsSolutions::AwsSolutions-SQS3", "Serverless::Serverless-SQSRedrivePolicy"):
        acknowledge(queue, rule, "It is itself where dead letters go; an alarm watches it.")
    return queue


def work_queue(stack: ServiceStack, name: str, dead: sqs.Queue, *, delay_seconds: int = 0) -> sqs.Queue:
    """A queue to work through; what fails three times goes to `dead`. Published as `queue/<name>`."""
    queue = sqs.Queue(
        stack,
        f"queue-{name}",
        encryption=sqs.QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        visibility_timeout=VISIBILITY,
        delivery_delay=Duration.seconds(delay_seconds),
        dead_letter_queue=sqs.DeadLetterQueue(queue=dead, max_receive_count=RECEIVES),
        removal_policy=RemovalPolicy.DESTROY,
    )
    stack.publish(f"queue/{name}", queue.queue_url)
    if stack.deployment.watched_closely:
        _watch_age(stack, name, queue, delay_seconds)
    return queue


def _watch_age(stack: ServiceStack, name: str, queue: sqs.Queue, delay_seconds: int) -> None:
    alarm(
        stack,
        f"{name}-age",
        queue.metric_approximate_age_of_oldest_message(period=Duration.minutes(1), statistic="Maximum"),
        at_least=delay_seconds + 300,
        periods=3,
        because=f"Messages wait in {name} for over five minutes more than they should: its consumer does not keep up.",
        runbook="queue-behind",
    )
