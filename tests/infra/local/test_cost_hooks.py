"""Results that the hooks for a quicker local cloud may not change: of an expression, a task, a call and a role."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from types import FunctionType, SimpleNamespace
from typing import Any

import pytest
from ministack.core import iam_evaluator, responses
from ministack.core.arn import ArnParseError, parse_arn
from ministack.services import sqs, stepfunctions

from infra.local.hooks import allowed_calls, batching_window, permissions, polling, worker_threads, workflow_costs

VARIABLES = {"nothing": None, "cat": {"lives": 9, "name": "Tom", "owner": None}, "cats": [{"lives": 9}, {"lives": 1}]}
EXPRESSIONS = (
    "$nothing",
    "$missing",
    "$cat.lives",
    "$cat.owner",
    "$cat.tail",
    "$cats.lives",
    "$cats[lives > 1].lives",
    "$states.input.there",
    "$states.result.Payload",
    "$states.result.Payload.missing",
    "$states.errorOutput.Error",
    "$states.context.State.Name",
    "[$cats, $cat]",
    "{'of': $cat.name, 'none': $nothing}",
    "$cat.name + 1",
    "$merge([$cat, {'lives': $cat.lives - 1}])",
    "$exists($cat.tail) ? 1 : null",
    "$partition([1, 2, 3], 2)",
    "$toMillis('2026-11-30 12:00')",
    "there",
    "1 +",
)
CONTEXT = {"State": {"Name": "Nap"}, "StateMachine": {"Name": "turn"}, "variables": VARIABLES}
Evaluate = Callable[..., Any]


@pytest.fixture
def stock(monkeypatch: pytest.MonkeyPatch) -> Evaluate:
    """The emulator's own evaluation, of before the hook, with an engine of its own."""
    evaluate = stepfunctions._evaluate_jsonata
    before = {name: getattr(stepfunctions, name) for name in workflow_costs.REPLACED}
    scope = {**vars(stepfunctions), **before}
    own: Evaluate = FunctionType(evaluate.__code__, scope, None, evaluate.__defaults__)
    for name, value in before.items():
        monkeypatch.setattr(stepfunctions, name, value)
    workflow_costs.install()
    return own


def outcome(evaluate: Evaluate, expression: str) -> Any:
    result = {"Payload": {"told": True}}
    try:
        return evaluate(expression, {"there": 1}, CONTEXT, result, None)
    except stepfunctions._ExecutionError as error:
        return error.error, error.cause


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_an_expression_comes_to_what_the_emulator_alone_makes_of_it(stock: Evaluate, expression: str) -> None:
    expected = outcome(stock, expression)

    for _ in range(2):  # parsed, and parsed before
        assert outcome(stepfunctions._evaluate_jsonata, expression) == expected


def test_a_definition_that_cannot_be_parsed_is_refused(stock: Evaluate) -> None:
    faulty = json.dumps({"QueryLanguage": "JSONata", "States": {"Nap": {"Type": "Pass", "Output": "{% 1 + %}"}}})

    assert stepfunctions._validate_definition_jsonata(faulty)


def test_a_task_that_takes_longer_is_given_up_and_others_go_on(stock: Evaluate, monkeypatch: Any) -> None:
    released = threading.Event()

    def invoke(resource: str, given: Any) -> str:
        if resource == "slow":
            released.wait(10)
        return "done"

    monkeypatch.setattr(stepfunctions, "_invoke_resource", invoke)

    with pytest.raises(stepfunctions._ExecutionError) as given_up:
        stepfunctions._invoke_resource_with_timeout("slow", {}, 0.01)
    answered = stepfunctions._invoke_resource_with_timeout("quick", {}, 10)
    released.set()

    assert (given_up.value.error, answered) == ("States.Timeout", "done")


def test_an_item_of_a_map_cannot_change_the_variables_of_its_workflow(stock: Evaluate) -> None:
    own = stepfunctions.copy.deepcopy(CONTEXT)
    own["variables"]["cat"] = "another"
    own["State"]["Name"] = "Other"

    assert (CONTEXT["variables"], CONTEXT["State"]) == (VARIABLES, {"Name": "Nap"})


def test_an_event_that_is_no_utf8_is_written_all_the_same(stock: Evaluate) -> None:
    assert json.loads(stepfunctions.json.dumps({"said": "\ud83d"})) == {"said": "\ud83d"}


def test_calls_are_read_by_a_thread_that_read_before() -> None:
    readers = []

    def _read_response() -> None:
        readers.append(threading.get_ident())

    for _ in range(5):
        reading = worker_threads._thread(target=_read_response, daemon=True)
        reading.start()
        reading.join(10)
        assert not reading.is_alive()

    assert len(readers) == 5 and len(set(readers)) == 1


def test_a_call_that_is_not_answered_in_time_is_being_read_still() -> None:
    released = threading.Event()

    def _read_response() -> None:
        released.wait(10)

    reading = worker_threads._thread(target=_read_response, daemon=True)
    reading.start()
    reading.join(0.01)
    was_alive = reading.is_alive()
    released.set()

    assert was_alive


@pytest.fixture
def gathered(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The roles whose policies were gathered."""
    permissions.gathered.clear()
    yield []
    permissions.gathered.clear()


def test_what_a_role_allows_is_gathered_once_and_anew_after_a_request_to_iam(gathered: list[str]) -> None:
    role = SimpleNamespace(principal_type="AssumedRole")

    def gather(key: str, account: str, credential: Any) -> str:
        gathered.append(key)
        return key

    resolve = permissions._gathered_once(gather)

    async def change(*request: Any) -> str:
        return "changed"

    assert [resolve("a", "0", role), resolve("a", "0", role), resolve("b", "0", role)] == ["a", "a", "b"]
    assert gathered == ["a", "b"]
    assert asyncio.run(permissions._gathered_anew(change)()) == "changed"
    resolve("a", "0", role)
    assert gathered == ["a", "b", "a"]


def test_whoever_has_no_role_is_looked_up_each_time(gathered: list[str]) -> None:
    resolve = permissions._gathered_once(lambda key, account, credential: gathered.append(key))

    for _ in range(2):
        resolve("a", "0", SimpleNamespace(principal_type="User"))

    assert gathered == ["a", "a"]


ROLE = ("key", "000000000000")


@pytest.fixture
def asked(gathered: list[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The actions that policies were asked about: none yet. The role's are known for 60 seconds from now."""
    monkeypatch.setattr(allowed_calls, "_allowed", {})
    monkeypatch.setattr(responses, "get_account_id", lambda: ROLE[1])
    policies_of_role()
    return []


def policies_of_role(conditions: Any = None, seconds: float = 60) -> None:
    statement = SimpleNamespace(conditions=conditions or {})
    principal = SimpleNamespace(policies=[[statement]], limits=[])
    permissions.gathered[ROLE] = (time.monotonic() + seconds, principal)


def decide(asked: list[str], *calls: tuple[str, str]) -> list[Any]:
    """Returns the decision on each of these calls: None where it is allowed, as reading is."""

    def enforce(key: str, action: str, service: str, region: str, resource_arn: str, **context: Any) -> str | None:
        asked.append(action)
        return None if action == "read" else "refused"

    through = allowed_calls._asked_once(enforce)
    return [through(ROLE[0], action, service, "here", resource_arn="table", more=1) for service, action in calls]


def test_what_was_allowed_is_not_asked_again_and_what_was_denied_is(asked: list[str]) -> None:
    call, denied = ("dynamodb", "read"), ("dynamodb", "write")

    assert decide(asked, call, call, denied, denied) == [None, None, "refused", "refused"]
    assert asked == ["read", "write", "write"]


@pytest.mark.parametrize(
    "change",
    [
        lambda: policies_of_role(conditions={"StringEquals": {"dynamodb:LeadingKeys": "cat"}}),
        lambda: policies_of_role(seconds=-1),
        permissions.gathered.clear,
    ],
    ids=["conditions", "time", "a request to IAM"],
)
def test_what_was_allowed_is_asked_anew_where_more_than_the_call_decides(asked: list[str], change: Any) -> None:
    call = ("dynamodb", "read")
    decide(asked, call)
    change()

    assert decide(asked, call, call) == [None, None]
    assert asked == ["read"] * 3


def test_services_whose_resources_have_policies_are_asked_each_time(asked: list[str]) -> None:
    assert not set(allowed_calls.WITHOUT_POLICIES) & set(iam_evaluator._RESOURCE_POLICY_LOOKUPS)

    decide(asked, ("sqs", "read"), ("sqs", "read"))

    assert asked == ["read", "read"]


def test_a_queue_with_nothing_to_read_is_not_gone_through(monkeypatch: pytest.MonkeyPatch) -> None:
    later = {"attributes": {}, "messages": [{"sent_at": 0.0, "visible_at": 9e9}]}
    monkeypatch.setattr(sqs, "_get_q", lambda url: later)

    receive = batching_window._receive(lambda url, most: pytest.fail("the emulator was asked"))

    assert receive("queue", 10) == []


def test_an_arn_is_read_once_and_what_is_none_is_refused_each_time() -> None:
    asked: list[Any] = []

    def parse(value: Any) -> Any:
        asked.append(value)
        return parse_arn(value)

    read = polling._read_once(parse)

    names = [read("arn:aws:sqs:us-east-1:0:queue").resource for _ in range(2)]
    for _ in range(2):
        with pytest.raises(ArnParseError):
            read(["no", "name"])

    assert (names, len(asked)) == (["queue", "queue"], 3)
