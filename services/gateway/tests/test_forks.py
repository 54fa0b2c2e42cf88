"""Forks over HTTP: a campaign of its own, once per key, and never somebody else's past."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.envelope import Ancestor
from contracts.errors import CampaignMissing, Transient
from contracts.playerapi import Campaign, Dice
from services.gateway.adapters.turn_repository import DynamoTurnRepository
from services.gateway.tests import builders
from services.gateway.tests.player_client import JSON, Door

KEYED = {**JSON, "Idempotency-Key": "k"}


def test_a_fork_is_a_campaign_of_its_own_that_says_where_its_past_is_told(door: Door) -> None:
    parent = door.campaign()

    forked = door.fork(parent, at_turn=7)

    campaign = Campaign.model_validate_json(forked.text)
    assert (forked.status, forked.headers["Location"]) == (201, f"/v1/campaigns/{campaign.id}")
    assert forked.headers["ETag"] == '"v8"'
    assert (campaign.turn, campaign.forked_from) == (7, Ancestor(campaign_id=parent, turn=7))
    assert campaign.id != parent
    (order,) = door.stages.forks.values()
    assert (order.owner, order.origin.campaign_id, order.envelope.campaign_id) == ("ada", parent, campaign.id)


def test_a_fork_is_played_from_the_turn_after_the_one_it_was_forked_at(door: Door) -> None:
    fork = str(door.fork(door.campaign(), at_turn=7).json["id"])

    refused = door.act(fork, expected_turn=1)
    turn = door.act(fork, expected_turn=8)

    assert (refused.problem, refused.json["detail"]) == ("turn-conflict", "You expected turn 1; the next is 8.")
    assert (turn.status, turn.json["status"]) == (202, "accepted")


def test_a_turn_of_the_parent_in_progress_holds_up_neither_the_fork_nor_its_turns(door: Door) -> None:
    parent = door.campaign()
    door.act(parent)

    fork = door.fork(parent)

    assert (fork.status, fork.json["active_turn"]) == (201, None)
    assert door.act(fork.json["id"]).status == 202
    assert door.act(parent).problem == "turn-in-progress"


def test_forking_twice_with_one_key_is_one_fork(door: Door) -> None:
    parent = door.campaign()

    first, second = door.fork(parent, key="k"), door.fork(parent, key="k")

    assert (second.status, second.text) == (201, first.text)
    assert second.headers["Idempotency-Replayed"] == "true"
    assert second.headers["Location"] == first.headers["Location"]
    assert len(door.stages.forks) == 1


def test_a_repeated_fork_gives_the_original_answer_even_after_both_stories_moved_on(door: Door) -> None:
    parent = door.campaign()
    first = door.fork(parent, key="k")
    door.stages.last_turn = 3
    door.act(first.json["id"])

    assert door.fork(parent, key="k").text == first.text


def test_another_turn_under_the_same_key_is_refused(door: Door) -> None:
    parent = door.campaign()
    door.fork(parent, at_turn=7, key="k")

    assert door.fork(parent, at_turn=6, key="k").problem == "idempotency-key-reused"


def test_another_parent_under_the_same_key_is_refused(door: Door) -> None:
    door.fork(door.campaign(), key="k")

    assert door.fork(door.campaign(), key="k").problem == "idempotency-key-reused"


def test_a_key_that_started_a_campaign_or_a_turn_forks_nothing(door: Door) -> None:
    parent = str(door.start(key="of-a-campaign").json["id"])
    door.act(parent, key="of-a-turn")

    refused = [door.fork(parent, key=key) for key in ("of-a-campaign", "of-a-turn")]

    assert [(each.status, each.problem) for each in refused] == [(422, "idempotency-key-reused")] * 2
    assert not door.stages.forks


def test_a_key_that_made_a_fork_starts_neither_a_campaign_nor_a_turn(door: Door) -> None:
    parent = door.campaign()
    door.fork(parent, key="k")

    assert door.start(key="k").problem == "idempotency-key-reused"
    assert door.act(parent, key="k").problem == "idempotency-key-reused"


def test_a_crash_between_the_fork_and_its_registration_is_repaired_by_repeating(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = door.campaign()
    with monkeypatch.context() as patched:
        patched.setattr(DynamoTurnRepository, "register", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            door.fork(parent, key="k")

    assert door.fork(parent, at_turn=6, key="k").problem == "idempotency-key-reused"
    again = door.fork(parent, key="k")

    assert (again.status, len(door.stages.forks)) == (201, 1)
    assert door.act(again.json["id"]).status == 202


def test_a_turn_that_nothing_can_follow_is_refused_with_the_campaigns_own_words(door: Door) -> None:
    parent = door.campaign()
    before = door.items()

    refused = door.fork(parent, at_turn=17)

    assert (refused.status, refused.problem) == (422, "cannot-fork")
    assert refused.json["detail"] == "Turn 17 is not played yet. Fork at any turn from 0 to 16."
    assert refused.json["errors"][0]["pointer"] == "#/at_turn"
    assert door.items() == before


def test_somebody_elses_campaign_cannot_be_forked_and_looks_like_none(door: Door) -> None:
    parent = door.campaign("ada")
    before = door.items()

    theirs, none = door.fork(parent, player="eve"), door.fork(builders.CAMPAIGN_ID, player="eve")

    assert (theirs.status, theirs.problem, theirs.text) == (404, "not-found", none.text)
    assert door.items() == before
    assert not door.stages.forks


def test_a_campaign_that_is_gone_from_its_service_is_not_found(door: Door) -> None:
    parent = door.campaign()
    door.stages.breaks = CampaignMissing(parent)

    assert door.fork(parent).problem == "not-found"


def test_a_service_that_hiccups_is_not_the_players_fault(door: Door) -> None:
    parent = door.campaign()
    door.stages.breaks = Transient("busy")

    with pytest.raises(Transient):
        door.fork(parent)


@pytest.mark.parametrize("at_turn", [-1, 1.5, "7", None, True, 1_000_000])
def test_a_turn_that_cannot_be_is_no_valid_body(door: Door, at_turn: Any) -> None:
    refused = door.fork(door.campaign(), at_turn=at_turn)

    assert (refused.status, refused.problem) == (422, "invalid-body")
    assert refused.json["errors"][0]["pointer"] == "#/at_turn"
    assert not door.stages.forks


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
    door: Door, raw: bytes, headers: dict[str, str], status: int, problem: str
) -> None:
    path = f"/v1/campaigns/{door.campaign()}/forks"
    before = door.items()

    refused = door.ask("POST", path, raw=raw, headers=headers)

    assert (refused.status, refused.problem) == (status, problem)
    assert door.items() == before


def test_a_fork_is_made_by_posting_and_by_somebody(door: Door) -> None:
    path = f"/v1/campaigns/{door.campaign()}/forks"

    assert door.ask("GET", path).headers["Allow"] == "POST"
    assert door.ask("POST", path, {"at_turn": 1}, player=None, headers=KEYED).status == 401


def test_dice_of_a_fork_say_whose_dice_those_before_were(door: Door) -> None:
    campaign = door.campaign()
    origin = Ancestor(campaign_id=builders.CAMPAIGN_ID, turn=7)
    door.stages.lineage = (origin,)

    shown = door.ask("GET", f"/v1/campaigns/{campaign}/dice")

    assert Dice.model_validate_json(shown.text).forked_from == origin
    assert door.ask("GET", f"/v1/campaigns/{campaign}").json["forked_from"] == origin.model_dump()
