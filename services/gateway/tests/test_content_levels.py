"""Which level of content a campaign may ask for."""

from __future__ import annotations

from services.gateway.tests.player_client import JSON, Answered, Door


def start(door: Door, content: str) -> Answered:
    body = {"character": {"name": "Ash", "class_id": "prowler"}, "content": content}
    return door.ask("POST", "/v1/campaigns", body, headers={**JSON, "Idempotency-Key": "k"})


def test_a_campaign_may_ask_for_a_stricter_level(door: Door) -> None:
    assert start(door, "family").status == 201


def test_more_than_the_deployment_allows_is_refused_with_what_it_allows(door: Door) -> None:
    refused = start(door, "mature")

    assert (refused.status, refused.problem) == (422, "content-not-allowed")
    assert "family, teen" in refused.json["detail"]
    assert not door.items()
