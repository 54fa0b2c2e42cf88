"""AWS services that come without a role of ours: what they ask of a resource, the resource's own policy must allow.

EventBridge sends events to queues, and to their dead letters what it could not deliver; API Gateway calls functions;
CloudWatch tells alarms. The local cloud lets them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from infra.permissions.resolving import References, Template
from infra.permissions.roles import ACCOUNT, as_list

API_GATEWAY, EVENTS, CLOUDWATCH = (f"{name}.amazonaws.com" for name in ("apigateway", "events", "cloudwatch"))
POLICIES = ("AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy")


class Visit(NamedTuple):
    """A service asks something of a resource on behalf of `source`, an ARN."""

    service: str
    action: str
    resource: str
    source: str

    def __str__(self) -> str:
        return f"{self.service} asks {self.action} of {self.resource} for {self.source}"


class Admissions:
    """The policies of queues, functions and topics in an assembly's templates."""

    def __init__(self, templates: Mapping[str, Template]) -> None:
        self._references = References(templates)
        self.statements = [*self._policies(), *self._of_functions()]

    def visits(self) -> set[Visit]:
        return {*self._of_rules(), *self._of_routes(), *self._of_alarms()}

    def admits(self, visit: Visit) -> bool:
        """Whether the policies of the resource let the service in."""
        return _decide(self.statements, visit)

    def list_unvisited(self) -> list[dict[str, Any]]:
        """Statements that let somebody in who never comes."""
        visits = self.visits()
        allow = [each for each in self.statements if each["Effect"] == "Allow"]
        return [each for each in allow if not any(_decide([each], visit) for visit in visits)]

    def _policies(self) -> Iterator[dict[str, Any]]:
        for type_ in POLICIES:
            for service, _, properties in self._references.all(type_):
                for statement in properties["PolicyDocument"]["Statement"]:
                    yield self._resolve(service, statement)

    def _resolve(self, service: str, statement: Mapping[str, Any]) -> dict[str, Any]:
        condition = self._references.resolve_condition(service, statement)
        resource = self._references.resolve(service, statement["Resource"])
        return {**statement, "Resource": resource, "Condition": condition}

    def _of_functions(self) -> Iterator[dict[str, Any]]:
        for service, _, properties in self._references.all("AWS::Lambda::Permission"):
            source = self._references.resolve(service, properties["SourceArn"])
            yield {
                "Effect": "Allow",
                "Principal": {"Service": properties["Principal"]},
                "Action": properties["Action"],
                "Resource": self._references.resolve(service, properties["FunctionName"]),
                "Condition": {"ArnLike": {"aws:SourceArn": source}},
            }

    def _of_rules(self) -> Iterator[Visit]:
        for service, logical_id, properties in self._references.all("AWS::Events::Rule"):
            rule = self._references.resolve(service, {"Fn::GetAtt": [logical_id, "Arn"]})
            for target in properties["Targets"]:
                for queue in (target["Arn"], target["DeadLetterConfig"]["Arn"]):
                    yield Visit(EVENTS, "sqs:SendMessage", self._references.resolve(service, queue), rule)

    def _of_routes(self) -> Iterator[Visit]:
        integrations = {
            (service, logical_id): self._references.resolve(service, properties["IntegrationUri"])
            for service, logical_id, properties in self._references.all("AWS::ApiGatewayV2::Integration")
        }
        for service, _, properties in self._references.all("AWS::ApiGatewayV2::Route"):
            _, integration = properties["Target"]["Fn::Join"][1]
            api = self._references.resolve(service, properties["ApiId"])
            route = "/any/" + properties["RouteKey"].replace(" ", "")
            called = integrations[service, integration["Ref"]].rpartition("functions/")[2].removesuffix("/invocations")
            yield Visit(API_GATEWAY, "lambda:InvokeFunction", called, f"arn:aws:execute-api:::{api}{route}")

    def _of_alarms(self) -> Iterator[Visit]:
        for service, logical_id, properties in self._references.all("AWS::CloudWatch::Alarm"):
            alarm = f"arn:aws:cloudwatch:::alarm:{service}/{logical_id}"
            for topic in properties.get("AlarmActions", []):
                yield Visit(CLOUDWATCH, "sns:Publish", self._references.resolve(service, topic), alarm)


def _decide(statements: list[dict[str, Any]], visit: Visit) -> bool:
    from ministack.core.iam_evaluator import EvalContext, evaluate_resource_policy

    asked = EvalContext(
        principal_arn="",
        principal_type="Service",
        principal_account=ACCOUNT,
        action=visit.action,
        resource_arn=visit.resource,
        region="",
        secure_transport=True,
        service_context={"aws:sourcearn": visit.source, "aws:sourceaccount": ""},
    )
    policy = {"Statement": [each for each in statements if visit.resource in as_list(each["Resource"])]}
    return bool(evaluate_resource_policy(policy, asked, service=visit.service).decision == "Allow")
