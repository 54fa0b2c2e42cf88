"""schemathesis against the handlers: what it sends follows from the document, and so does what it may get back."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from services.gateway.http.security import HEADERS
from tests.contracttools.openapi.deployed_gateway import TOKEN, DeployedGateway

SEED = 9
PHASES = ("examples", "coverage", "fuzzing", "stateful")
ACCEPTED = ["2xx", "304", "400", "401", "403", "404", "409", "422"]
"""Statuses that a valid request may get: rules that no schema tells (a blank name, a cursor that is not ours) refuse
some, and chaos is not enabled."""
REFUSED = ["400", "401", "404", "405", "409", "413", "415", "422"]
OFTEN = 0.7
KEYS = [f"wish {number}" for number in range(1000)]
"""Generators like to say the same key again, and a used key refuses all but its own request."""


@dataclass
class Findings:
    """Faults, in words, and the number of times that each route answered with each status."""

    wrong: list[str] = field(default_factory=list)
    answered: Counter[tuple[str, int]] = field(default_factory=Counter)


def fuzz(document: dict[str, Any], deployed: DeployedGateway, phase: str, examples: int) -> Findings:
    """Send what this phase sends: the same requests every time."""
    schema = open_schema(document, deployed, _config(deployed, phase, examples))
    findings = Findings()
    for happened in from_schema(schema).execute():
        if isinstance(happened, events.NonFatalError | events.FatalError):
            findings.wrong.append(repr(getattr(happened, "value", None) or happened.exception))
        if isinstance(happened, events.ScenarioFinished):
            findings.wrong += _failures(happened)
            for label, answer in _answers(happened):
                findings.answered[label, answer.status_code] += 1
                findings.wrong += _check_guarded(label, answer.headers)
    return findings


def open_schema(document: dict[str, Any], deployed: DeployedGateway, config: SchemathesisConfig | None = None) -> Any:
    """The document, asked of this gateway. A class is one of its world, or any other name."""
    known = copy.deepcopy(document)
    character = known["components"]["schemas"]["NewCharacter"]["properties"]
    character["class_id"] = {"anyOf": [{"enum": deployed.classes}, character["class_id"]]}
    schema = schemathesis.openapi.from_dict(known, config=config)
    schema.app = deployed.front
    return schema


def _config(deployed: DeployedGateway, phase: str, examples: int) -> SchemathesisConfig:
    known = {
        "path.campaign_id": [deployed.campaign],
        "path.turn_id": [deployed.turn],
        "header.Idempotency-Key": KEYS,
    }
    return SchemathesisConfig.from_dict(
        {
            "seed": SEED,
            "continue-on-failure": True,
            "headers": {"Authorization": f"Bearer {TOKEN}"},
            "generation": {"max-examples": examples, "deterministic": True, "database": "none", "no-shrink": True},
            "phases": {each: {"enabled": each == phase} for each in PHASES},
            "dictionaries": {name: {"values": values} for name, values in known.items()},
            "parameters": {name: {"dictionary": name, "probability": OFTEN} for name in known},
            "checks": {
                "positive_data_acceptance": {"expected-statuses": ACCEPTED},
                "negative_data_rejection": {"expected-statuses": REFUSED},
            },
        }
    )


def _failures(scenario: events.ScenarioFinished) -> Iterator[str]:
    recorder = scenario.recorder
    for case_id, checks in recorder.checks.items():
        for check in checks:
            if check.failure_info is not None:
                case, failure = recorder.cases[case_id].value, check.failure_info.failure
                sent = f"{case.method} {case.formatted_path} {case.query} {case.headers} {str(case.body)[:500]!r}"
                answer = recorder.interactions[case_id].response
                got = f"{answer.status_code} {answer.content[:500]!r}" if answer else "no answer"
                yield f"{check.name}: {failure.title} {failure.message}\n  {sent}\n  {got}"


def _answers(scenario: events.ScenarioFinished) -> Iterator[tuple[str, Any]]:
    for case_id, interaction in scenario.recorder.interactions.items():
        if interaction.response is not None:
            yield scenario.recorder.cases[case_id].value.operation.label, interaction.response


def _check_guarded(label: str, headers: Any) -> list[str]:
    absent = {*(name.lower() for name in HEADERS), "cache-control"} - {name.lower() for name in headers}
    return [f"{label} answers without {', '.join(sorted(absent))}"] if absent else []
