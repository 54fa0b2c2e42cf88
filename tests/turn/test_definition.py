"""Promises of the turn's definition, whatever the stages do: limits, retries, catches, names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonata.jsonata import Jsonata  # type: ignore[import-untyped]

from contracts import errors
from contracts.steps import MOST_REPAIRS, MOST_ROUNDS, STEPS
from infra.turn_limits import LONGEST, TurnLimits
from infra.workflows.generate import render
from infra.workflows.keys import key
from infra.workflows.retries import BRIEF, CLOSING, MODEL, POLICIES, STANDARD
from infra.workflows.turn import compose_turn
from tests.turn.fake_stages import REQUESTS
from tests.turn.interpreter import DEFINITION, definition

Json = dict[str, Any]
QUICK_TIMEOUT = 6
TIMEOUTS = {"InvokeDungeonMaster": 25, "JudgeNarrative": 12}
"""Of functions that wait for somebody outside."""
DISPENSABLE = ("RecallChronicle", "JudgeNarrative")
"""The states a turn can do without: they are not worth waiting for."""
LOST = {
    "Transient", "StillInProgress", "Lambda.TooManyRequestsException", "Lambda.ServiceException",
    "Lambda.AWSLambdaException", "Lambda.SdkClientException", "Lambda.Unknown",
    "Lambda.ClientExecutionTimeoutException", "Runtime.ExitError", "Sandbox.Timedout",
}  # fmt: skip


def states(machine: Json) -> Iterator[tuple[str, Json, Json | None]]:
    """Every state with its name and the Map it is in."""
    for name, state in machine["States"].items():
        yield name, state, None
        if "ItemProcessor" in state:
            yield from ((inner, each, state) for inner, each in state["ItemProcessor"]["States"].items())


TASKS = {name: (state, inside) for name, state, inside in states(definition()) if state["Type"] == "Task"}
ASSIGNING = [
    (name, holder["Assign"])
    for name, state, _ in states(definition())
    for holder in (state, *state.get("Catch", []), *state.get("Choices", []))
    if "Assign" in holder
]


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def variables(value: Any) -> set[str]:
    used = {name for text in strings(value) if text.startswith("{%") for name in re.findall(r"\$(\w+)\b(?!\()", text)}
    return used - {"states"}


def longest_wait(retrier: Json) -> float:
    """Seconds its pauses add up to on average: full jitter halves each."""
    delays = [retrier["IntervalSeconds"] * retrier["BackoffRate"] ** n for n in range(retrier["MaxAttempts"])]
    return sum(min(delay, retrier["MaxDelaySeconds"]) for delay in delays) / 2


def test_the_committed_definition_is_what_the_workflow_is_composed_to() -> None:
    assert DEFINITION.read_text(encoding="utf-8") == render(), "run `make schemas` and commit what it writes"


@pytest.mark.parametrize("name", TASKS)
def test_every_task_has_a_retry_policy_by_name(name: str) -> None:
    special = {**dict.fromkeys(DISPENSABLE, BRIEF), "InvokeDungeonMaster": MODEL}
    closing = dict.fromkeys(("FormatResponse", "VoidTurn", "FailTurn"), CLOSING)

    assert TASKS[name][0]["Retry"] in POLICIES.values()
    assert TASKS[name][0]["Retry"] == (special | closing).get(name, STANDARD)


def test_no_two_retry_policies_are_the_same() -> None:
    assert all(one is other or one != other for one in POLICIES.values() for other in POLICIES.values())


def test_only_what_is_not_worth_its_time_twice_is_not_tried_again_after_a_timeout() -> None:
    tried = {
        name for name, policy in POLICIES.items() if any("States.Timeout" in each["ErrorEquals"] for each in policy)
    }

    assert set(POLICIES) - tried == {"BRIEF", "MODEL"}


@pytest.mark.parametrize("step", type(STEPS).model_fields)
def test_the_workflow_makes_the_key_of_a_step_as_the_contract_says(step: str) -> None:
    position = {"round": 2, "provider": "model", "repairs": 1, "index": 3}
    bindings = {
        "turn": "t_1",
        "round_number": 2,
        "provider": "model",
        "repairs": 1,
        "states": {"input": {"index": 3}},
    }

    made = Jsonata.jsonata(key(step)).evaluate(None, bindings)

    assert made == f"t_1/{getattr(STEPS, step).format(**position)}"


def test_no_two_tasks_have_one_key_and_every_step_but_the_first_is_a_task() -> None:
    used = [state["Arguments"]["Payload"]["envelope"] for state, _ in TASKS.values()]
    steps = set(type(STEPS).model_fields) - {"accept"}

    assert len(set(used)) == len(used)
    assert sorted(used) == sorted(f"{{% $merge([$envelope, {{'idempotency_key': {key(step)}}}]) %}}" for step in steps)


def test_the_bounds_of_the_loop_are_those_of_the_contract() -> None:
    machine = definition()["States"]
    repairs = [each["Condition"] for each in machine["Route"]["Choices"] if "'repair'" in each["Condition"]]

    assert [re.findall(r"\$repairs < (\d+)", condition) for condition in repairs] == [[str(MOST_REPAIRS)]]
    assert f"$round_number < {MOST_ROUNDS - 1}" in machine["NextRound"]["Assign"]["tools_allowed"]


@pytest.mark.parametrize("name", TASKS)
def test_every_task_has_a_time_limit_beyond_its_functions(name: str) -> None:
    function = TIMEOUTS.get(name, QUICK_TIMEOUT)

    assert function < TASKS[name][0]["TimeoutSeconds"] <= 30


@pytest.mark.parametrize("name", TASKS)
def test_every_task_retries_lost_calls_by_name_with_backoff_and_full_jitter(name: str) -> None:
    retriers = TASKS[name][0]["Retry"]

    named = {error for retrier in retriers for error in retrier["ErrorEquals"]}
    assert named >= LOST
    assert not named & {"States.ALL", "States.TaskFailed"}
    for retrier in retriers:
        assert retrier["JitterStrategy"] == "FULL"
        assert retrier["BackoffRate"] > 1
        assert retrier["IntervalSeconds"] >= 1 and retrier["MaxDelaySeconds"] >= 1
        assert 1 <= retrier["MaxAttempts"] <= 20


@pytest.mark.parametrize("name", TASKS)
def test_no_task_retries_what_cannot_help(name: str) -> None:
    named = {error for retrier in TASKS[name][0]["Retry"] for error in retrier["ErrorEquals"]}

    fatal = {error for error in errors.__all__ if issubclass(getattr(errors, error), errors.Fatal)}
    assert not named & fatal


@pytest.mark.parametrize("name", [name for name in TASKS if name not in DISPENSABLE])
def test_a_killed_worker_is_outlasted(name: str) -> None:
    (retrier,) = [each for each in TASKS[name][0]["Retry"] if "StillInProgress" in each["ErrorEquals"]]

    kept_for = TIMEOUTS.get(name, QUICK_TIMEOUT)
    assert longest_wait(retrier) > 2 * kept_for, "twice over on average, so that jitter seldom falls short"


TOLD_OF_ERRORS = sorted(
    {text[2:-2].strip() for _, state, _ in states(definition()) for text in strings(state) if ".Cause" in text}
)


@pytest.mark.parametrize("told", TOLD_OF_ERRORS)
def test_an_error_without_a_cause_is_told_and_hangs_no_turn(told: str) -> None:
    """AWS fails a state whose expression returns nothing, and this one stands in a Catch."""
    error = {"Error": "States.Timeout"}
    machine = Jsonata(told)
    machine.assign("states", {"errorOutput": error, "input": error})

    assert machine.evaluate(None) == ""


def test_the_economy_of_a_turn_is_the_furthest_of_its_replies() -> None:
    (told,) = {text[2:-2].strip() for name, assign in ASSIGNING if name == "InvokeDungeonMaster"
               for key, text in assign.items() if key == "economy"}  # fmt: skip
    order = ("full", "short-context", "cheap-model", "understudy")
    for before in order:
        for now in (*order, None):
            machine = Jsonata(told)
            machine.assign("economy", before)
            machine.assign("states", {"result": {"Payload": {"economy": now} if now else {}}})
            assert machine.evaluate(None) == max(before, now or before, key=order.index)


@pytest.mark.parametrize("name", TASKS)
def test_every_task_is_caught(name: str) -> None:
    state, inside = TASKS[name]

    assert (inside or state)["Catch"][-1]["ErrorEquals"] == ["States.ALL"]


@pytest.mark.parametrize(("name", "then"), [*zip(DISPENSABLE, ("InvokeDungeonMaster", "PersistCampaign"), strict=True)])
def test_what_a_turn_can_do_without_is_waited_for_briefly_and_then_done_without(name: str, then: str) -> None:
    state = TASKS[name][0]

    assert sum(longest_wait(retrier) for retrier in state["Retry"]) < QUICK_TIMEOUT
    assert [catch["Next"] for catch in state["Catch"]] == [then]


def test_a_second_check_that_fails_leaves_the_turn_with_the_first() -> None:
    assert [catch["Next"] for catch in TASKS["ValidateJudged"][0]["Catch"]] == ["PersistCampaign"]


def test_there_is_one_function_per_stage_and_no_other() -> None:
    used = set(re.findall(r"\$\{(\w+)\}", DEFINITION.read_text()))

    assert used == {f"{stage}Arn" for stage in REQUESTS}


def test_the_whole_turn_ends_inside_the_express_limit() -> None:
    assert definition()["TimeoutSeconds"] == 240


def test_every_state_can_be_reached_and_every_way_leads_somewhere() -> None:
    machine = definition()
    seen, ahead = set(), [machine["StartAt"]]
    while ahead:
        name = ahead.pop()
        if name in seen:
            continue
        seen.add(name)
        state = machine["States"][name]
        ways = [state, *state.get("Catch", []), *state.get("Choices", [])]
        ahead += [way[field] for way in ways for field in ("Next", "Default") if field in way]
        assert state.get("End") or state["Type"] == "Fail" or "Next" in state or "Default" in state, name
    assert seen == set(machine["States"])


@pytest.mark.parametrize("expression", sorted({text for text in strings(definition()) if text.startswith("{%")}))
def test_every_expression_parses(expression: str) -> None:
    assert expression.endswith("%}")
    assert Jsonata.jsonata(expression[2:-2].strip())


def test_every_variable_is_assigned_at_the_start_or_by_a_state() -> None:
    machine = definition()
    assigned = {name for _, assign in ASSIGNING for name in assign}

    assert variables(machine) - {"boolean", "one"} <= assigned


def test_no_expression_reads_a_name_of_what_it_is_evaluated_on() -> None:
    """`name`, `$` and `$$` are refused by AWS at the top level; each thing has a variable, and its fields follow it."""
    words = {"and", "or", "in", "true", "false", "null", "function"}
    bare = {
        text: found
        for text in strings(definition())
        if text.startswith("{%")
        and (found := set(re.findall(r"(?<![\w$.])[A-Za-z_]\w*|\$(?![\w])", re.sub("'[^']*'", "", text[2:-2]))) - words)
    }

    assert bare == {}


def test_no_variable_hides_a_function_of_jsonata() -> None:
    environment = Jsonata.jsonata("1").environment
    assigned = {name for _, assign in ASSIGNING for name in assign}

    assert environment.lookup("round") is not None, "the look-up finds functions"
    assert [name for name in assigned if environment.lookup(name) is not None] == []


@pytest.mark.parametrize(("name", "assign"), ASSIGNING, ids=[name for name, _ in ASSIGNING])
def test_no_assignment_depends_on_another_beside_it(name: str, assign: Json) -> None:
    """AWS evaluates all of them on the values before; the local interpreter one after the other."""
    earlier: set[str] = set()
    for variable, expression in assign.items():
        assert not variables(expression) & earlier, f"{name}: {variable}"
        earlier.add(variable)


def test_the_seed_and_the_canon_go_to_the_rules_only() -> None:
    knowing = {name for name, (state, _) in TASKS.items() if variables(state["Arguments"]) & {"seed", "canon"}}

    assert knowing == {"ExecuteTool", "PlayWorld"}


@pytest.mark.parametrize("limits", [TurnLimits(), TurnLimits(LONGEST)], ids=["usual", "longest"])
def test_a_second_reader_is_not_asked_when_the_turn_could_no_longer_be_committed(limits: TurnLimits) -> None:
    states = compose_turn(limits)["States"]
    [condition] = [each["Condition"] for each in states["Route"]["Choices"] if each["Next"] == "JudgeNarrative"]
    [last] = re.findall(r"<= (\d+)", condition)
    judge = states["JudgeNarrative"]
    tries = 1 + sum(each["MaxAttempts"] for each in judge["Retry"] if "Transient" in each["ErrorEquals"])

    assert int(last) / 1000 + tries * judge["TimeoutSeconds"] + QUICK_TIMEOUT * 3 < limits.turn_seconds
