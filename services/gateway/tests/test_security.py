"""Guards of every answer, the most a request may weigh, and whose address a request comes from."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from services.gateway.domain.rejections import TooManyRequests
from services.gateway.http import problems
from services.gateway.http.api_gateway import parse_request, render_response
from services.gateway.http.bodies import MAX_BYTES
from services.gateway.http.exchange import HttpResponse
from services.gateway.tests import builders
from services.gateway.tests.every_route import Case, every_route
from services.gateway.tests.player_client import JSON, PlayerClient

GUARDS = {
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
}
POSTS = [case for case in every_route(builders.CAMPAIGN_ID, "t_" + "a" * 26) if case.method == "POST"]
TOO_MUCH = b'{"x": "' + b"a" * MAX_BYTES + b'"}'
LIES = [
    {"content-length": "2"},
    {"content-length": "-1"},
    {"content-length": "many"},
    {"transfer-encoding": "chunked"},
    {"transfer-encoding": "chunked", "content-length": "0"},
    {"content-encoding": "gzip"},
]


@pytest.mark.parametrize(
    "answer",
    [
        HttpResponse(200, "{}"),
        HttpResponse(304, None),
        HttpResponse(200, "{}", cache="public"),
        problems.INTERNAL.error().response(),
        problems.UNAVAILABLE.error().response(),
        problems.UNAUTHENTICATED.error().response(),
        problems.to_problem(TooManyRequests("turns", 1, "a minute", 1)).response(),
    ],
)
def test_every_answer_is_guarded_whatever_it_says(answer: HttpResponse) -> None:
    headers = render_response(answer)["headers"]

    assert {name for name, begins in GUARDS.items() if not headers.get(name, "").startswith(begins)} == set()
    assert headers["Cache-Control"]


@pytest.mark.parametrize("token_use", ["id", "refresh", ""])
@pytest.mark.parametrize("case", [*every_route(builders.CAMPAIGN_ID, "t_" + "a" * 26)], ids=str)
def test_only_an_access_token_says_who_asks(game: PlayerClient, case: Case, token_use: str) -> None:
    answer = game.ask(case.method, case.path, case.body, headers=JSON, username="ada", token_use=token_use)

    assert case.public or (answer.status, answer.problem) == (401, "unauthenticated")


def test_the_function_itself_opens_no_door_to_other_origins(game: PlayerClient) -> None:
    """The API answers CORS from the list of origins; a header from here could only widen it."""
    answer = game.ask("GET", "/v1/health", headers={"origin": "https://evil.example"})

    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize("lie", LIES, ids=str)
@pytest.mark.parametrize("encoded", [True, False], ids=["base64", "text"])
@pytest.mark.parametrize("case", POSTS, ids=str)
def test_a_body_is_as_long_as_it_is_whatever_its_headers_claim(
    game: PlayerClient, case: Case, encoded: bool, lie: dict[str, str]
) -> None:
    event = post(case, TOO_MUCH, encoded, lie)

    refused = render_response(game.serve(parse_request(event)))

    assert (refused["statusCode"], json.loads(refused["body"])["type"]) == (413, "/problems/too-large")
    assert not game.items()
    assert not game.cognito.users


@pytest.mark.parametrize("case", POSTS, ids=str)
def test_base64_that_is_none_is_an_empty_body_and_no_accident(game: PlayerClient, case: Case) -> None:
    event = post(case, b"", True, {}) | {"body": "%%% not base64 %%%"}

    answer = render_response(game.serve(parse_request(event)))

    assert answer["statusCode"] < 500


def post(case: Case, body: bytes, encoded: bool, headers: dict[str, str]) -> dict[str, Any]:
    return {
        "rawPath": case.path,
        "headers": {**JSON, "idempotency-key": "k", **headers},
        "requestContext": {
            "http": {"method": "POST", "sourceIp": "192.0.2.1"},
            "authorizer": {"jwt": {"claims": {"sub": "ada", "username": "ada", "token_use": "access"}}},
        },
        "body": base64.b64encode(body).decode() if encoded else body.decode(),
        "isBase64Encoded": encoded,
    }


EDGE = "203.0.113.9"


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({}, EDGE),
        ({"X-Forwarded-For": "192.0.2.1"}, EDGE),
        ({"X-Forwarded-For": "192.0.2.1", "X-Ninelives-Edge": "guessed"}, EDGE),
        ({"X-Forwarded-For": "192.0.2.1", "X-Ninelives-Edge": "known"}, "192.0.2.1"),
        ({"X-Forwarded-For": f"10.0.0.1, 192.0.2.1, {EDGE}", "X-Ninelives-Edge": "known"}, "192.0.2.1"),
        ({"X-Ninelives-Edge": "known"}, EDGE),
    ],
)
def test_an_address_is_believed_from_our_own_distribution_only(headers: dict[str, str], address: str) -> None:
    event = {"rawPath": "/", "headers": headers, "requestContext": {"http": {"method": "GET", "sourceIp": EDGE}}}

    assert parse_request(event, {"EDGE_KEY": "known"}).address == address


def test_without_a_distribution_no_key_opens_anything() -> None:
    headers = {"x-ninelives-edge": "", "x-forwarded-for": "192.0.2.1"}
    event = {"rawPath": "/", "headers": headers, "requestContext": {"http": {"method": "GET", "sourceIp": EDGE}}}

    assert parse_request(event, {"EDGE_KEY": ""}).address == parse_request(event).address == EDGE
