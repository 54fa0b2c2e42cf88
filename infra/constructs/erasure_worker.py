"""Whoever erases players: a function fed by a queue of its own, one erasure at a time."""

from __future__ import annotations

from aws_cdk import aws_lambda_event_sources as sources
from constructs import Construct

from infra.constructs.acknowledged import acknowledge
from infra.constructs.queues import dead_letters, work_queue
from infra.constructs.service_function import ServiceFunction
from infra.constructs.service_stack import ServiceStack

TIMEOUT_SECONDS = 30  # a sixth of the time for which the queue hides a message that somebody works on


class ErasureWorker(Construct):
    """The function `erase`. What it cannot do in its time it leaves to the next message, which it sends itself.

    A message is the id of an erasure. Three failures end in the dead letters and raise an alarm: a player waits for it.
    """

    def __init__(self, stack: ServiceStack) -> None:
        super().__init__(stack, "erasure-worker")
        self._queue = work_queue(
            stack,
            "erasures",
            dead_letters(
                stack,
                "erasures-dead-letters",
                because="The erasure of a player stands still. Mend the cause, then redrive the queue.",
            ),
        )
        self.function = ServiceFunction(
            stack,
            "erase",
            purpose="Erases players.",
            timeout_seconds=TIMEOUT_SECONDS,
            memory_mb=256,
            environment={"TURN_ENDS_SECONDS": str(stack.deployment.turn_deadline_seconds)},
            awaited=False,
        )
        self.function.may_be_fed_by_queue(self._queue.queue_arn)
        self.function.function.add_event_source(sources.SqsEventSource(self._queue, batch_size=1))
        acknowledge(
            self.function.function,
            "Serverless::Serverless-LambdaEventSourceMappingDestination",
            "The queue it reads has a redrive policy, which is where a queue's failed messages go.",
        )
        self.hears(self.function)

    def hears(self, function: ServiceFunction) -> None:
        """Let this function ask for an erasure to be gone on with; it finds the queue in ERASURES_QUEUE_URL."""
        function.may(["sqs:SendMessage"], self._queue.queue_arn)
        function.set("ERASURES_QUEUE_URL", self._queue.queue_url)
