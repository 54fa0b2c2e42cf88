"""CloudFormation's references, resolved to ARNs with published names instead of physical ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from infra.errors import UserError
from infra.permissions.names import OF_RESOURCES, symbol

Template = Mapping[str, Any]
ARNS = {
    "AWS::DynamoDB::Table": "arn:aws:dynamodb:::table/{}",
    "AWS::SQS::Queue": "arn:aws:sqs:::{}",
    "AWS::Lambda::Function": "arn:aws:lambda:::function:{}",
    "AWS::Cognito::UserPool": "arn:aws:cognito-idp:::userpool/{}",
    "AWS::StepFunctions::StateMachine": "arn:aws:states:::stateMachine:{}",
    "AWS::Logs::LogGroup": "arn:aws:logs:::log-group:{}:*",
    "AWS::Events::Rule": "arn:aws:events:::rule/{}",
    "AWS::KMS::Key": "arn:aws:kms:::key/{}",
    "AWS::S3::Bucket": "arn:aws:s3:::{}",
    "AWS::SNS::Topic": "arn:aws:sns:::{}",
    "AWS::CloudFront::Distribution": "arn:aws:cloudfront:::distribution/{}",
}
NAMED_BY_ARN = ("AWS::StepFunctions::StateMachine", "AWS::SNS::Topic")
"""Types whose Ref is the ARN."""
PSEUDO = {"AWS::Partition": "aws", "AWS::Region": "", "AWS::AccountId": "", "AWS::URLSuffix": "amazonaws.com"}
PUBLISHED = "AWS::SSM::Parameter"


class References:
    """The resources of an assembly's templates, by service, and what they refer to."""

    def __init__(self, templates: Mapping[str, Template]) -> None:
        self._templates = templates
        self._values: dict[str, tuple[str, Any]] = {}
        self._names: dict[tuple[str, str], str] = {}
        for service, _, properties in self.all(PUBLISHED):
            published, value = str(properties["Name"]).split("/", 3)[-1], properties["Value"]
            self._values[published] = service, value
            if OF_RESOURCES.fullmatch(published):
                self._names[service, _target(value)] = published

    def all(self, type_: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Service, logical id and properties of each resource of this type."""
        for service, template in self._templates.items():
            for logical_id, body in template["Resources"].items():
                if body["Type"] == type_:
                    yield service, logical_id, body.get("Properties", {})

    def name_of(self, service: str, logical_id: str) -> str:
        """The placeholder for a resource: its published name, or the name of a log group in any environment, or its
        id."""
        given = self._templates[service]["Resources"][logical_id].get("Properties", {}).get("LogGroupName")
        name = re.sub(r"ninelives-[^-]+-", "ninelives-", given) if given else f"{service}/{logical_id}"
        return symbol(self._names.get((service, logical_id), name))

    def resolve(self, service: str, value: Any) -> str:
        """The text that an expression of a template comes to. Raises UserError for one that nothing here needs."""
        match value:
            case str():
                return value
            case {"Ref": str(target)}:
                return self._ref(service, target)
            case {"Fn::GetAtt": [str(target), str(attribute)]}:
                return self._attribute(service, target, attribute)
            case {"Fn::Join": [str(separator), list(parts)]}:
                return separator.join(self.resolve(service, part) for part in parts)
            case {"Fn::Sub": str(text)}:
                return re.sub(r"\$\{([\w:]+)\}", lambda found: self._ref(service, found[1]), text)
        raise UserError(f"{service}: no policy was ever written with {value!r}")

    def resolve_condition(self, service: str, statement: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        """The condition of a policy's statement, with what its values come to; empty when it has none."""
        return {
            operator: {key: self.resolve(service, value) for key, value in keys.items()}
            for operator, keys in statement.get("Condition", {}).items()
        }

    def _ref(self, service: str, target: str) -> str:
        if target in PSEUDO:
            return PSEUDO[target]
        parameter = self._templates[service].get("Parameters", {}).get(target)
        if parameter:
            published = str(parameter["Default"]).split("/", 3)[-1]
            owner = self._values.get(published)
            return self.resolve(*owner) if owner else symbol(published)  # its owner's template is not here
        type_ = self._templates[service]["Resources"][target]["Type"]
        return self._attribute(service, target, "Arn") if type_ in NAMED_BY_ARN else self.name_of(service, target)

    def _attribute(self, service: str, target: str, attribute: str) -> str:
        arn = ARNS[self._templates[service]["Resources"][target]["Type"]].format(self.name_of(service, target))
        if attribute == "StreamArn":
            return f"{arn}/stream/{{latest}}"
        if attribute not in ("Arn", "TopicArn", "EventBusArn"):
            raise UserError(f"{service}: {target} has no {attribute} that a policy could name")
        return arn


def _target(value: Any) -> str:
    """The logical id behind a Ref or a GetAtt; nothing behind anything else."""
    match value:
        case {"Ref": str(target)} | {"Fn::GetAtt": [str(target), str()]}:
            return target
    return ""
