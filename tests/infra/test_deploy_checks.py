"""Lacks of an account are found before anything is deployed to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from ninelives.deployment import stacks
from ninelives.deployment.checks import (
    AccountFinding,
    check_alarms,
    check_concurrency,
    check_key,
    check_mail,
    check_model,
    check_region,
)

KEYS = {"region_name": "us-east-1", "aws_access_key_id": "x", "aws_secret_access_key": "x"}
MODEL = "us.anthropic.claude-sonnet-4-6"
SPOKEN = {"output": {}, "stopReason": "end_turn", "usage": {"inputTokens": 1, "outputTokens": 1, "totalTokens": 2}}
Answering = Callable[..., Callable[[str], Any]]


@pytest.fixture
def answering() -> Iterator[Answering]:
    """Clients of one service whose calls are answered in this order: a body, or the code and words of an error."""
    stubbed: list[Stubber] = []

    def make(service: str, *answers: tuple[str, Any]) -> Callable[[str], Any]:
        client = boto3.client(service, **KEYS)  # type: ignore[call-overload]
        stub = Stubber(client)
        for operation, answer in answers:
            if isinstance(answer, dict):
                stub.add_response(operation, answer)
            else:
                code, words = answer
                stub.add_client_error(operation, code, words)
        stub.activate()
        stubbed.append(stub)
        return lambda name: client

    yield make
    for stub in stubbed:
        stub.assert_no_pending_responses()


def _settings(limit: int) -> dict[str, Any]:
    return {"AccountLimit": {"ConcurrentExecutions": limit}, "AccountUsage": {}}


def test_a_new_accounts_ten_functions_at_once_are_said_with_the_command_that_asks_for_more(
    answering: Answering,
) -> None:
    [finding] = check_concurrency(answering("lambda", ("get_account_settings", _settings(10))))

    assert "Only 10 functions" in finding.text
    assert "aws service-quotas" in finding.text
    assert not finding.stops


def test_a_usual_quota_is_not_worth_a_word(answering: Answering) -> None:
    assert list(check_concurrency(answering("lambda", ("get_account_settings", _settings(1000))))) == []


def test_what_the_caller_may_not_ask_is_said_and_stops_nothing(answering: Answering) -> None:
    [finding] = check_concurrency(answering("lambda", ("get_account_settings", ("AccessDeniedException", "no"))))

    assert finding.text.startswith("Not checked")
    assert not finding.stops


def test_a_model_that_answers_is_fine(answering: Answering) -> None:
    response = {**SPOKEN, "output": {"message": {"role": "assistant", "content": [{"text": "Meow."}]}}}
    response["metrics"] = {"latencyMs": 1}

    assert list(check_model(answering("bedrock-runtime", ("converse", response)), MODEL)) == []


@pytest.mark.parametrize(
    ("code", "words", "stops"),
    [
        ("ValidationException", "The provided model identifier is invalid.", True),
        ("AccessDeniedException", "You don't have access to the model with the specified model ID.", True),
        ("ResourceNotFoundException", "Model use case details have not been submitted for this account.", True),
        ("AccessDeniedException", "User is not authorized to perform: bedrock:InvokeModel", False),
        ("ThrottlingException", "Too many tokens per day", False),
    ],
)
def test_a_model_that_no_turn_would_hear_of_stops_and_one_the_caller_may_not_ask_does_not(
    answering: Answering, code: str, words: str, stops: bool
) -> None:
    [finding] = check_model(answering("bedrock-runtime", ("converse", (code, words))), MODEL)

    assert words in finding.text
    assert finding.stops is stops


def test_the_key_of_an_endpoint_is_there_unread(answering: Answering) -> None:
    kept = {"Parameter": {"Name": "/k", "Type": "SecureString", "Value": "sealed"}}

    assert list(check_key(answering("ssm", ("get_parameter", kept)), "/k")) == []


@pytest.mark.parametrize(
    ("answer", "says", "stops"),
    [
        (("ParameterNotFound", ""), "aws ssm put-parameter --type SecureString --name /k", True),
        (("AccessDeniedException", "may not"), "Not checked.*may not", False),
        ({"Parameter": {"Name": "/k", "Type": "String", "Value": "open"}}, "make it a SecureString", False),
    ],
    ids=["none", "not to be asked", "not a secret"],
)
def test_a_key_that_no_function_would_find_stops_and_an_open_one_is_said(
    answering: Answering, answer: Any, says: str, stops: bool
) -> None:
    [finding] = check_key(answering("ssm", ("get_parameter", answer)), "/k")

    assert re.search(says, finding.text)
    assert "open" not in finding.text.replace("openai", "")
    assert finding.stops is stops


def test_without_an_address_mail_is_cognitos_own_and_that_is_said(answering: Answering) -> None:
    [finding] = check_mail(answering("sesv2"), "", "")

    assert "50 a day" in finding.text
    assert not finding.stops


def test_an_address_of_a_verified_domain_may_send(answering: Answering) -> None:
    client = answering(
        "sesv2",
        ("get_email_identity", {"VerifiedForSendingStatus": True}),
        ("get_account", {"ProductionAccessEnabled": True}),
    )

    assert list(check_mail(client, "cat@example.org", "example.org")) == []


@pytest.mark.parametrize("told", [("NotFoundException", "no"), {"VerifiedForSendingStatus": False}])
def test_an_identity_that_nobody_verified_stops(answering: Answering, told: Any) -> None:
    client = answering("sesv2", ("get_email_identity", told))

    [finding] = check_mail(client, "cat@example.org", "cat@example.org")

    assert finding.stops
    assert "mail_identity" in finding.text


def test_that_nobody_is_told_of_alarms_is_said() -> None:
    assert ["alarm_email" in finding.text for finding in check_alarms("")] == [True]
    assert list(check_alarms("ops@example.org")) == []


def test_the_sandbox_of_ses_is_said(answering: Answering) -> None:
    client = answering(
        "sesv2",
        ("get_email_identity", {"VerifiedForSendingStatus": True}),
        ("get_account", {"ProductionAccessEnabled": False}),
    )

    assert ["sandbox" in finding.text for finding in check_mail(client, "cat@example.org", "example.org")] == [True]


@pytest.mark.parametrize(
    ("region", "found"),
    [
        ("us-east-1", []),
        ("useast1", [AccountFinding("useast1 is no region: write it like us-east-1.", stops=True)]),
        (
            "xx-new-1",
            [AccountFinding("xx-new-1 is not known to have a Cognito user pool: stacks may be refused there.")],
        ),
    ],
)
def test_a_region_is_looked_at(region: str, found: list[AccountFinding]) -> None:
    assert list(check_region(region, ["us-east-1"])) == found


def _stack(status: str) -> dict[str, Any]:
    return {"Stacks": [{"StackName": "s", "StackStatus": status, "CreationTime": "2026-01-01T00:00:00Z"}]}


@pytest.mark.parametrize("status", ["ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "REVIEW_IN_PROGRESS", "CREATE_FAILED"])
def test_a_stack_that_was_never_finished_may_be_deleted(answering: Answering, status: str) -> None:
    client = answering(
        "cloudformation", ("describe_stacks", _stack(status)), ("update_termination_protection", {"StackId": "s"})
    )

    assert stacks.unprotect_unfinished(client(""), ["s"]) == ["s"]


@pytest.mark.parametrize("status", ["CREATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "UPDATE_FAILED", "DELETE_FAILED"])
def test_a_stack_that_may_hold_something_keeps_its_protection(answering: Answering, status: str) -> None:
    client = answering("cloudformation", ("describe_stacks", _stack(status)))

    assert stacks.unprotect_unfinished(client(""), ["s"]) == []


def test_a_stack_that_is_not_there_is_nothing(answering: Answering) -> None:
    gone = ("ValidationError", "Stack with id s does not exist")

    assert stacks.statuses(answering("cloudformation", ("describe_stacks", gone))(""), ["s"]) == {}
