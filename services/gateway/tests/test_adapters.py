"""Adapters: what AWS hands in, and how its failures are read."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError

from contracts import errors
from contracts.campaign import CampaignViewed, ViewCampaign
from contracts.gateway import TurnClosed
from contracts.lore import DescribeWorld, WorldDescribed
from services.gateway.adapters.service_functions import FUNCTIONS, FunctionFailed, LambdaFunctions
from services.gateway.adapters.workflow import StepFunctions
from services.gateway.domain.records import NotStarted, WorkflowOutcome
from services.gateway.http.api_gateway import parse_request, render_response
from services.gateway.http.exchange import HttpResponse
from services.gateway.tests import builders

NAMES = {request: function for request, (_, function) in FUNCTIONS.items()}


def event(path: str = "/v1/health", stage: str = "$default", **headers: str) -> dict[str, Any]:
    return {"rawPath": path, "headers": headers, "requestContext": {"http": {"method": "get"}, "stage": stage}}


class Answering:
    """A Lambda client with one answer for every function."""

    def __init__(self, body: Any, error: bool = False) -> None:
        self.answer = {"Payload": io.BytesIO(json.dumps(body).encode()), **({"FunctionError": "x"} if error else {})}
        self.asked: list[tuple[str, Any]] = []

    def invoke(self, FunctionName: str, Payload: bytes) -> Any:
        self.asked.append((FunctionName, json.loads(Payload)))
        self.answer["Payload"].seek(0)
        return self.answer


class Starting:
    """A Step Functions client whose calls end like this."""

    def __init__(self, ending: Exception | None = None, closed: str | None = None) -> None:
        self.ending = ending
        self.closed = closed
        self.inputs: list[Any] = []

    def start_execution(self, stateMachineArn: str, input: str) -> Any:
        self.inputs.append(json.loads(input))
        if self.ending:
            raise self.ending

    def start_sync_execution(self, stateMachineArn: str, input: str) -> Any:
        self.start_execution(stateMachineArn, input)
        return {"status": "FAILED"} if self.closed is None else {"status": "SUCCEEDED", "output": self.closed}


def describe_world(functions: LambdaFunctions) -> WorldDescribed:
    return functions.call(DescribeWorld(), WorldDescribed)


def throttling() -> ClientError:
    return ClientError({"Error": {"Code": "ThrottlingException", "Message": ""}}, "StartExecution")


def test_a_named_stage_is_not_part_of_the_path() -> None:
    assert parse_request(event("/prod/v1/health", "prod")).path == "/v1/health"
    assert parse_request(event("/v1/health/")).path == "/v1/health"


def test_a_clients_trace_is_carried_on() -> None:
    trace = "00-" + "a" * 32 + "-" + "b" * 16 + "-01"

    assert parse_request(event(traceparent=trace)).traceparent == trace


def test_without_a_clients_trace_the_functions_own_is_used() -> None:
    xray = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=x"

    seen = parse_request(event(traceparent="nonsense"), {"_X_AMZN_TRACE_ID": xray}).traceparent

    assert seen == "00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01"


def test_a_body_that_is_not_base64_is_an_empty_one() -> None:
    assert parse_request({**event(), "body": "%%%", "isBase64Encoded": True}).body == b""


def test_an_answer_without_a_body_has_no_content_type() -> None:
    response = render_response(HttpResponse(304))

    assert "Content-Type" not in response["headers"]
    assert response["body"] == ""


def test_a_named_error_of_another_service_arrives_under_its_name() -> None:
    client = Answering({"errorType": "CampaignMissing", "errorMessage": "c_x"}, error=True)

    with pytest.raises(errors.CampaignMissing):
        LambdaFunctions(client, NAMES).call(ViewCampaign(envelope=builders.ENVELOPE), CampaignViewed)  # type: ignore[arg-type]


@pytest.mark.parametrize("lost", ["Runtime.ExitError", "Sandbox.Timedout", "Lambda.Unknown"])
def test_a_worker_that_was_lost_may_be_asked_again(lost: str) -> None:
    with pytest.raises(errors.Transient):
        describe_world(LambdaFunctions(Answering({"errorType": lost}, error=True), NAMES))  # type: ignore[arg-type]


@pytest.mark.parametrize("bug", ["KeyError", "__all__", "annotations"])
def test_an_error_without_a_contract_is_a_bug(bug: str) -> None:
    with pytest.raises(FunctionFailed):
        describe_world(LambdaFunctions(Answering({"errorType": bug}, error=True), NAMES))  # type: ignore[arg-type]


def test_the_world_is_asked_for_once() -> None:
    client = Answering(builders.WORLD.model_dump(mode="json"))
    functions = LambdaFunctions(client, NAMES)  # type: ignore[arg-type]

    assert describe_world(functions) == describe_world(functions) == builders.WORLD
    assert [name for name, _ in client.asked] == ["describe_world"]


def test_a_started_turn_is_the_workflows_input() -> None:
    client = Starting()
    workflow = StepFunctions(lambda seconds: client, "machine")  # type: ignore[arg-type,return-value]

    workflow.start(builders.turn())

    assert client.inputs == [builders.turn().model_dump(mode="json")]
    assert workflow.play(builders.turn(), 5) == WorkflowOutcome(ended=True)


def test_a_workflow_that_ended_well_says_how_it_closed_the_turn() -> None:
    closed = TurnClosed(envelope=builders.turn().envelope, status="resolved", number=1, turn="{}")
    client = Starting(closed=closed.model_dump_json())

    played = StepFunctions(lambda seconds: client, "machine").play(builders.turn(), 5)  # type: ignore[arg-type,return-value]

    assert played == WorkflowOutcome(ended=True, closed=closed)


def test_a_wait_that_runs_out_is_not_a_failure() -> None:
    client = Starting(ReadTimeoutError(endpoint_url="x"))

    assert StepFunctions(lambda seconds: client, "machine").play(builders.turn(), 3) == WorkflowOutcome(ended=False)  # type: ignore[arg-type,return-value]


@pytest.mark.parametrize("ending", [throttling(), EndpointConnectionError(endpoint_url="x")])
def test_a_workflow_that_takes_no_turn_says_so(ending: Exception) -> None:
    workflow = StepFunctions(lambda seconds: Starting(ending), "machine")  # type: ignore[arg-type,return-value]

    with pytest.raises(NotStarted):
        workflow.start(builders.turn())
    with pytest.raises(NotStarted):
        workflow.play(builders.turn(), 5)
