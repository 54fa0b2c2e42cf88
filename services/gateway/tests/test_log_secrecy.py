"""Players' words, passwords and tokens stay out of every log, however a request goes wrong."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError

from contracts.dm import NarrativeTold
from services.gateway.adapters.cognito.pool import CognitoPool
from services.gateway.tests.caches import clear_wiring
from services.gateway.tests.cognito import token
from services.gateway.tests.every_route import Case, every_route
from services.gateway.tests.live import Live
from services.gateway.tests.player_client import JSON, TABLE, PlayerClient
from services.gateway.wiring import accounts, player
from stagekit import observe

MARK = "XYZZY"
"""In everything that is secret below, so that one search finds any of it."""
JWT = f"{token('ada', 'guest-ada')}.{MARK}"
BODY = {
    "character": {"name": f"Ash {MARK}", "class_id": "prowler"},
    "action": f"I tell her {MARK}",
    "at_turn": f"{MARK}",
    "email": f"{MARK}@example.org",
    "password": f"Pass-{MARK}-word-1",
    "refresh_token": f"refresh-{MARK}",
    "code": f"code-{MARK}",
}
Call = Callable[[Case, Any], dict[str, Any]]


@pytest.fixture
def call(game: PlayerClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[Call]:
    """Send a request through the real handlers, with everything about it secret."""
    environment = {
        "GATEWAY_TABLE": TABLE,
        "STATE_MACHINE_ARN": "arn:aws:states:us-east-1:123456789012:stateMachine:none",
        "POWERTOOLS_SERVICE_NAME": f"gateway-{uuid4()}",  # a logger of its own, which writes to this test's output
        "POWERTOOLS_METRICS_NAMESPACE": "NineLives",
        "USER_POOL_ID": "pool",
        "USER_POOL_CLIENT_ID": "app",
        "LOG_LEVEL": "DEBUG",
        "WEBSOCKET_URL": "wss://socket.example",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(player, "service_functions", lambda: game.stages)
    monkeypatch.setattr(player, "_lambda", lambda: SimpleNamespace(invoke=lambda **job: None))
    pool: Any = game.cognito
    monkeypatch.setattr(accounts, "CognitoPool", lambda clients, *rest: CognitoPool(pool, *rest[:3]))
    clear_wiring()
    observe.logger.cache_clear()

    def send(case: Case, body: Any) -> dict[str, Any]:
        handler = importlib.import_module(f"services.gateway.handlers.{case.function}").handler
        return dict(handler(secret_event(case, body), SimpleNamespace(function_name="f")))

    yield send
    clear_wiring()
    observe.logger.cache_clear()


def secret_event(case: Case, body: Any) -> dict[str, Any]:
    return {
        "routeKey": f"{case.method} /{{proxy+}}",
        "rawPath": case.path,
        "queryStringParameters": {"cursor": MARK, "q": MARK},
        "headers": {**JSON, "authorization": f"Bearer {JWT}", "idempotency-key": "k", "x-ninelives-edge": MARK},
        "requestContext": {
            "http": {"method": case.method, "path": case.path, "sourceIp": f"192.0.2.1-{MARK}"},
            "authorizer": {"jwt": {"claims": {"sub": "ada", "username": "guest-ada", "token_use": "access"}}},
        },
        "body": body if isinstance(body, str) else json.dumps(body),
    }


def routes(game: PlayerClient) -> list[Case]:
    campaign = game.campaign("ada")
    turn = game.act(campaign, f"I say {MARK}", player="ada").json["id"]
    return sorted(every_route(campaign, turn), key=lambda case: case.method == "DELETE")  # nobody is there afterwards


def secret(case: Case) -> Any:
    """A body that is valid where it can be, with what is secret marked."""
    return {name: BODY.get(name, value) if name != "at_turn" else value for name, value in (case.body or {}).items()}


def nothing_told(capsys: pytest.CaptureFixture[str]) -> str:
    written = capsys.readouterr()
    assert MARK not in written.out + written.err
    assert JWT not in written.out + written.err
    return written.out


def test_requests_that_go_well_leave_no_secret(
    game: PlayerClient, call: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    game.cognito.add_known("guest-ada", "ada", JWT)

    answers = {str(case): call(case, secret(case))["statusCode"] for case in routes(game)}

    assert "Duration" in nothing_told(capsys)
    statuses = {case.removeprefix("POST "): status for case, status in answers.items()}
    assert answers["DELETE /v1/account"] == 202
    assert (statuses["/v1/guests"], statuses["/v1/account"], statuses["/v1/sessions"]) == (201, 200, 401)
    assert (statuses["/v1/account/verification"], statuses["/v1/account/verification-codes"]) == (422, 202)
    assert (statuses["/v1/password-resets"], statuses["/v1/password-resets/confirmation"]) == (202, 204)
    assert statuses["/v1/sessions/revocation"] == 204
    assert max(statuses.values()) < 500


@pytest.mark.parametrize(
    "body", [BODY, f"{MARK}", "{" + MARK, json.dumps([MARK]), json.dumps({MARK: 1}), MARK * 5000], ids=range(6)
)
def test_bodies_that_are_not_understood_leave_no_secret(
    game: PlayerClient, call: Call, capsys: pytest.CaptureFixture[str], body: Any
) -> None:
    for case in routes(game):
        call(case, body)

    assert "Duration" in nothing_told(capsys)


@pytest.mark.parametrize("kind", ["ValidationException", "ThrottlingException", "ValueError", "KeyError"])
def test_a_failure_below_that_repeats_what_it_was_given_leaves_no_secret(
    game: PlayerClient, call: Call, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    cases = routes(game)

    def fail(client: Any, operation: str, parameters: Any) -> Any:
        said = f"{operation} {parameters} {MARK}"
        named: dict[str, Exception] = {"ValueError": ValueError(said), "KeyError": KeyError(said)}
        raise named.get(kind) or ClientError({"Error": {"Code": kind, "Message": said}}, operation)

    monkeypatch.setattr("botocore.client.BaseClient._make_api_call", fail)
    game.cognito.breaks = kind
    game.stages.breaks = RuntimeError(MARK)

    statuses = {case.path: call(case, secret(case))["statusCode"] for case in cases}

    told = nothing_told(capsys)
    assert "not served" in told
    assert kind in told
    assert statuses["/v1/account"] == statuses["/v1/guests"] == (503 if kind == "ThrottlingException" else 500)


def test_a_log_of_a_failure_says_where_it_happened(
    game: PlayerClient, call: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    show = next(case for case in routes(game) if case.of_a_campaign)
    game.stages.breaks = RuntimeError(MARK)

    assert call(show, None)["statusCode"] == 500

    [line] = [json.loads(line) for line in nothing_told(capsys).splitlines() if "not served" in line]
    assert line["error"] == "RuntimeError"
    assert line["at"][-1].endswith("view_campaign")


def test_a_socket_tells_no_log_its_ticket_or_what_is_said_over_it(
    game: PlayerClient, call: Call, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from services.gateway.handlers import socket

    live = Live(game)
    monkeypatch.setattr(socket, "live_dependencies", lambda: live.deps)
    ticket = live.ticket()

    def arrives(kind: str, **more: Any) -> int:
        asked = {"eventType": kind, "connectionId": "line", "routeKey": f"${kind.lower()}"}
        return int(socket.handler({"requestContext": asked, **more}, None)["statusCode"])

    assert arrives("CONNECT", queryStringParameters={"ticket": ticket}) == 200
    assert arrives("CONNECT", queryStringParameters={"ticket": f"{MARK}"}) in (401, 403)
    for body in (MARK, json.dumps({"type": MARK}), json.dumps({"type": "subscribe", "campaign_id": MARK}), MARK * 9000):
        assert arrives("MESSAGE", body=body) == 200
    assert arrives("DISCONNECT") == 200

    told = nothing_told(capsys)
    assert ticket not in told
    assert "Duration" in told


@pytest.mark.parametrize(
    ("broken", "dropped"),
    [
        ("nothing", []),
        ("reading", ["unreadable narration dropped"]),
        ("telling", ["narration dropped"]),
        ("pushing", ["narration dropped"]),
    ],
)
def test_a_story_that_is_being_told_is_in_no_log(
    game: PlayerClient,
    call: Call,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    broken: str,
    dropped: list[str],
) -> None:
    from services.gateway.handlers import narrate

    live = Live(game)
    campaign = game.campaign()
    live.subscribe(live.connect("line"), campaign)
    game.act(campaign)
    told = NarrativeTold(envelope=game.workflow.started[-1].envelope, told=f"Rain. {MARK}").model_dump_json()
    monkeypatch.setattr(narrate, "live_dependencies", lambda: live.deps)
    if broken in ("telling", "pushing"):
        monkeypatch.setattr(
            *{"telling": (live.deps.turns, "store_story"), "pushing": (live.lines, "send")}[broken], _spills
        )

    narrate.handler({"Records": [{"body": told[:-9] if broken == "reading" else told}]}, None)

    logged = [json.loads(line).get("message", "") for line in nothing_told(capsys).splitlines()]
    assert [message for message in logged if "narration" in message] == dropped
    assert live.narrations("line") == ([f"Rain. {MARK}"] if broken == "nothing" else [])


def _spills(*given: Any) -> Any:
    raise ValueError(str(given))
