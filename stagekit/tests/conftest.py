"""A stage, its table and its bus, as small as they come."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import boto3
import pytest

from contracts.envelope import Envelope, Message
from stagekit import events, first_answers, idempotency
from stagekit.observe import logger
from tests.support.quick_dynamodb import dynamodb_alone

CAMPAIGN = "c_" + "a" * 26
TURN = "t_" + "b" * 26


class Ask(Message):
    envelope: Envelope
    question: str


class Answer(Message):
    envelope: Envelope
    text: str


def ask(question: str = "why", key: str = f"{TURN}/ask") -> dict[str, Any]:
    envelope = Envelope(idempotency_key=key, correlation_id=TURN, campaign_id=CAMPAIGN, turn_id=TURN)
    return Ask(envelope=envelope, question=question).model_dump(mode="json")


def context(milliseconds: int = 5000) -> Any:
    return SimpleNamespace(
        function_name="ask",
        memory_limit_in_mb=256,
        invoked_function_arn="arn:aws:lambda:us-east-1:123456789012:function:ask",
        aws_request_id="1",
        get_remaining_time_in_millis=lambda: milliseconds,
    )


class Bus:
    """Takes entries; refuses those whose position in the stream of attempts is listed."""

    def __init__(self, refuse: set[int] | None = None) -> None:
        self.taken: list[dict[str, Any]] = []
        self.calls: list[int] = []
        self._refuse = refuse or set()
        self._seen = 0

    def put_events(self, Entries: list[dict[str, Any]]) -> dict[str, Any]:
        self.calls.append(len(Entries))
        results = []
        for entry in Entries:
            refused = self._seen in self._refuse
            self._seen += 1
            results.append({"ErrorCode": "ThrottlingException"} if refused else {"EventId": str(self._seen)})
            if not refused:
                self.taken.append({**entry, "Detail": json.loads(entry["Detail"])})
        return {"FailedEntryCount": sum("ErrorCode" in r for r in results), "Entries": results}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "POWERTOOLS_SERVICE_NAME": "riddles",
        "POWERTOOLS_METRICS_NAMESPACE": "NineLives",
        "ENVIRONMENT": "local",
        "STAGES_TABLE": "stages",
        "EVENT_BUS_NAME": "bus",
    }.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def stages_table():
    with dynamodb_alone():
        table = boto3.resource("dynamodb").create_table(
            TableName="stages",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        _forget_clients()
        yield table
    _forget_clients()


def _forget_clients() -> None:
    idempotency._claims.cache_clear()
    first_answers.stages_table.cache_clear()


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Bus:
    double = Bus()
    monkeypatch.setattr(events, "bus", lambda: double)
    return double


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """All that was printed or logged so far. A logger keeps the stream it was made with, so a new one is made."""
    logging.Logger.manager.loggerDict.pop("riddles", None)
    logger.cache_clear()
    return lambda: capsys.readouterr().out
