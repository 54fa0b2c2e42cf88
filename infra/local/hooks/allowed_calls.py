"""Calls that a role was just allowed are allowed again, for as long as its policies are not gathered anew.

A function makes the same few calls in every turn, each item of a transaction is one of them, and whether a role may
make one follows from the role, the action and the table or bus. Where policies have conditions it may follow from more,
and is asked each time; so is whatever was denied.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from ministack.core import iam_evaluator, responses

from infra.local.hooks import permissions
from infra.local.hooks.surface import need, wrap

WITHOUT_POLICIES = ("dynamodb", "events")
"""Services whose resources have no policies of their own in the emulator."""
Who = tuple[str, str]
_allowed: dict[Who, tuple[float, set[tuple[str, str, str]]]] = {}
"""By key and account: until when its policies are known, and the calls (action, region, resource) that they allow."""


def _asked_once(original: Callable[..., Any]) -> Callable[..., Any]:
    def enforce(
        access_key_id: str, iam_action: str, service: str, region: str, resource_arn: str = "*", **context: Any
    ) -> Any:
        who, call = (access_key_id, responses.get_account_id()), (iam_action, region, resource_arn)
        if service in WITHOUT_POLICIES and call in _recall(who):
            return None
        refusal = original(access_key_id, iam_action, service, region, resource_arn=resource_arn, **context)
        if service in WITHOUT_POLICIES and refusal is None:
            _remember(who, call)
        return refusal

    return enforce


def _recall(who: Who) -> set[tuple[str, str, str]]:
    until, calls = _allowed.get(who, (0.0, set()))
    gathered_until = permissions.gathered.get(who, (0.0, None))[0]
    return calls if until == gathered_until and time.monotonic() < until else set()


def _remember(who: Who, call: tuple[str, str, str]) -> None:
    gathered_until, principal = permissions.gathered.get(who, (0.0, None))
    if principal is None or _has_conditions(principal):
        return
    until, calls = _allowed.get(who, (0.0, set()))
    if until != gathered_until:
        _allowed[who] = until, calls = gathered_until, set()
    calls.add(call)


def _has_conditions(principal: Any) -> bool:
    policies = [*principal.policies, *(policy for boundary in principal.limits for policy in boundary)]
    return any(statement.conditions for policy in policies for statement in policy)


def install() -> None:
    need(responses, "get_account_id")
    need(iam_evaluator, "_RESOURCE_POLICY_LOOKUPS")
    wrap(iam_evaluator, "enforce", _asked_once)
