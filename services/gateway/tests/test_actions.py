"""Actions as players type them: what cannot be seen is taken out, and the rest is as it was."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.domain.actions import clean_action
from services.gateway.tests.player_client import PlayerClient

HIDING = {
    "I look\u009b31m up": "I look31m up",
    "I look\u202e up": "I look up",
    "I look\u2066 up": "I look up",
    "I lo\u200bok\ufeff up": "I look up",
    "I look up\U000e0049\U000e0047": "I look up",
    "I look\u3164 up": "I look up",
    "I look\tup": "I look up",
    "I look.\u2028I leap.": "I look.\nI leap.",
    "I look.\u2029I leap.": "I look.\nI leap.",
    "I look.\u0085I leap.": "I look.\nI leap.",
    "I look.\nI leap.": "I look.\nI leap.",
}
PLAIN = ("I say: “Psst!” – ça va?", "猫が見る", "我等", "I wave 👋🏽", "We are 👨‍👩‍👧", "I ❤️ it", "ʻŌlelo", "हिन्दी")


@pytest.mark.parametrize(("typed", "seen"), HIDING.items(), ids=map(ascii, HIDING))
def test_what_is_typed_is_what_is_seen(game: PlayerClient, typed: str, seen: str) -> None:
    turn = game.act(game.campaign(), typed)

    assert (turn.status, turn.json["action"]) == (202, seen)
    assert game.workflow.started[-1].action == seen


@pytest.mark.parametrize("typed", PLAIN)
def test_whatever_can_be_seen_stays(game: PlayerClient, typed: str) -> None:
    assert game.act(game.campaign(), typed).json["action"] == typed


@pytest.mark.parametrize(
    "typed", ["\u200b", "\u3164\u3164", "\u202e", "\U000e0049", "\u0301", "\u00ad\n\ufeff"], ids=ascii
)
def test_an_action_that_nobody_sees_is_refused_with_the_reason(game: PlayerClient, typed: str) -> None:
    campaign = game.campaign()

    refused = game.act(campaign, typed)

    assert (refused.status, refused.problem) == (422, "invalid-body")
    (error,) = refused.json["errors"]
    assert (error["pointer"], "can be seen" in error["detail"]) == ("#/action", True)
    assert not game.workflow.started


def test_why_an_action_is_refused_is_said_in_words(game: PlayerClient) -> None:
    (error,) = game.act(game.campaign(), "I shout \x1b[31m").json["errors"]

    assert error["detail"].startswith("Must not contain control characters")


def test_the_same_request_is_the_same_turn_however_much_was_taken_out(game: PlayerClient) -> None:
    campaign = game.campaign()
    first, again = (game.act(campaign, "I look\u200b up", key="k") for _ in range(2))

    assert first.json["id"] == again.json["id"]
    assert game.act(campaign, "I look up", key="k").problem == "idempotency-key-reused"


@given(st.text(max_size=60))
def test_what_is_left_is_visible_and_cleaning_it_again_changes_nothing(text: str) -> None:
    cleaned = clean_action(text)

    unseen = [c for c in cleaned if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co") and c not in "\n\u200d"]
    assert not unseen
    assert clean_action(cleaned) == cleaned
