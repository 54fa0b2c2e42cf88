"""The Lambda entry points, wired to AWS as they are when deployed, on a simulated account."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import boto3
import pytest

from contracts.campaign import CampaignEndedV1
from contracts.dm import NarrativeTold
from contracts.envelope import Envelope
from contracts.gateway import FailTurn, FormatResponse
from contracts.metrics import DayCeilingReachedData, DayCeilingReachedV1
from services.gateway.adapters.turn_repository import DynamoTurnRepository
from services.gateway.tests import builders
from services.gateway.tests.caches import clear_wiring
from services.gateway.tests.live import event
from services.gateway.tests.player_client import JSON, TABLE, PlayerClient
from services.gateway.wiring import sending as sending_wiring
from stagekit import observe

Call = Callable[[str, Any], Any]


@pytest.fixture
def call(game: PlayerClient, other_services: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Call]:
    """Invoke a handler. Its workflow and the other services' functions do not exist here."""
    queues = boto3.client("sqs")
    for name in ("failed", "dead"):
        queues.create_queue(QueueName=name)
    environment = {
        "GATEWAY_TABLE": TABLE,
        "STATE_MACHINE_ARN": "arn:aws:states:us-east-1:123456789012:stateMachine:none",
        "FAILED_TURNS_QUEUE_URL": queues.get_queue_url(QueueName="failed")["QueueUrl"],
        "DEAD_LETTER_QUEUE_URL": queues.get_queue_url(QueueName="dead")["QueueUrl"],
        "VOID_TURN_FUNCTION": "none",
        "DESCRIBE_WORLD_FUNCTION": "none",
        "WEBSOCKET_ENDPOINT": "https://socket.example/live",
        "POWERTOOLS_SERVICE_NAME": "gateway",
        "POWERTOOLS_METRICS_NAMESPACE": "NineLives",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    clear_wiring()
    observe.logger.cache_clear()
    context = SimpleNamespace(function_name="f", get_remaining_time_in_millis=lambda: 9000)

    yield lambda name, event: importlib.import_module(f"services.gateway.handlers.{name}").handler(event, context)
    clear_wiring()
    observe.logger.cache_clear()


def http(method: str, path: str, body: Any = None) -> dict[str, Any]:
    return {
        "rawPath": path,
        "headers": {**JSON, "idempotency-key": "k"},
        "requestContext": {
            "http": {"method": method},
            "authorizer": {"jwt": {"claims": {"sub": "ada", "token_use": "access"}}},
        },
        "body": json.dumps(body) if body is not None else None,
    }


def admit(game: PlayerClient) -> Any:
    game.act(game.campaign())
    return game.workflow.started[-1]


def receive(queue: str) -> list[str]:
    client = boto3.client("sqs")
    url = client.get_queue_url(QueueName=queue)["QueueUrl"]
    return [message["Body"] for message in client.receive_message(QueueUrl=url).get("Messages", [])]


def test_the_api_takes_a_turn_even_when_its_workflow_cannot_start(game: PlayerClient, call: Call) -> None:
    campaign = game.campaign()

    answer = call("api", http("POST", f"/v1/campaigns/{campaign}/turns", {"action": "I wait"}))

    assert answer["statusCode"] == 202
    assert json.loads(answer["body"])["status"] == "accepted"
    assert len(game.items("TURN#")) == 1


@pytest.mark.parametrize(("setting", "status"), [(None, 403), ("", 403), ("0", 403), ("1", 202)])
def test_the_api_breaks_things_on_purpose_only_where_the_operator_said_so(
    game: PlayerClient, call: Call, monkeypatch: pytest.MonkeyPatch, setting: str | None, status: int
) -> None:
    if setting is not None:
        monkeypatch.setenv("CHAOS", setting)
    body = {"action": "I wait", "chaos": "drop-model"}

    assert call("api", http("POST", f"/v1/campaigns/{game.campaign()}/turns", body))["statusCode"] == status


@pytest.mark.parametrize(("setting", "told"), [("1", "day-ceiling"), ("", None)])
def test_what_metrics_says_of_a_day_is_seen_by_the_next_admission_where_a_day_has_a_ceiling(
    game: PlayerClient, call: Call, monkeypatch: pytest.MonkeyPatch, setting: str, told: str | None
) -> None:
    monkeypatch.setenv("DAY_CEILING", setting)
    reached = DayCeilingReachedV1(
        metadata=event(CampaignEndedV1, builders.CAMPAIGN_ID).metadata,
        data=DayCeilingReachedData(day=datetime.now(UTC).date(), micro_dollars=7, tokens=9),
    )
    entry = {"source": reached.producer, "detail_type": reached.detail_type, "detail": reached.model_dump(mode="json")}

    assert call("push", deliver(entry)) == call("push", deliver(entry)) == {"batchItemFailures": []}
    answer = call("api", http("POST", f"/v1/campaigns/{game.campaign()}/turns", {"action": "I wait"}))

    assert (json.loads(answer["body"])["notice"] or {}).get("code") == told


def test_the_api_answers_a_broken_dependency_with_a_problem(call: Call) -> None:
    answer = call("api", http("GET", "/v1/world"))

    assert answer["statusCode"] in (500, 503)
    assert json.loads(answer["body"])["type"] in ("/problems/internal", "/problems/unavailable")


def test_the_api_asks_to_come_back_when_the_table_is_throttled(
    game: PlayerClient, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.gateway.adapters.turn_repository.DynamoTurnRepository.gate", _throttle)

    answer = call("api", http("GET", f"/v1/campaigns/{builders.CAMPAIGN_ID}/turns"))

    assert (answer["statusCode"], answer["headers"]["Retry-After"]) == (503, "2")


def test_a_workflow_stage_resolves_a_turn(game: PlayerClient, call: Call) -> None:
    turn = admit(game)
    request = FormatResponse(envelope=turn.envelope, committed=builders.committed_as(turn.envelope, 1))

    closed = call("format_response", request.model_dump(mode="json"))

    assert (closed["status"], closed["number"]) == ("resolved", 1)


def test_a_workflow_stage_fails_a_turn_and_tells_the_operators(game: PlayerClient, call: Call) -> None:
    turn = admit(game)
    request = FailTurn(envelope=turn.envelope, error="Transient", stage="OpenTurn")

    closed = call("fail_turn", request.model_dump(mode="json"))

    assert closed["status"] == "failed"
    (message,) = receive("failed")
    assert FailTurn.model_validate_json(message).error == "Transient"


def test_a_deadline_that_cannot_void_comes_back_later(game: PlayerClient, call: Call) -> None:
    turn = admit(game)

    answer = call("deadline", deliver(game.events()[0]))

    assert answer == {"batchItemFailures": [{"itemIdentifier": "m-1"}]}
    shown = game.turn(turn.envelope.campaign_id, turn.envelope.turn_id).json
    assert shown["status"] == "running"


def test_the_deadline_of_an_ended_turn_passes(game: PlayerClient, call: Call) -> None:
    game.resolve(admit(game))

    assert call("deadline", deliver(game.events()[0])) == {"batchItemFailures": []}


def test_what_admission_left_in_the_outbox_is_published_by_the_relay(
    game: PlayerClient, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    published: list[Any] = []

    def put_events(Entries: list[Any]) -> Any:
        published.extend(Entries)
        return {"FailedEntryCount": 0}

    monkeypatch.setenv("EVENT_BUS_NAME", "bus")
    monkeypatch.setattr("stagekit.relay.bus", lambda: SimpleNamespace(put_events=put_events))
    admit(game)

    call("relay", {"Records": [{"eventName": "INSERT", "dynamodb": {"NewImage": each}} for each in game.items()]})

    (entry,) = published
    assert (entry["Source"], entry["DetailType"]) == ("ninelives.gateway", "TurnAccepted.v1")


def test_what_is_published_arrives_in_the_feed_of_a_player_who_is_told(
    game: PlayerClient, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[Any] = []
    client = SimpleNamespace(post_to_connection=lambda **message: said.append(message))
    monkeypatch.setattr(sending_wiring, "management", lambda: client)
    turn = admit(game)
    campaign = turn.envelope.campaign_id
    ticket = json.loads(call("api", http("POST", "/v1/tickets"))["body"])

    assert ticket["url"] == f"wss://socket.example/live?ticket={ticket['ticket']}"
    assert call("socket", socket_event("CONNECT", ticket=ticket["ticket"])) == {"statusCode": 200}
    call("socket", socket_event("MESSAGE", {"type": "subscribe", "campaign_id": campaign}))
    ended = event(CampaignEndedV1, campaign)
    entry = {"source": ended.producer, "detail_type": ended.detail_type, "detail": ended.model_dump(mode="json")}
    committed = builders.with_headline(builders.committed_as(turn.envelope, 1))
    request = FormatResponse(envelope=turn.envelope, committed=committed)
    call("format_response", request.model_dump(mode="json"))
    assert call("push", deliver(entry)) == {"batchItemFailures": []}
    call("socket", socket_event("DISCONNECT"))

    heard = [json.loads(message["Data"]).get("event", {}).get("type") for message in said]
    assert heard == [None, "turn-resolved", "turn-answered", "campaign-ended"]
    feed = json.loads(call("api", http("GET", f"/v1/campaigns/{campaign}/events"))["body"])
    assert [item["type"] for item in feed["items"]] == [
        "turn-accepted",
        "turn-resolved",
        "turn-answered",
        "campaign-ended",
    ]
    assert not game.items("SOCKET#")


def test_what_the_game_master_tells_reaches_whoever_listens_and_what_cannot_be_told_holds_nothing_up(
    game: PlayerClient, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[Any] = []
    client = SimpleNamespace(post_to_connection=lambda **message: said.append(message))
    monkeypatch.setattr(sending_wiring, "management", lambda: client)
    envelope = admit(game).envelope
    ticket = json.loads(call("api", http("POST", "/v1/tickets"))["body"])["ticket"]
    call("socket", socket_event("CONNECT", ticket=ticket))
    call("socket", socket_event("MESSAGE", {"type": "subscribe", "campaign_id": envelope.campaign_id}))
    nowhere = envelope.model_copy(update={"campaign_id": builders.CAMPAIGN_ID})
    bodies = [
        "no JSON", "{}", tell(envelope.model_copy(update={"turn_id": None}), "Of no turn."), tell(nowhere, "Nowhere."),
        tell(envelope, "Rain."), tell(envelope, "Rain. It falls."),
    ]  # fmt: skip

    assert call("narrate", {"Records": [{"body": body} for body in bodies]}) is None

    assert [json.loads(message["Data"]).get("told") for message in said] == [None, "Rain. It falls."]


def test_a_narration_that_a_throttled_table_refuses_is_dropped_and_the_others_are_told(
    game: PlayerClient, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = DynamoTurnRepository.store_story
    refused: list[Any] = []

    def throttled_once(turns: DynamoTurnRepository, *asked: Any) -> bool:
        if not refused:
            refused.append(asked)
            _throttle()
        return store(turns, *asked)

    monkeypatch.setattr(DynamoTurnRepository, "store_story", throttled_once)
    first, second = admit(game).envelope, admit(game).envelope

    call("narrate", {"Records": [{"body": tell(first, "Rain.")}, {"body": tell(second, "Sun.")}]})

    assert [item["told"]["S"] for item in game.items() if "told" in item] == ["Sun."]


def test_nobody_is_connected_without_a_ticket(game: PlayerClient, call: Call) -> None:
    assert call("socket", socket_event("CONNECT")) == {"statusCode": 401}


def socket_event(kind: str, body: Any = None, **query: str) -> dict[str, Any]:
    context = {"routeKey": f"${kind.lower()}", "eventType": kind, "connectionId": "tab"}
    return {"requestContext": context, "body": json.dumps(body), "queryStringParameters": query or None}


def tell(envelope: Envelope, story: str) -> str:
    return NarrativeTold(envelope=envelope, told=story).model_dump_json()


def deliver(event: dict[str, Any]) -> dict[str, Any]:
    body = {"id": "e", "source": event["source"], "detail-type": event["detail_type"], "detail": event["detail"]}
    record = {"messageId": "m-1", "body": json.dumps(body), "eventSource": "aws:sqs", "attributes": {}}
    return {"Records": [record]}


def _throttle(*_: Any) -> Any:
    from botocore.exceptions import ClientError

    raise ClientError({"Error": {"Code": "ThrottlingException", "Message": ""}}, "GetItem")
