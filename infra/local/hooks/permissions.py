"""A function may do what its role allows, and every call that one makes is remembered with the answer of its role.

The emulator evaluates policies (`AUTH=true`) and leaves four gaps, closed here:

* Statements of PartiQL are no actions of IAM: each is allowed as what it does, to its table.
* All that the local cloud answers is asked on loopback, which stands for TLS: policies that refuse plain HTTP are met.
* A bucket's files may be read without credentials: the distribution that alone may on AWS is not here.
* A denied call is a line in somebody's log. It is remembered, so that a test can find it.

And a request costs little more for it: its body is read once, a policy is parsed once, what a role allows is gathered
once in two seconds and anew after each request to IAM (on AWS, too, a change is seen seconds later), and signatures are
taken as they come, for all keys of this cloud are on this machine.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, NamedTuple

from ministack import app
from ministack.core import iam_actions, iam_evaluator, router, sigv4
from ministack.services import iam, s3

from infra.local.hooks.surface import need, wrap

PARTIQL = ("dynamodb:BatchExecuteStatement", "dynamodb:ExecuteStatement", "dynamodb:ExecuteTransaction")
STATEMENT = re.compile(r'\s*(?P<verb>INSERT|UPDATE|DELETE|SELECT)\b[^"]*"(?P<table>[^"]+)"', re.IGNORECASE)
"""A table's name is the first thing in quotation marks."""

KEPT = 512  # policies; a deployment has some fifty
BODIES = 4  # of requests that are being looked into
GATHERED_FOR = 2.0  # seconds


class Call(NamedTuple):
    """A function's call of AWS; `resource` is an ARN."""

    function: str
    action: str
    resource: str


gathered: dict[tuple[str, str], tuple[float, Any]] = {}
"""By key and account, who that is and what they may do, and until when that is taken for true."""
allowed: set[Call] = set()
denied: set[Call] = set()


def list_calls() -> dict[str, list[Call]]:
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


def _read_by_anybody(original: Callable[..., bool]) -> Callable[..., bool]:
    def allows(owner: str, bucket: str, key: str, method: str, query: Any, caller: str, *more: Any) -> bool:
        read = method in ("GET", "HEAD") and key and not caller
        return bool(read or original(owner, bucket, key, method, query, caller, *more))

    return allows


def _parsed_once(original: Callable[[Any], list[Any]]) -> Callable[[Any], list[Any]]:
    parsed = lru_cache(KEPT)(original)
    return lambda document: parsed(document) if isinstance(document, str) else original(document)


def _read_once() -> Any:
    """The module `json` for the emulator's checks, which look into the same body five times and change nothing."""
    kept = lru_cache(BODIES)(json.loads)

    def read(body: Any) -> Any:
        return kept(body) if type(body) is bytes else json.loads(body)

    return SimpleNamespace(**{**vars(json), "loads": read})


def _pinned_by_session(original: Callable[..., None]) -> Callable[..., None]:
    """Take the caller from the session; the emulator gathers all policies of a caller to tell its name."""

    def pin(headers: dict[str, str], query_params: dict[str, Any] | None = None) -> None:
        from ministack.services import sts

        session = sts._sessions.get(router.extract_access_key_id(headers, query_params))
        if session:
            iam_evaluator._request_caller_arn.set(session["Arn"])
        else:
            original(headers, query_params)

    return pin


def _gathered_once(original: Callable[..., Any]) -> Callable[..., Any]:
    def resolve(access_key_id: str, account_id: str, credential: Any = None) -> Any:
        if getattr(credential, "principal_type", None) != "AssumedRole":  # a function's key, which has been checked
            return original(access_key_id, account_id, credential)
        who, now = (access_key_id, account_id), time.monotonic()
        until, known = gathered.get(who, (0.0, None))
        if now >= until:
            known = original(access_key_id, account_id, credential)
            gathered[who] = (now + GATHERED_FOR, known)
        return known

    return resolve


def _gathered_anew(original: Callable[..., Any]) -> Callable[..., Any]:
    async def handle(*request: Any) -> Any:
        try:
            return await original(*request)
        finally:
            gathered.clear()

    return handle


def install() -> None:
    need(app, "AUTH")
    need(iam_actions, "_dynamodb_table_arn", "json")
    need(iam_evaluator, "_request_caller_arn")
    need(router, "extract_access_key_id")
    wrap(s3, "_foreign_bucket_allows", _read_by_anybody)
    wrap(iam_evaluator, "parse_policy_document", _parsed_once)
    wrap(iam_evaluator, "pin_request_caller", _pinned_by_session)
    wrap(sigv4, "header_signature_failure", lambda original: lambda *request, **more: None)
    wrap(iam_evaluator, "resolve_principal", _gathered_once)
    wrap(iam, "handle_request", _gathered_anew)
    wrap(iam_evaluator, "enforce", _enforce)
    wrap(iam_actions, "dynamodb_transaction_checks", _statements)
    iam_actions.json = _read_once()
    wrap(app, "pin_request_origin", _over_tls)
