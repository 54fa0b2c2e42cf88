"""The record of what functions ask of AWS: `docs/iam.json`, made by playing the tests on the local cloud.

Each cloud of the tests leaves what it saw in a folder; together these are the new record. A call is written down as
what IAM decides about: who, which action, on what.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from infra.permissions.names import canonical, physical_names

REPOSITORY = Path(__file__).resolve().parents[2]
FILE = REPOSITORY / "docs" / "iam.json"
FOLDER_VARIABLE = "NINELIVES_CALLS"
"""Names the folder where clouds of the tests leave what they saw."""


class Call(NamedTuple):
    """A call of a function, `service/name`, on an ARN with published names."""

    caller: str
    action: str
    resource: str

    def __str__(self) -> str:
        return f"{self.caller} calls {self.action} on {self.resource}"


def named_calls(seen: Iterable[Iterable[str]], parameters: Mapping[str, str]) -> set[Call]:
    """Calls as the local cloud saw them, (function, action, ARN), by published names."""
    physical = physical_names(parameters)
    return {
        Call(physical[function].replace("/fn/", "/"), action, canonical(arn, physical))
        for function, action, arn in seen
        if function in physical
    }


def parse(text: str) -> set[Call]:
    return {
        Call(caller, action, resource)
        for caller, actions in json.loads(text).items()
        for action, resources in actions.items()
        for resource in resources
    }


def render(calls: Iterable[Call]) -> str:
    """Sorted, so that a change is a line."""
    written: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for call in sorted(calls):
        written[call.caller][call.action].append(call.resource)
    return json.dumps(written, indent=1) + "\n"


def load(file: Path = FILE) -> set[Call]:
    return parse(file.read_text(encoding="utf-8"))


def together(folder: Path) -> set[Call]:
    """The calls seen by all clouds that left their record in this folder."""
    return {call for file in folder.glob("*.json") for call in load(file)}
