"""Reads synthesised templates the way a reviewer does: resources by type, policies by function."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.assemblies import synthesise

FUNCTION, ROLE_POLICY = "AWS::Lambda::Function", "AWS::IAM::Policy"
QUEUE, ALARM, TABLE = "AWS::SQS::Queue", "AWS::CloudWatch::Alarm", "AWS::DynamoDB::Table"


@dataclass(frozen=True)
class Resource:
    stack: str
    id: str
    type: str
    properties: dict[str, Any]
    body: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.stack}/{self.id}"


@dataclass(frozen=True)
class Statement:
    """One allowed set of actions, of the role behind `role`."""

    stack: str
    role: str
    actions: tuple[str, ...]
    resources: tuple[Any, ...]
    conditions: dict[str, Any]


@dataclass(frozen=True)
class Cloud:
    """The templates of one assembly, by service."""

    directory: Path
    templates: dict[str, dict[str, Any]]
    after: dict[str, set[str]]

    def all(self, *types: str) -> list[Resource]:
        return [resource for resource in self._every() if not types or resource.type in types]

    def statements(self) -> list[Statement]:
        return [
            Statement(
                policy.stack,
                role["Ref"],
                _as_list(rule["Action"]),
                _as_list(rule["Resource"]),
                rule.get("Condition", {}),
            )
            for policy in self.all(ROLE_POLICY)
            for role in policy.properties["Roles"]
            for rule in policy.properties["PolicyDocument"]["Statement"]
        ]

    def statements_of(self, function: str) -> list[Statement]:
        """The policy statements of the function `service/name`."""
        found = self.function(function)
        role = found.properties["Role"]["Fn::GetAtt"][0]
        return [each for each in self.statements() if (each.stack, each.role) == (found.stack, role)]

    def function(self, name: str) -> Resource:
        service, function = name.split("/")
        wanted = f"services.{service}.handlers.{function}.handler"
        return next(each for each in self.all(FUNCTION) if each.properties["Handler"] == wanted)

    def _every(self) -> Iterator[Resource]:
        for stack, template in self.templates.items():
            for name, body in template["Resources"].items():
                yield Resource(stack, name, body["Type"], body.get("Properties", {}), body)


def synthesise_stacks(directory: Path, **context: str) -> Cloud:
    """The app for this context, with packages that hold nothing."""
    synthesise(directory, context)
    return read(directory / "out")


def read(directory: Path) -> Cloud:
    artifacts = json.loads((directory / "manifest.json").read_text())["artifacts"]
    stacks = {key: entry for key, entry in artifacts.items() if entry["type"] == "aws:cloudformation:stack"}
    service = {key: key.rsplit("-", 1)[1] for key in stacks}
    return Cloud(
        directory,
        {service[key]: json.loads((directory / f"{key}.template.json").read_text()) for key in stacks},
        {
            service[key]: {service[other] for other in entry.get("dependencies", []) if other in stacks}
            for key, entry in stacks.items()
        },
    )


def _as_list(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list) else (value,)
