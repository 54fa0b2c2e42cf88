"""Campaigns over HTTP."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from contracts.errors import CampaignMissing, InvalidRequest, Transient
from contracts.playerapi import Campaign, Dice, Turn, World
from services.gateway.adapters.turn_repository import DynamoTurnRepository
from services.gateway.tests.player_client import PlayerClient


def test_a_campaign_is_started_with_what_its_class_starts_with(game: PlayerClient) -> None:
    started = game.start(name="Ash")

    campaign = Campaign.model_validate_json(started.text)
    assert started.status == 201
    assert started.headers["Location"] == f"/v1/campaigns/{campaign.id}"
    assert started.headers["ETag"] == '"v1"'
    (order,) = game.stages.campaigns.values()
    assert (order.owner, order.name, order.cat.id) == ("ada", "Ash", "prowler")
    assert [item.id for item in order.items] == ["lamp", "lamp"]


def test_a_campaign_opens_before_its_first_turn_and_says_what_could_be_done(game: PlayerClient) -> None:
    started = Campaign.model_validate_json(game.start(key="k").text)
    later = game.ask("GET", f"/v1/campaigns/{started.id}")

    assert (started.opening, started.suggested_actions) == ("You wake in the rain.", ("Look up",))
    assert Campaign.model_validate_json(later.text).opening == started.opening


def test_what_could_be_done_first_is_not_suggested_once_a_turn_is_played(game: PlayerClient) -> None:
    started = Campaign.model_validate_json(game.start(key="k").text)
    game.stages.version = 3

    later = Campaign.model_validate_json(game.ask("GET", f"/v1/campaigns/{started.id}").text)

    assert (later.opening, later.suggested_actions) == ("You wake in the rain.", ())


def test_starting_twice_with_one_key_is_one_campaign(game: PlayerClient) -> None:
    first, second = game.start(key="k"), game.start(key="k")

    assert (second.status, second.text) == (201, first.text)
    assert second.headers["Idempotency-Replayed"] == "true"
    assert second.headers["Location"] == first.headers["Location"]
    assert len(game.stages.campaigns) == 1


def test_a_repeated_start_gives_the_original_answer_even_after_the_story_moved_on(game: PlayerClient) -> None:
    first = game.start(key="k")
    game.stages.version = 17

    assert game.start(key="k").text == first.text


def test_a_start_is_repeated_after_its_key_has_expired_and_finds_the_campaign_that_it_made(game: PlayerClient) -> None:
    first = game.start(key="k")
    game.dynamodb.delete_item(TableName="gateway", Key={"pk": {"S": "PLAYER#ada"}, "sk": {"S": "KEY#k"}})

    again = game.start(key="k")

    assert (again.status, again.json["id"], again.headers["Idempotency-Replayed"]) == (201, first.json["id"], "true")
    assert len(game.items("META")) == 1


def test_another_character_under_the_same_key_is_refused(game: PlayerClient) -> None:
    game.start(key="k", name="Ash")

    other = game.start(key="k", name="Soot")

    assert (other.status, other.problem) == (422, "idempotency-key-reused")


def test_a_crash_between_the_campaign_and_its_registration_is_repaired_by_repeating(
    game: PlayerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: Any) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(DynamoTurnRepository, "register", crash)
        with pytest.raises(KeyboardInterrupt):
            game.start(key="k")

    again = game.start(key="k")

    assert again.status == 201
    assert len(game.stages.campaigns) == 1
    assert game.ask("GET", again.headers["Location"]).status == 200


def test_a_crash_and_then_another_character_under_the_same_key_is_refused(
    game: PlayerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(DynamoTurnRepository, "register", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            game.start(key="k", name="Ash")

    assert game.start(key="k", name="Soot").problem == "idempotency-key-reused"


def test_an_unknown_class_is_refused_with_those_there_are(game: PlayerClient) -> None:
    refused = game.start(class_id="dog")

    assert (refused.status, refused.problem) == (422, "unknown-class")
    assert refused.json["errors"][0]["pointer"] == "#/character/class_id"
    assert "prowler" in refused.json["detail"]
    assert not game.items()


def test_a_campaign_is_shown_with_its_version_and_the_turn_under_way(game: PlayerClient) -> None:
    campaign = game.campaign()
    game.stages.version = 17
    turn = game.act(campaign).json["id"]

    shown = game.ask("GET", f"/v1/campaigns/{campaign}")

    assert (shown.status, shown.headers["ETag"]) == (200, '"v17"')
    assert (shown.json["version"], shown.json["turn"], shown.json["active_turn"]) == (17, 16, turn)


@pytest.mark.parametrize("known", ['"v17"', 'W/"v17"', '"v3", "v17"', "*"])
def test_a_client_that_has_the_version_is_told_nothing_new(game: PlayerClient, known: str) -> None:
    campaign = game.campaign()
    game.stages.version = 17

    shown = game.ask("GET", f"/v1/campaigns/{campaign}", headers={"If-None-Match": known})

    assert (shown.status, shown.text, shown.headers["ETag"]) == (304, "", '"v17"')
    assert "Content-Type" not in shown.headers


def test_a_client_with_an_older_version_gets_the_new_one(game: PlayerClient) -> None:
    campaign = game.campaign()

    assert game.ask("GET", f"/v1/campaigns/{campaign}", headers={"if-none-match": '"v0"'}).status == 200


@pytest.mark.parametrize(
    ("method", "rest"),
    [("GET", ""), ("GET", "/dice"), ("GET", "/turns"), ("POST", "/turns"), ("GET", "/turns/t_" + "a" * 26)],
)
def test_somebody_elses_campaign_looks_like_none(game: PlayerClient, method: str, rest: str) -> None:
    campaign = game.campaign("ada")
    before = game.items()
    headers = {"content-type": "application/json", "idempotency-key": "k"}
    body = {"action": "I wait"} if method == "POST" else None

    theirs = game.ask(method, f"/v1/campaigns/{campaign}{rest}", body, player="eve", headers=headers)
    none = game.ask(method, f"/v1/campaigns/c_{'a' * 26}{rest}", body, player="eve", headers=headers)

    assert (theirs.status, theirs.problem, theirs.text) == (404, "not-found", none.text)
    assert game.items() == before


def test_the_list_is_asked_for_the_caller_only(game: PlayerClient) -> None:
    page = game.ask("GET", "/v1/campaigns?limit=7&cursor=abc")

    assert page.json == {"items": [], "next_cursor": "more"}
    (asked,) = game.stages.listings
    assert (asked.owner, asked.limit, asked.cursor) == ("ada", 7, "abc")


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=-1", "limit=1.5", "limit=", "cursor=" + "x" * 513])
def test_a_list_that_cannot_be_is_refused(game: PlayerClient, query: str) -> None:
    assert game.ask("GET", f"/v1/campaigns?{query}").problem == "invalid-query"
    assert not game.stages.listings


def test_a_cursor_that_is_not_ours_is_refused(game: PlayerClient) -> None:
    game.stages.breaks = InvalidRequest("cursor")

    refused = game.ask("GET", "/v1/campaigns?cursor=abc")

    assert (refused.status, refused.problem) == (400, "invalid-query")


def test_the_dice_of_a_campaign_are_shown_page_by_page(game: PlayerClient) -> None:
    campaign = game.campaign()

    shown = game.ask("GET", f"/v1/campaigns/{campaign}/dice?after_turn=7&limit=3")

    dice = Dice.model_validate_json(shown.text)
    assert (shown.status, shown.headers["Cache-Control"]) == (200, "no-store")
    assert (dice.campaign_id, dice.seed, dice.next_after) == (campaign, None, 8)
    assert [(turn.number, turn.rolls[0].total) for turn in dice.turns] == [(8, 20)]
    assert "owner" not in shown.json
    (asked,) = game.stages.dice
    assert (asked.envelope.campaign_id, asked.after_turn, asked.limit) == (campaign, 7, 3)


def test_dice_are_shown_from_the_first_turn_when_nothing_else_is_asked(game: PlayerClient) -> None:
    game.ask("GET", f"/v1/campaigns/{game.campaign()}/dice")

    (asked,) = game.stages.dice
    assert (asked.after_turn, asked.limit) == (0, 50)


@pytest.mark.parametrize(
    "query",
    ["after_turn=-1", "after_turn=", "after_turn=x", "after_turn=1000000", "after_turn=1.0", "limit=0", "limit=101"],
)
def test_a_page_of_dice_that_cannot_be_is_refused(game: PlayerClient, query: str) -> None:
    refused = game.ask("GET", f"/v1/campaigns/{game.campaign()}/dice?{query}")

    assert (refused.status, refused.problem) == (400, "invalid-query")
    assert not game.stages.dice


def test_nobody_elses_dice_are_asked_for(game: PlayerClient) -> None:
    campaign = game.campaign("ada")

    assert game.ask("GET", f"/v1/campaigns/{campaign}/dice", player="eve").problem == "not-found"
    assert game.ask("GET", f"/v1/campaigns/{campaign}/dice", player=None).status == 401
    assert not game.stages.dice


def test_dice_of_a_campaign_that_is_gone_are_not_found(game: PlayerClient) -> None:
    campaign = game.campaign()
    game.stages.breaks = CampaignMissing(campaign)

    assert game.ask("GET", f"/v1/campaigns/{campaign}/dice").problem == "not-found"


def test_a_service_that_hiccups_is_not_the_players_fault(game: PlayerClient) -> None:
    campaign = game.campaign()
    game.stages.breaks = Transient("busy")

    with pytest.raises(Transient):
        game.ask("GET", f"/v1/campaigns/{campaign}")


def test_the_world_may_be_read_by_anybody(game: PlayerClient) -> None:
    shown = game.ask("GET", "/v1/world", player=None)

    world = World.model_validate_json(shown.text)
    assert (world.name, [each.id for each in world.classes]) == ("Nekopolis", ["prowler"])
    assert shown.headers["Cache-Control"].startswith("public")


def test_whoever_asks_is_told_that_a_machine_tells_the_stories(game: PlayerClient) -> None:
    disclosed = World.model_validate_json(game.ask("GET", "/v1/world", player=None).text).disclosure

    assert disclosed is not None
    assert "written by an AI" in disclosed.text
    tellers = get_args(get_args(Turn.model_fields["told_by"].annotation)[0])
    assert disclosed.source_types.keys() == set(tellers) == {"model", "understudy"}


def test_health_needs_nobody(game: PlayerClient) -> None:
    assert game.ask("GET", "/v1/health", player=None).json == {"status": "ok"}
