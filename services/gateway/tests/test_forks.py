"""Forks over HTTP: a campaign of its own, once per key, and never somebody else's past."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.envelope import Ancestor
from contracts.errors import CampaignMissing, Transient
from contracts.playerapi import Campaign, Dice
from services.gateway.adapters.turn_repository import DynamoTurnRepository
from services.gateway.tests import builders
from services.gateway.tests.player_client import JSON, PlayerClient

KEYED = {**JSON, "Idempotency-Key": "k"}


def test_a_fork_is_a_campaign_of_its_own_that_says_where_its_past_is_told(game: PlayerClient) -> None:
    parent = game.campaign()

    forked = game.fork(parent, at_turn=7)

    campaign = Campaign.model_validate_json(forked.text)
    assert (forked.status, forked.headers["Location"]) == (201, f"/v1/campaigns/{campaign.id}")
    assert forked.headers["ETag"] == '"v8"'
    assert (campaign.turn, campaign.forked_from) == (7, Ancestor(campaign_id=parent, turn=7))
    assert campaign.id != parent
    (order,) = game.stages.forks.values()
    assert (order.owner, order.origin.campaign_id, order.envelope.campaign_id) == ("ada", parent, campaign.id)


def test_a_fork_is_played_from_the_turn_after_the_one_it_was_forked_at(game: PlayerClient) -> None:
    fork = str(game.fork(game.campaign(), at_turn=7).json["id"])

    refused = game.act(fork, expected_turn=1)
    turn = game.act(fork, expected_turn=8)

    assert (refused.problem, refused.json["detail"]) == ("turn-conflict", "You expected turn 1; the next is 8.")
    assert (turn.status, turn.json["status"]) == (202, "accepted")


def test_a_turn_of_the_parent_in_progress_holds_up_neither_the_fork_nor_its_turns(game: PlayerClient) -> None:
    parent = game.campaign()
    game.act(parent)

    fork = game.fork(parent)

    assert (fork.status, fork.json["active_turn"]) == (201, None)
    assert game.act(fork.json["id"]).status == 202
    assert game.act(parent).problem == "turn-in-progress"


def test_forking_twice_with_one_key_is_one_fork(game: PlayerClient) -> None:
    parent = game.campaign()

    first, second = game.fork(parent, key="k"), game.fork(parent, key="k")

    assert (second.status, second.text) == (201, first.text)
    assert second.headers["Idempotency-Replayed"] == "true"
    assert second.headers["Location"] == first.headers["Location"]
    assert len(game.stages.forks) == 1


def test_a_repeated_fork_gives_the_original_answer_even_after_both_stories_moved_on(game: PlayerClient) -> None:
    parent = game.campaign()
    first = game.fork(parent, key="k")
    game.stages.last_turn = 3
    game.act(first.json["id"])

    assert game.fork(parent, key="k").text == first.text


def test_another_turn_under_the_same_key_is_refused(game: PlayerClient) -> None:
    parent = game.campaign()
    game.fork(parent, at_turn=7, key="k")

    assert game.fork(parent, at_turn=6, key="k").problem == "idempotency-key-reused"


def test_another_parent_under_the_same_key_is_refused(game: PlayerClient) -> None:
    game.fork(game.campaign(), key="k")

    assert game.fork(game.campaign(), key="k").problem == "idempotency-key-reused"


def test_a_key_that_started_a_campaign_or_a_turn_forks_nothing(game: PlayerClient) -> None:
    parent = str(game.start(key="of-a-campaign").json["id"])
    game.act(parent, key="of-a-turn")

    refused = [game.fork(parent, key=key) for key in ("of-a-campaign", "of-a-turn")]

    assert [(each.status, each.problem) for each in refused] == [(422, "idempotency-key-reused")] * 2
    assert not game.stages.forks


def test_a_key_that_made_a_fork_starts_neither_a_campaign_nor_a_turn(game: PlayerClient) -> None:
    parent = game.campaign()
    game.fork(parent, key="k")

    assert game.start(key="k").problem == "idempotency-key-reused"
    assert game.act(parent, key="k").problem == "idempotency-key-reused"


def test_a_crash_between_the_fork_and_its_registration_is_repaired_by_repeating(
    game: PlayerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = game.campaign()
    with monkeypatch.context() as patched:
        patched.setattr(DynamoTurnRepository, "register", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            game.fork(parent, key="k")

    assert game.fork(parent, at_turn=6, key="k").problem == "idempotency-key-reused"
    again = game.fork(parent, key="k")

    assert (again.status, len(game.stages.forks)) == (201, 1)
    assert game.act(again.json["id"]).status == 202


def test_a_turn_that_nothing_can_follow_is_refused_with_the_campaigns_own_words(game: PlayerClient) -> None:
    parent = game.campaign()
    before = game.items()

    refused = game.fork(parent, at_turn=17)

    assert (refused.status, refused.problem) == (422, "cannot-fork")
    assert refused.json["detail"] == "Turn 17 is not played yet. Fork at any turn from 0 to 16."
    assert refused.json["errors"][0]["pointer"] == "#/at_turn"
    assert game.items() == before


def test_somebody_elses_campaign_cannot_be_forked_and_looks_like_none(game: PlayerClient) -> None:
    parent = game.campaign("ada")
    before = game.items()

    theirs, none = game.fork(parent, player="eve"), game.fork(builders.CAMPAIGN_ID, player="eve")

    assert (theirs.status, theirs.problem, theirs.text) == (404, "not-found", none.text)
    assert game.items() == before
    assert not game.stages.forks


def test_a_campaign_that_is_gone_from_its_service_is_not_found(game: PlayerClient) -> None:
    parent = game.campaign()
    game.stages.breaks = CampaignMissing(parent)

    assert game.fork(parent).problem == "not-found"


def test_a_service_that_hiccups_is_not_the_players_fault(game: PlayerClient) -> None:
    parent = game.campaign()
    game.stages.breaks = Transient("busy")

    with pytest.raises(Transient):
        game.fork(parent)


@pytest.mark.parametrize("at_turn", [-1, 1.5, "7", None, True, 1_000_000])
def test_a_turn_that_cannot_be_is_no_valid_body(game: PlayerClient, at_turn: Any) -> None:
    refused = game.fork(game.campaign(), at_turn=at_turn)

    assert (refused.status, refused.problem) == (422, "invalid-body")
    assert refused.json["errors"][0]["pointer"] == "#/at_turn"
    assert not game.stages.forks


@pytest.mark.parametrize(
    ("raw", "headers", "status", "problem"),
    [
        (b"{", KEYED, 400, "malformed-json"),
        (b"{}", KEYED, 422, "invalid-body"),
        (b'{"at_turn": 1, "seed": "00"}', KEYED, 422, "invalid-body"),
        (b'{"at_turn": ' + b" " * 17_000 + b"1}", KEYED, 413, "too-large"),
        (b'{"at_turn": 1}', {"Idempotency-Key": "k"}, 415, "unsupported-media-type"),
        (b'{"at_turn": 1}', JSON, 400, "idempotency-key-missing"),
        (b'{"at_turn": 1}', {**JSON, "Idempotency-Key": "\u00e9"}, 400, "idempotency-key-invalid"),
    ],
)
def test_a_request_that_is_not_a_fork_is_refused(
    game: PlayerClient, raw: bytes, headers: dict[str, str], status: int, problem: str
) -> None:
    path = f"/v1/campaigns/{game.campaign()}/forks"
    before = game.items()

    refused = game.ask("POST", path, raw=raw, headers=headers)

    assert (refused.status, refused.problem) == (status, problem)
    assert game.items() == before


def test_a_fork_is_made_by_posting_and_by_somebody(game: PlayerClient) -> None:
    path = f"/v1/campaigns/{game.campaign()}/forks"

    assert game.ask("GET", path).headers["Allow"] == "POST"
    assert game.ask("POST", path, {"at_turn": 1}, player=None, headers=KEYED).status == 401


def test_dice_of_a_fork_say_whose_dice_those_before_were(game: PlayerClient) -> None:
    campaign = game.campaign()
    origin = Ancestor(campaign_id=builders.CAMPAIGN_ID, turn=7)
    game.stages.lineage = (origin,)

    shown = game.ask("GET", f"/v1/campaigns/{campaign}/dice")

    assert Dice.model_validate_json(shown.text).forked_from == origin
    assert game.ask("GET", f"/v1/campaigns/{campaign}").json["forked_from"] == origin.model_dump()
