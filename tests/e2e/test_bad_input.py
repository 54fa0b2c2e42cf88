"""Bad input gets a problem with a stable type, and nothing is written."""

from __future__ import annotations

import json
from uuid import uuid4

import httpx
import pytest

from tests.support.cloud import Cloud, Item
from tests.support.driving import Game

pytestmark = pytest.mark.cloud

JSON = "application/json"
BODIES = {
    "empty body": (b"", JSON, 400, "malformed-json"),
    "null body": (b"null", JSON, 422, "invalid-body"),
    "an array": (b"[]", JSON, 422, "invalid-body"),
    "not JSON": (b"{action: look}", JSON, 400, "malformed-json"),
    "missing action": (b"{}", JSON, 422, "invalid-body"),
    "empty action": (b'{"action": ""}', JSON, 422, "invalid-body"),
    "blank action": (b'{"action": " \\n\\t "}', JSON, 422, "invalid-body"),
    "a number": (b'{"action": 7}', JSON, 422, "invalid-body"),
    "null action": (b'{"action": null}', JSON, 422, "invalid-body"),
    "300 KB": (json.dumps({"action": "m" * 300_000}).encode(), JSON, 413, "too-large"),
    "too long": (json.dumps({"action": "m" * 2001}).encode(), JSON, 422, "invalid-body"),
    "a lone surrogate": (b'{"action": "\\ud83d"}', JSON, 422, "invalid-body"),
    "NUL": (b'{"action": "a\\u0000b"}', JSON, 422, "invalid-body"),
    "an unknown field": (b'{"action": "look", "hp": 99}', JSON, 422, "invalid-body"),
    "a text": (b'{"action": "look"}', "text/plain", 415, "unsupported-media-type"),
    "a form": (b"action=look", "application/x-www-form-urlencoded", 415, "unsupported-media-type"),
    "multipart without a boundary": (b"--x", "multipart/form-data", 415, "unsupported-media-type"),
}
CATS = {
    "an unknown class": ({"name": "Pixel", "class_id": "dragon"}, "unknown-class"),
    "no name": ({"name": "", "class_id": "any"}, "invalid-body"),
    "a blank name": ({"name": " ", "class_id": "any"}, "invalid-body"),
    "a name with NUL": ({"name": "Pi\0xel", "class_id": "any"}, "invalid-body"),
    "a name with half a character": ({"name": "Pi\ud83d", "class_id": "any"}, "invalid-body"),
    "a name of two lines": ({"name": "Tom”\nPLACE", "class_id": "any"}, "invalid-name"),
    "a name that turns the text": ({"name": "Tom\u202e", "class_id": "any"}, "invalid-name"),
    "too long a name": ({"name": "x" * 41, "class_id": "any"}, "invalid-body"),
    "a list of classes": ({"name": "Pixel", "class_id": ["any"]}, "invalid-body"),
    "no character": (None, "invalid-body"),
}


def list_written(cloud: Cloud) -> tuple[list[Item], list[Item], str]:
    """All that a request for a turn or a campaign could write first, and the workflow that was started last."""
    machines = cloud.client("stepfunctions").list_executions(stateMachineArn=cloud.stack["state_machine"])
    newest = max(machines["executions"], key=lambda execution: execution["startDate"], default={"name": "none"})
    return cloud.admissions(), cloud.items("campaign/campaign"), newest["name"]


@pytest.fixture(scope="module")
def game(cloud: Cloud) -> Game:
    """One cat for all of them: nothing here may change it."""
    return Game(cloud, f"player-{uuid4().hex[:12]}").begin()


def assert_refused(answer: httpx.Response, status: int, kind: str) -> None:
    """Assert that an answer is this problem, and well-formed."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    problem = answer.json()
    assert problem["type"] == f"/problems/{kind}"
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]


@pytest.mark.parametrize("case", BODIES)
def test_a_bad_turn_is_refused_and_leaves_no_trace(game: Game, cloud: Cloud, case: str):
    body, content_type, status, kind = BODIES[case]
    headers = {"content-type": content_type, "idempotency-key": str(uuid4())}
    before = list_written(cloud)

    answer = game.http.post(f"{game.path}/turns", content=body, headers=headers)

    assert_refused(answer, status, kind)
    assert list_written(cloud) == before


@pytest.mark.parametrize("case", CATS)
def test_an_impossible_cat_is_refused(game: Game, cloud: Cloud, case: str):
    character, kind = CATS[case]
    before = list_written(cloud)

    answer = game.http.post(
        "campaigns",
        content=json.dumps({"character": character}),
        headers={"content-type": JSON, "idempotency-key": str(uuid4())},
    )

    assert_refused(answer, 422, kind)
    assert list_written(cloud) == before


@pytest.mark.parametrize(
    ("key", "kind"),
    [(None, "idempotency-key-missing"), ("", "idempotency-key-missing"), ("k" * 129, "idempotency-key-invalid")],
)
def test_a_write_without_a_usable_key_is_refused(game: Game, cloud: Cloud, key: str | None, kind: str):
    before = list_written(cloud)

    answer = game.http.post(
        f"{game.path}/turns", json={"action": "look"}, headers={} if key is None else {"idempotency-key": key}
    )

    assert_refused(answer, 400, kind)
    assert list_written(cloud) == before


@pytest.mark.parametrize("campaign_id", ["c_" + "a" * 26, "nonsense", "%00", "c_" + "a" * 200])
def test_an_unknown_campaign_is_not_found(game: Game, cloud: Cloud, campaign_id: str):
    before = list_written(cloud)

    answer = game.http.post(
        f"campaigns/{campaign_id}/turns", json={"action": "look"}, headers={"idempotency-key": str(uuid4())}
    )

    assert_refused(answer, 404, "not-found")
    assert list_written(cloud) == before


def test_somebody_elses_campaign_is_not_found_and_not_moved(game: Game, cloud: Cloud):
    stranger = Game(cloud, f"player-{uuid4().hex[:12]}", game.campaign_id)
    before = list_written(cloud)

    assert_refused(stranger.post("I take it all"), 404, "not-found")

    assert list_written(cloud) == before
