"""What a client can do wrong: a problem with a stable type, and nothing written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.gateway.http.api_gateway import parse_request, render_response
from services.gateway.tests.player_client import JSON, PlayerClient

KEYED = {**JSON, "Idempotency-Key": "k"}


@pytest.fixture
def turns(game: PlayerClient) -> str:
    return f"/v1/campaigns/{game.campaign()}/turns"


@pytest.mark.parametrize(
    ("raw", "status", "problem"),
    [
        (b"", 400, "malformed-json"),
        (b"{", 400, "malformed-json"),
        (b'{"action": "\xff"}', 400, "malformed-json"),
        (b"\xef\xbb\xbf{}", 400, "malformed-json"),
        (b'{"action": NaN}', 400, "malformed-json"),
        (b'{"action": "a", "action": "b"}', 400, "malformed-json"),
        (b"[" * 16_000, 400, "malformed-json"),
        (b'{"expected_turn": ' + b"9" * 9_000 + b"}", 400, "malformed-json"),
        (b"null", 422, "invalid-body"),
        (b"[]", 422, "invalid-body"),
        (b'"I wait"', 422, "invalid-body"),
        (b"{}", 422, "invalid-body"),
        (b'{"action": null}', 422, "invalid-body"),
        (b'{"action": 7}', 422, "invalid-body"),
        (b'{"action": ["I wait"]}', 422, "invalid-body"),
        (b'{"action": ""}', 422, "invalid-body"),
        (b'{"action": " \\n\\t "}', 422, "invalid-body"),
        (b'{"action": "a\\u0000b"}', 422, "invalid-body"),
        (b'{"action": "\\ud800"}', 422, "invalid-body"),
        (b'{"\\ud800": 1, "action": "I wait"}', 422, "invalid-body"),
        (b'{"action": "' + b"a" * 2_001 + b'"}', 422, "invalid-body"),
        (b'{"action": "I wait", "gold": 5}', 422, "invalid-body"),
        (b'{"action": "I wait", "expected_turn": "1"}', 422, "invalid-body"),
        (b'{"action": "I wait", "expected_turn": 0}', 422, "invalid-body"),
        (b'{"action": "I wait", "expected_turn": true}', 422, "invalid-body"),
        (b'{"action": "' + b"a" * 300_000 + b'"}', 413, "too-large"),
    ],
)
def test_a_body_that_is_not_a_turn_is_refused(
    game: PlayerClient, turns: str, raw: bytes, status: int, problem: str
) -> None:
    before = game.items()

    refused = game.ask("POST", turns, raw=raw, headers=KEYED)

    assert (refused.status, refused.problem) == (status, problem)
    assert game.items() == before
    assert not game.workflow.started


def test_a_refused_body_names_the_field_and_not_what_was_in_it(game: PlayerClient, turns: str) -> None:
    refused = game.ask("POST", turns, {"action": "I wait", "secret_word": "xyzzy"}, headers=KEYED)

    assert refused.json["errors"] == [{"pointer": "#/secret_word", "detail": "Extra inputs are not permitted"}]
    assert "xyzzy" not in refused.text


@pytest.mark.parametrize(
    "character",
    [{"name": " "}, {"name": "x" * 41}, {"name": "a\u0000"}, {"class_id": "No Such"}, {"class_id": ""}, {"lives": 9}],
)
def test_a_character_that_cannot_be_is_refused(game: PlayerClient, character: dict[str, Any]) -> None:
    refused = game.start(**character)

    assert (refused.status, refused.problem) == (422, "invalid-body")
    assert not game.items()
    assert not game.stages.campaigns


@pytest.mark.parametrize("kind", ["text/plain", "", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_only_json_is_taken(game: PlayerClient, turns: str, kind: str) -> None:
    refused = game.ask("POST", turns, {"action": "I wait"}, headers={"idempotency-key": "k", "content-type": kind})

    assert (refused.status, refused.problem) == (415, "unsupported-media-type")


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        (None, "idempotency-key-missing"),
        ("", "idempotency-key-missing"),
        ("   ", "idempotency-key-missing"),
        ("ü", "idempotency-key-invalid"),
        ("a\tb", "idempotency-key-invalid"),
        ("k" * 129, "idempotency-key-invalid"),
    ],
)
def test_a_wish_without_a_usable_key_is_refused(game: PlayerClient, turns: str, key: str | None, problem: str) -> None:
    headers = {**JSON, **({} if key is None else {"Idempotency-Key": key})}

    refused = game.ask("POST", turns, {"action": "I wait"}, headers=headers)
    also = game.ask("POST", "/v1/campaigns", {"character": {"name": "A", "class_id": "prowler"}}, headers=headers)

    assert (refused.status, refused.problem) == (400, problem)
    assert (also.status, also.problem) == (400, problem)


@pytest.mark.parametrize("player", [None, "", "x" * 129])
def test_nobody_is_served_without_an_identity(game: PlayerClient, turns: str, player: str | None) -> None:
    for method, path in (("GET", "/v1/campaigns"), ("POST", "/v1/campaigns"), ("POST", turns), ("GET", turns)):
        refused = game.ask(method, path, player=player, headers=KEYED)
        assert (refused.status, refused.problem) == (401, "unauthenticated")
        assert refused.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "path",
    ["/", "/v2/health", "/v1/campaigns/c_short", "/v1/campaigns/../world", "/v1/campaigns/c_" + "A" * 26,
     "/v1/campaigns/c_" + "a" * 26 + "/turns/x", "/v1/campaigns/c_" + "a" * 26 + "\n"],
)  # fmt: skip
def test_a_path_that_leads_nowhere_is_not_found(game: PlayerClient, path: str) -> None:
    refused = game.ask("GET", path)

    assert (refused.status, refused.problem) == (404, "not-found")


@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH", "HEAD"])
def test_a_wrong_method_is_told_the_right_ones(game: PlayerClient, method: str) -> None:
    refused = game.ask(method, "/v1/campaigns")

    assert (refused.status, refused.problem, refused.headers["Allow"]) == (405, "method-not-allowed", "GET, POST")


def test_every_answer_is_guarded_and_private_ones_are_not_kept(game: PlayerClient, turns: str) -> None:
    for answer in (game.ask("GET", turns), game.ask("GET", "/nowhere"), game.start()):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(codec=None)), inner, max_size=3),
    max_leaves=8,
)
bodies = st.one_of(
    st.binary(max_size=200),
    values.map(lambda value: json.dumps(value).encode()),
    st.fixed_dictionaries({"action": values}, optional={"expected_turn": values}).map(lambda v: json.dumps(v).encode()),
)


@given(raw=bodies, headers=st.fixed_dictionaries({}, optional={"prefer": st.text(), "traceparent": st.text()}))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_body_breaks_the_door_and_only_an_accepted_one_leaves_a_trace(
    game: PlayerClient, raw: bytes, headers: dict[str, str]
) -> None:
    campaign = game.campaign()
    before = len(game.items())

    answer = game.ask("POST", f"/v1/campaigns/{campaign}/turns", raw=raw, headers={**headers, **KEYED})

    assert answer.status in (202, 400, 413, 422)
    assert (len(game.items()) > before) == (answer.status == 202)
    answer.text.encode("ascii" if answer.status != 202 else "utf-8")
    for item in game.items():
        game.dynamodb.delete_item(TableName="gateway", Key={"pk": item["pk"], "sk": item["sk"]})


def test_a_body_with_an_unpaired_surrogate_in_the_event_itself_is_malformed(game: PlayerClient, turns: str) -> None:
    event = {
        "rawPath": turns,
        "headers": KEYED,
        "requestContext": {
            "http": {"method": "POST"},
            "authorizer": {"jwt": {"claims": {"sub": "ada", "token_use": "access"}}},
        },
        "body": '{"action": "\ud800"}',
    }

    refused = render_response(game.serve(parse_request(event)))

    assert refused["statusCode"] == 400
