"""A stack that belongs to one service, and the names by which stacks know one another.

Names travel through SSM parameters `/ninelives/<environment>/<service>/<what>`, read when a stack is deployed.
CloudFormation exports would lock the owner: an export in use can be neither changed nor removed.
"""

from __future__ import annotations

import re
from functools import cached_property

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_events as events
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_ssm as ssm
from constructs import Construct

from infra.constructs.deployment import Deployment
from infra.errors import UserError


class ServiceStack(cdk.Stack):
    """One service's stack."""

    service: str

    def __init__(self, scope: Construct, deployment: Deployment) -> None:
        super().__init__(
            scope,
            deployment.name(self.service),
            description=f"Nine Lives ({deployment.environment}): {(self.__doc__ or self.service).splitlines()[0]}",
            termination_protection=deployment.durable,
            tags={"project": "ninelives", "service": self.service, "environment": deployment.environment},
        )
        self.deployment = deployment
        self._published: ssm.StringParameter | None = None

    def publish(self, what: str, value: str) -> None:
        """Let other stacks and tools find `value` under `<service>/<what>`.

        A stack's parameters are put one after another: an account may put three a second.
        """
        parameter = ssm.StringParameter(
            self,
            f"Name:{what}",
            parameter_name=f"/ninelives/{self.deployment.environment}/{self.service}/{what}",
            string_value=value,
        )
        if self._published:
            parameter.node.add_dependency(self._published)
        self._published = parameter

    def name_of(self, service: str, what: str) -> str:
        """The value that `service` published as `what`, resolved when this stack is deployed."""
        parameter = f"/ninelives/{self.deployment.environment}/{service}/{what}"
        words = re.split(r"[^a-z0-9]+", f"{service}/{what}")
        logical_id = "".join(word.capitalize() for word in words)  # CDK's own is a hundred characters long
        known = self.node.try_find_child(logical_id)
        if not isinstance(known, cdk.CfnParameter):
            known = cdk.CfnParameter(self, logical_id, type="AWS::SSM::Parameter::Value<String>", default=parameter)
        return known.value_as_string

    @cached_property
    def bus(self) -> events.IEventBus:
        """The platform's event bus."""
        return events.EventBus.from_event_bus_name(self, "Bus", self.name_of("platform", "bus-name"))

    @cached_property
    def alarm_action(self) -> actions.SnsAction:
        """Tells the operators: the platform's alarm topic."""
        topic = sns.Topic.from_topic_arn(self, "Alarms", self.name_of("platform", "alarm-topic-arn"))
        return actions.SnsAction(topic)

    @cached_property
    def code(self) -> lambda_.Code:
        """The service's package, the same for each of its functions. Raises UserError when there is none."""
        package = self.deployment.packages.get(self.service)
        if package is None:
            raise UserError(f"services/{self.service} is no service: it has no pyproject.toml.")
        return lambda_.Code.from_asset(
            str(package.path), asset_hash=package.digest, asset_hash_type=cdk.AssetHashType.CUSTOM
        )
