"""Time limits of a turn: whatever a model may take, the turn ends before anybody gives it up."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from infra.constructs.deployment import Deployment
from infra.errors import UserError
from infra.turn_limits import EXPRESS_SECONDS, LONGEST, TurnLimits
from infra.workflows.generate import render
from infra.workflows.retries import NOT_TAKEN
from tests.infra.templates import Cloud, synthesise_stacks

MODEL_SECONDS = (1, 5, 20, 21, 35, 46, 47, 60, 75, 90, 120, 180, 239, LONGEST)
DEADLINE = 300
ENOUGH_TO_CLOSE = 5
"""Seconds in which the understudy tells and the turn is committed; it takes less than one."""


def pauses(retrier: dict[str, Any]) -> float:
    """Seconds that its pauses add up to at most."""
    waits = (retrier["IntervalSeconds"] * retrier["BackoffRate"] ** n for n in range(retrier["MaxAttempts"]))
    return sum(min(wait, retrier["MaxDelaySeconds"]) for wait in waits)


def asks(limits: TurnLimits) -> dict[str, Any]:
    state: dict[str, Any] = json.loads(render(limits))["States"]["InvokeDungeonMaster"]
    return state


def retriers(limits: TurnLimits) -> dict[str, dict[str, Any]]:
    return {error: each for each in asks(limits)["Retry"] for error in each["ErrorEquals"]}


@pytest.mark.parametrize("seconds", MODEL_SECONDS)
def test_each_limit_is_above_the_one_it_waits_for(seconds: int) -> None:
    limits, definition = TurnLimits(seconds), json.loads(render(TurnLimits(seconds)))

    assert seconds < limits.function_seconds < asks(limits)["TimeoutSeconds"]
    assert asks(limits)["TimeoutSeconds"] < definition["TimeoutSeconds"] < EXPRESS_SECONDS <= DEADLINE


@pytest.mark.parametrize("seconds", MODEL_SECONDS)
def test_a_model_that_is_asked_at_the_last_moment_and_fails_as_late_as_it_can_leaves_time_to_close_the_turn(
    seconds: int,
) -> None:
    limits = TurnLimits(seconds)
    known = retriers(limits)
    again = known.get("ModelUnavailable")
    tried = again["MaxAttempts"] * limits.function_seconds + pauses(again) if again else 0
    at_once = pauses(known["ModelThrottled"]) + pauses(known["Transient"])
    longest = at_once + tried + limits.state_seconds

    assert limits.slow_after_seconds + longest + ENOUGH_TO_CLOSE <= limits.turn_seconds


@pytest.mark.parametrize("seconds", MODEL_SECONDS)
def test_whatever_may_cost_a_whole_call_is_tried_again_so_often_in_all(seconds: int) -> None:
    known = retriers(TurnLimits(seconds))
    quick = {"StillInProgress", "ModelThrottled", *NOT_TAKEN}
    costly = [each for error, each in known.items() if error not in quick]

    assert all(each is costly[0] for each in costly)
    assert "States.Timeout" not in known


@pytest.mark.parametrize("seconds", MODEL_SECONDS)
def test_what_came_back_before_anything_was_done_is_always_tried_again(seconds: int) -> None:
    assert set(NOT_TAKEN) <= set(retriers(TurnLimits(seconds)))


@pytest.mark.parametrize("seconds", MODEL_SECONDS)
def test_a_worker_that_was_killed_is_not_waited_for_longer_than_a_failing_one(seconds: int) -> None:
    limits = TurnLimits(seconds)
    waits = min(pauses(retriers(limits)["StillInProgress"]), limits.function_seconds)

    assert limits.slow_after_seconds + limits.function_seconds + waits < limits.turn_seconds


@pytest.mark.parametrize("seconds", MODEL_SECONDS)
def test_no_model_is_asked_again_in_a_turn_that_is_slow(seconds: int) -> None:
    limits = TurnLimits(seconds)
    states = json.loads(render(limits))["States"]
    [repair] = [each["Condition"] for each in states["Route"]["Choices"] if "'repair'" in each["Condition"]]

    asked_again = (states["NextRound"]["Assign"]["provider"], repair)
    assert [re.findall(r"StartTime\) <?>?=? ?(\d+)", text) for text in asked_again] == [
        [str(limits.slow_after_seconds * 1000)]
    ] * 2


def test_a_model_may_take_both_its_calls_as_long_as_two_fit_into_a_turn() -> None:
    assert all(TurnLimits(n).slow_after_seconds >= n for n in range(1, 121))
    assert TurnLimits(LONGEST).slow_after_seconds > 0


@pytest.fixture(scope="module")
def patient(tmp_path_factory: pytest.TempPathFactory) -> Cloud:
    return synthesise_stacks(tmp_path_factory.mktemp("patient"), target="local", only="dm,gateway", dm_timeout="120")


def test_a_deployment_carries_the_limit_to_the_function_and_the_workflow(patient: Cloud) -> None:
    function = patient.function("dm/invoke_dungeon_master").properties
    [machine] = patient.all("AWS::StepFunctions::StateMachine")
    definition = json.loads(machine.properties["DefinitionString"])

    assert function["Environment"]["Variables"]["DM_TIMEOUT_SECONDS"] == "120"
    assert function["Timeout"] == 125
    assert definition == json.loads(render(TurnLimits(120)))
    assert set(machine.properties["DefinitionSubstitutions"]) == set(re.findall(r"\$\{(\w+)\}", render()))


@pytest.mark.parametrize(
    ("context", "says"),
    [
        ({"dm_timeout": "241"}, "1 to 240 seconds, not 241"),
        ({"dm_timeout": "a while"}, "dm_timeout.*whole seconds"),
        ({"dm_timeout": "60", "turn_deadline_seconds": "200"}, "turn_deadline_seconds is 200.*may take 290"),
        ({"dm_format": "xml"}, "tools, json, auto"),
        ({"dm_profile": "tiny"}, "full, small"),
    ],
)
def test_a_limit_that_cannot_be_kept_is_refused_in_one_line(context: dict[str, Any], says: str) -> None:
    with pytest.raises(UserError, match=says) as refused:
        Deployment.from_context(context, {})

    assert "\n" not in str(refused.value)


def test_the_usual_limits_are_those_of_the_committed_definition() -> None:
    committed = Path("infra/workflows/turn.asl.json").read_text(encoding="utf-8")

    assert committed == render(TurnLimits(20)) == render()
