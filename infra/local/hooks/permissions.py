"""A function may do what its role allows, and every call that one makes is remembered with the answer of its role.

The emulator evaluates policies (`AUTH=true`) and leaves three gaps, closed here:

* Statements of PartiQL are no actions of IAM: each is allowed as what it does, to its table.
* All that the local cloud answers is asked on loopback, which stands for TLS: policies that refuse plain HTTP are met.
* A denied call is a line in somebody's log. It is remembered, so that a test can find it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from ministack import app
from ministack.core import iam_actions, iam_evaluator

from infra.local.hooks.surface import need, wrap

PARTIQL = ("dynamodb:BatchExecuteStatement", "dynamodb:ExecuteStatement", "dynamodb:ExecuteTransaction")
STATEMENT = re.compile(r'\s*(?P<verb>INSERT|UPDATE|DELETE|SELECT)\b[^"]*"(?P<table>[^"]+)"', re.IGNORECASE)
"""A table's name is the first thing in quotation marks."""


class Call(NamedTuple):
    """What a function asked of AWS; `resource` is an ARN."""

    function: str
    action: str
    resource: str


allowed: set[Call] = set()
denied: set[Call] = set()


def seen() -> dict[str, list[Call]]:
    """Every call of a function since the cloud was started, each once, by the answer of its role."""
    return {"allowed": sorted(allowed), "denied": sorted(denied)}


def _enforce(original: Callable[..., Any]) -> Callable[..., Any]:
    def enforce(
        access_key_id: str, iam_action: str, service: str, region: str, resource_arn: str = "*", **context: Any
    ) -> Any:
        refusal = original(access_key_id, iam_action, service, region, resource_arn=resource_arn, **context)
        caller = _function(access_key_id)
        if caller:
            (denied if refusal else allowed).add(Call(caller, iam_action, resource_arn))
        return refusal

    return enforce


def _function(access_key_id: str) -> str | None:
    """The name of the function that this key was given to."""
    from ministack.services import sts

    session = sts._sessions.get(access_key_id) if access_key_id else None
    return str(session["Arn"]).rpartition("/")[2] if session else None


def _statements(original: Callable[..., list[tuple[str, str]]]) -> Callable[..., list[tuple[str, str]]]:
    def checks(iam_action: str, body: bytes, region: str, account_id: str) -> list[tuple[str, str]]:
        if iam_action not in PARTIQL:
            return original(iam_action, body, region, account_id)
        return [
            (f"dynamodb:PartiQL{verb.capitalize()}", iam_actions._dynamodb_table_arn(table, region, account_id))
            for verb, table in _read(body)
        ]

    return checks


def _read(body: bytes) -> list[tuple[str, str]]:
    """The verb and the table of each statement."""
    asked = json.loads(body)
    statements = asked.get("Statements") or asked.get("TransactStatements") or [asked]
    read = [STATEMENT.match(each["Statement"]) for each in statements]
    return [(found["verb"], found["table"]) for found in read if found]


def _over_tls(original: Callable[[str, bool], None]) -> Callable[[str, bool], None]:
    return lambda source_ip, secure_transport: original(source_ip, True)


def install() -> None:
    need(app, "AUTH")
    need(iam_actions, "_dynamodb_table_arn")
    wrap(iam_evaluator, "enforce", _enforce)
    wrap(iam_actions, "dynamodb_transaction_checks", _statements)
    wrap(app, "pin_request_origin", _over_tls)
