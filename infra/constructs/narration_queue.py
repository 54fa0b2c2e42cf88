"""The way of a story that is being told: from the game master to the player's line, in 60 seconds or not at all."""

from __future__ import annotations

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_sqs as sqs

from infra.constructs.acknowledged import acknowledge
from infra.constructs.service_function import ServiceFunction
from infra.constructs.service_stack import ServiceStack

KEPT = Duration.seconds(60)  # the shortest SQS has: a turn is over by then, and its story is in the answer
VISIBILITY = Duration.seconds(30)  # above its consumer's timeout


class NarrationQueue(sqs.Queue):
    """Each message holds all that was told of a turn so far, so a lost one is made up for by the next. Published as
    `queue/narration` (URL) and `queue-arn/narration`."""

    def __init__(self, stack: ServiceStack) -> None:
        super().__init__(
            stack,
            "queue-narration",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=KEPT,
            visibility_timeout=VISIBILITY,
            removal_policy=RemovalPolicy.DESTROY,
        )
        stack.publish("queue/narration", self.queue_url)
        stack.publish("queue-arn/narration", self.queue_arn)
        for rule in ("AwsSolutions::AwsSolutions-SQS3", "Serverless::Serverless-SQSRedrivePolicy"):
            acknowledge(self, rule, "A story that is told late is of no use to anybody: nothing in it is kept.")

    def hears(self, function: ServiceFunction) -> None:
        """Let this function tell; it finds the queue in NARRATION_QUEUE_URL."""
        function.may(["sqs:SendMessage"], self.queue_arn)
        function.set("NARRATION_QUEUE_URL", self.queue_url)
