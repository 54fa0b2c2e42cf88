"""The synthesised templates, read for what a bill needs: functions, tables, queues, and what feeds what."""

from __future__ import annotations

import json
import os
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FUNCTION, TABLE = "AWS::Lambda::Function", "AWS::DynamoDB::Table"
MAPPING, RULE = "AWS::Lambda::EventSourceMapping", "AWS::Events::Rule"
_OUTBOX = '["event"]'
"""In the filter of whoever reads a stream for what an outbox holds."""
Template = dict[str, Any]


@dataclass(frozen=True)
class Resource:
    """One resource of one service's template."""

    service: str
    id: str
    type: str
    properties: dict[str, Any]


@dataclass(frozen=True)
class Function:
    """A function as it would be deployed. `name` is `<service>/<function>`."""

    name: str
    memory_mb: int
    environment: dict[str, str]

    @property
    def service(self) -> str:
        return self.name.partition("/")[0]

    @property
    def module(self) -> str:
        service, _, function = self.name.partition("/")
        return f"services.{service}.handlers.{function}"


@dataclass(frozen=True)
class Subscription:
    """Events of these kinds (all when None) of this producer (any when None) go to a queue and from there to
    `function`."""

    function: str
    detail_types: frozenset[str] | None
    producer: str | None = None
    quiet_too: bool = True

    def wants(self, producer: str, detail_type: str, quiet: bool = False) -> bool:
        kind = self.detail_types is None or detail_type in self.detail_types
        return kind and self.producer in (None, producer) and (self.quiet_too or not quiet)


@dataclass(frozen=True)
class Batch:
    """The number of messages of a queue its reader gets at once, and the seconds for which they are collected
    before."""

    size: int
    window: int


class Assembly:
    """Templates by service."""

    def __init__(self, templates: dict[str, Template]) -> None:
        self.templates = templates

    def all(self, *types: str) -> list[Resource]:
        return [
            Resource(service, name, body["Type"], body.get("Properties", {}))
            for service, template in self.templates.items()
            for name, body in template["Resources"].items()
            if not types or body["Type"] in types
        ]

    def functions(self) -> dict[str, Function]:
        return {function.name: function for function in map(self._function, self.all(FUNCTION))}

    def table_name(self, resource: Resource) -> str:
        return f"{resource.service}.{resource.id}"

    def subscriptions(self) -> list[Subscription]:
        """From the bus's rules, through their queues, to the functions that read those. Nothing is replayed here."""
        readers = {
            (mapping.service, _target(mapping.properties["EventSourceArn"])): self.name_of(
                mapping.service, mapping.properties["FunctionName"]
            )
            for mapping in self.all(MAPPING)
        }
        found = []
        for rule in self.all(RULE):
            if {"exists": False} not in rule.properties["EventPattern"].get("replay-name", [{"exists": False}]):
                continue
            kinds = rule.properties["EventPattern"].get("detail-type")
            [source] = rule.properties["EventPattern"]["source"]
            producer = source if isinstance(source, str) else None  # any of ours: a prefix
            for target in rule.properties["Targets"]:
                function = readers.get((rule.service, _target(target["Arn"])))
                if function:
                    quiet_too = "detail" not in rule.properties["EventPattern"]
                    found.append(Subscription(function, frozenset(kinds) if kinds else None, producer, quiet_too))
        return found

    def batches(self) -> dict[str, Batch]:
        """The batches in which messages come to the functions that read a queue or a stream."""
        return {
            self.name_of(mapping.service, mapping.properties["FunctionName"]): Batch(
                mapping.properties["BatchSize"], mapping.properties.get("MaximumBatchingWindowInSeconds", 0)
            )
            for mapping in self.all(MAPPING)
        }

    def relays(self) -> dict[str, str]:
        """The functions that publish what a table's outbox holds, by the table's name."""
        tables = {(table.service, table.id): self.table_name(table) for table in self.all(TABLE)}
        found = {}
        for mapping in self.all(MAPPING):
            table = tables.get((mapping.service, _target(mapping.properties["EventSourceArn"])))
            if table and _OUTBOX in str(mapping.properties.get("FilterCriteria", _OUTBOX)):
                found[table] = self.name_of(mapping.service, mapping.properties["FunctionName"])
        return found

    def tasks(self) -> dict[str, str]:
        """The functions that the workflow's placeholders stand for: `OpenTurnArn` → `campaign/open_turn`."""
        (machine,) = self.all("AWS::StepFunctions::StateMachine")
        given = machine.properties["DefinitionSubstitutions"]
        return {placeholder: self.name_of(machine.service, value) for placeholder, value in given.items()}

    def name_of(self, service: str, value: Any) -> str:
        """The name that stands for a reference: a function's `<service>/<function>`, a table's, or a published name."""
        if isinstance(value, str):
            return value
        target = _target(value)
        resource = self.templates[service]["Resources"].get(target)
        if resource is None:
            parameter = self.templates[service].get("Parameters", {}).get(target, {})
            published = str(parameter.get("Default", target)).split("/", 3)[-1]
            return published.replace("/fn/", "/")
        if resource["Type"] == FUNCTION:
            return _function_name(resource["Properties"])
        return f"{service}.{target}"

    def _function(self, resource: Resource) -> Function:
        given = resource.properties.get("Environment", {}).get("Variables", {})
        environment = {name: self.name_of(resource.service, value) for name, value in given.items()}
        return Function(_function_name(resource.properties), resource.properties["MemorySize"], environment)


def _function_name(properties: dict[str, Any]) -> str:
    _, service, _, function, _ = properties["Handler"].split(".")
    return f"{service}/{function}"


def _target(value: Any) -> str:
    """The logical id behind a Ref or a GetAtt; of anything else its text."""
    if isinstance(value, dict) and "Ref" in value:
        return str(value["Ref"])
    if isinstance(value, dict) and "Fn::GetAtt" in value:
        return str(value["Fn::GetAtt"][0])
    return json.dumps(value)


def read(directory: Path) -> Assembly:
    """The assembly that the CDK wrote to this directory."""
    artifacts = json.loads((directory / "manifest.json").read_text())["artifacts"]
    stacks = [name for name, entry in artifacts.items() if entry["type"] == "aws:cloudformation:stack"]
    return Assembly(
        {name.rsplit("-", 1)[1]: json.loads((directory / f"{name}.template.json").read_text()) for name in stacks}
    )


def synthesise(directory: Path, settings: Mapping[str, str] | None = None) -> Assembly:
    """The templates for AWS as they are now with these settings, and packages that hold nothing: a bill does not read
    code."""
    os.environ.setdefault("JSII_NODE", str(Path(sys.executable).parent / "node"))  # before the CDK is imported
    os.environ.setdefault("JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION", "1")
    from infra.app import app
    from infra.assets.build import Package
    from infra.assets.contents import SERVICES

    empty = directory / "empty.zip"
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr(zipfile.ZipInfo("empty"), "")
    packages = {service: Package(empty, f"{number:064x}") for number, service in enumerate(SERVICES)}
    app({**(settings or {}), "target": "aws"}, str(directory / "out"), packages).synth()
    return read(directory / "out")
