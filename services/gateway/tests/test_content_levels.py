"""Which level of content a campaign may ask for."""

from __future__ import annotations

import pytest

from contracts.state import CONTENT_LEVELS, ContentLevel
from services.gateway.domain.content_choices import content_choices
from services.gateway.tests.player_client import JSON, Answered, PlayerClient


def start(game: PlayerClient, content: str) -> Answered:
    body = {"character": {"name": "Ash", "class_id": "prowler"}, "content": content}
    return game.ask("POST", "/v1/campaigns", body, headers={**JSON, "Idempotency-Key": "k"})


def test_a_campaign_may_ask_for_a_stricter_level(game: PlayerClient) -> None:
    assert start(game, "family").status == 201


def test_more_than_the_deployment_allows_is_refused_with_what_it_allows(game: PlayerClient) -> None:
    refused = start(game, "mature")

    assert (refused.status, refused.problem) == (422, "content-not-allowed")
    assert "family, teen" in refused.json["detail"]
    assert not game.items()


def test_whoever_makes_a_cat_is_told_what_may_be_chosen_and_what_it_is_otherwise(game: PlayerClient) -> None:
    offered = game.ask("GET", "/v1/world").json["content"]

    assert [(each["id"], each["usual"]) for each in offered] == [("family", False), ("teen", True)]
    assert all(each["name"] and each["text"] for each in offered)


@pytest.mark.parametrize(
    ("allowed", "usual"), [(("family",), "family"), (("family", "teen"), "teen"), (CONTENT_LEVELS, "teen")]
)
def test_each_level_that_is_allowed_has_words_and_one_is_usual(allowed: tuple[ContentLevel, ...], usual: str) -> None:
    offered = content_choices(allowed)

    assert [each.id for each in offered] == list(allowed)
    assert [each.id for each in offered if each.usual] == [usual]
