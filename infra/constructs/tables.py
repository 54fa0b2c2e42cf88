"""DynamoDB tables as every service has them."""

from __future__ import annotations

from aws_cdk import RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb

from infra.constructs.acknowledged import acknowledge
from infra.constructs.service_function import ServiceFunction
from infra.constructs.service_stack import ServiceStack

STRING = dynamodb.AttributeType.STRING
CLAIM = ("PutItem", "UpdateItem", "DeleteItem")
"""Actions for keeping answers where a run is claimed before it begins. A claim that is refused comes back with what was
kept, so nothing is ever got."""
FIRST_ANSWER = ("PutItem",)
"""Actions for keeping answers where the first run to be written down gives the answer."""
FORGETS = ("BatchWriteItem",)
"""Actions for deleting answers before they expire."""
COUNTED_FAULTS = ("UpdateItem",)
"""Actions for counting attempts that fail on purpose."""


class ServiceTable(dynamodb.Table):
    """A service's own table with string keys `pk` and `sk`, paid per request.

    In AWS it can be restored to any second of the last 35 days, and outlives its stack. Published as `table/<name>`.
    """

    def __init__(self, stack: ServiceStack, name: str, *, expires_by: str | None = None, streams: bool = False) -> None:
        super().__init__(
            stack,
            f"table-{name}",
            partition_key=dynamodb.Attribute(name="pk", type=STRING),
            sort_key=dynamodb.Attribute(name="sk", type=STRING),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            time_to_live_attribute=expires_by,
            stream=dynamodb.StreamViewType.NEW_IMAGE if streams else None,
            point_in_time_recovery_specification=_recovery(stack),
            deletion_protection=stack.deployment.durable,
            removal_policy=stack.deployment.removal,
        )
        stack.publish(f"table/{name}", self.table_name)

    def lets(self, function: ServiceFunction, *actions: str, variable: str) -> None:
        """Allow `function` these actions on the items; it finds the table's name in `variable`."""
        function.may([f"dynamodb:{action}" for action in actions], self.table_arn)
        function.set(variable, self.table_name)


class StagesTable(dynamodb.Table):
    """Answers a service keeps under their idempotency keys, claimed ones in the layout of Powertools Idempotency.

    They expire after a day and are worth nothing without their service: nothing outlives the stack.
    """

    def __init__(self, stack: ServiceStack) -> None:
        super().__init__(
            stack,
            "table-stages",
            partition_key=dynamodb.Attribute(name="id", type=STRING),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            time_to_live_attribute="expiration",
            removal_policy=RemovalPolicy.DESTROY,
        )
        worthless = "Answers of a day, worth nothing without the turns they belong to."
        acknowledge(self, "AwsSolutions::AwsSolutions-DDB3", worthless)
        stack.publish("table/stages", self.table_name)

    def lets(self, function: ServiceFunction, *actions: str) -> None:
        """Allow `function` what keeping its answers takes; it finds the table's name in STAGES_TABLE."""
        function.may([f"dynamodb:{action}" for action in actions], self.table_arn)
        function.set("STAGES_TABLE", self.table_name)


def _recovery(stack: ServiceStack) -> dynamodb.PointInTimeRecoverySpecification:
    return dynamodb.PointInTimeRecoverySpecification(point_in_time_recovery_enabled=stack.deployment.durable)
