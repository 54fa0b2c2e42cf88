"""States of a workflow in JSONata, and what every task of a turn has in common.

JSONata has no functions of ours that expressions could share, so what they share is written into each of them here.
"""

from __future__ import annotations

from typing import Any

from infra.workflows.keys import key
from infra.workflows.retries import STANDARD, Policy

State = dict[str, Any]
Assign = dict[str, Any]
Catch = list[dict[str, Any]]

_NAME, _ATTEMPTS = "$states.context.State.Name", "$states.context.State.RetryCount + 1"
_SPENT = "$max([0, $millis() - $toMillis($states.context.State.EnteredTime)])"
_ERROR = ", 'error': $substring($states.errorOutput.Error, 0, 128)"


def expression(text: str) -> str:
    """A value that is worked out when the state runs."""
    return f"{{% {text} %}}"


def variable(name: str) -> str:
    """A variable's value, or a part of it: `usage.micro_dollars`."""
    return expression(f"${name}")


def variables(*names: str) -> dict[str, str]:
    """Fields of a request, each with the value of the variable of its name."""
    return {name: variable(name) for name in names}


def reply(field: str = "") -> str:
    """The answer of a task's function, or one field of it."""
    return variable(f"states.result.Payload.{field}" if field else "states.result.Payload")


def span(name: str = _NAME, attempts: str = _ATTEMPTS) -> str:
    """One step of the turn's trace, as an object of JSONata, from entering the state to leaving it."""
    return f"{{'stage': {name}, 'attempts': {attempts}, 'milliseconds': {_SPENT}}}"


def append_span(step: str) -> str:
    """The trace with one more step."""
    return expression(f"[$trace, {step}]")


def traced_failure(name: str = _NAME, attempts: str = _ATTEMPTS) -> str:
    """The trace with one more step, which was given up with an error."""
    return append_span(span(name, attempts).removesuffix("}") + _ERROR + "}")


def cause(place: str) -> str:
    """The text of an error's cause, empty when there is none: AWS fails a state whose expression returns nothing, also
    within a Catch."""
    return f"$exists({place}) ? $string({place}) : ''"


def failure(stage: str = expression(_NAME)) -> dict[str, str]:
    """The reason why a stage was given up, cut to what FailTurn takes."""
    return {
        "error": expression("$substring($states.errorOutput.Error, 0, 256)"),
        "cause": expression(f"$substring(({cause('$states.errorOutput.Cause')}), 0, 2000)"),
        "stage": stage,
    }


def catch_all(then: str, assign: Assign) -> Catch:
    """Go on with another state after any error, and hand it nothing."""
    return [{"ErrorEquals": ["States.ALL"], "Assign": assign, "Output": {}, "Next": then}]


GIVE_UP = catch_all("VoidTurn", {"failure": failure(), "trace": traced_failure()})
"""The turn fails; it is voided first."""

LEAVE_IT = [{"ErrorEquals": ["States.ALL"], "Output": variable("states.errorOutput"), "Next": "LeftForTheDeadline"}]
"""The turn can neither be answered nor failed now."""


def task(
    function: str,
    step: str,
    payload: dict[str, Any],
    *,
    then: str | None = None,
    assign: Assign | None = None,
    output: Any = None,
    retries: Policy = STANDARD,
    catch: Catch | None = GIVE_UP,
    seconds: int = 10,
    comment: str | None = None,
    is_traced: bool = True,
) -> State:
    """Ask a stage's function under the key of `step`, then go on with the state `then`, or end.

    The function gets the turn's envelope with that key, and `payload`. `assign` and `output` may use its `reply`.
    `seconds` is more than the function's own timeout, so that a function is not given up while it may still answer.
    """
    named = f"$merge([$envelope, {{'idempotency_key': {key(step)}}}])"
    assigned = {**(assign or {}), **({"trace": append_span(span())} if is_traced else {})}
    return {
        "Type": "Task",
        **({"Comment": comment} if comment else {}),
        "Resource": "arn:aws:states:::lambda:invoke",
        "TimeoutSeconds": seconds,
        "Arguments": {
            "FunctionName": f"${{{function}Arn}}",
            "Payload": {"envelope": expression(named), **payload},
        },
        **({"Assign": assigned} if assigned else {}),
        "Output": {} if output is None else output,
        "Retry": retries,
        **({"Catch": catch} if catch else {}),
        **({"Next": then} if then else {"End": True}),
    }


def choice(*choices: State, default: str, comment: str | None = None, assign: Assign | None = None) -> State:
    """The first of these ways whose condition holds, else the default, for which `assign` is."""
    return {
        "Type": "Choice",
        **({"Comment": comment} if comment else {}),
        "Choices": list(choices),
        **({"Assign": assign} if assign else {}),
        "Default": default,
    }


def way(condition: str, then: str, *, assign: Assign | None = None, comment: str | None = None, **more: Any) -> State:
    """One way of a choice. `Output`, where it is given, is handed on in place of the state's input."""
    return {
        **({"Comment": comment} if comment else {}),
        "Condition": expression(condition),
        **({"Assign": assign} if assign else {}),
        **more,
        "Next": then,
    }
