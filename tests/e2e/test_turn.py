"""A player's action comes back as a told, rolled, persisted turn, exactly once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from tests.support.cloud import Cloud
from tests.support.driving import Game
from tests.support.waiting import together, until

pytestmark = pytest.mark.cloud

ONE_ROUND = (
    "OpenTurn",
    "RetrieveLore",
    "InvokeDungeonMaster",
    "ExecuteTool",
    "SettleEffects",
    "RefreshLore",
    "PlayWorld",
    "SettleWorld",  # the ways out of a new place are drawn on the map
    "InvokeDungeonMaster",
    "PersistCampaign",
)


def test_a_turn_is_told_rolled_and_persisted(game: Game):
    turn = game.act("I look around")

    assert turn.status == "resolved"
    assert turn.number == 1
    assert turn.narrative
    assert turn.told_by == "understudy"
    assert 1 <= len(turn.suggested_actions) <= 4
    campaign = game.campaign()
    assert campaign.turn == 1
    assert campaign.sheet == turn.campaign
    assert campaign.active_turn is None


def test_ten_turns_follow_one_another_and_the_campaign_remembers_each(game: Game):
    action = "I look around"
    for number in range(1, 11):
        turn = game.act(action)
        assert (turn.status, turn.number) == ("resolved", number), turn.problem
        action = turn.suggested_actions[number % len(turn.suggested_actions)]

    assert game.campaign().turn == 10


def test_the_trace_names_every_stage_with_attempts_and_milliseconds(game: Game):
    trace = game.act("I go to the Cardboard Market").trace

    assert tuple(stage.stage for stage in trace) == ONE_ROUND
    assert all(stage.attempts == 1 and stage.milliseconds >= 0 for stage in trace)


def test_a_double_click_is_one_turn(game: Game):
    key = str(uuid4())

    answers = together(lambda _: game.post("I wash my whiskers", key), times=2)

    assert {answer.status_code for answer in answers} <= {200, 202}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert game.await_end(answers[0].json()["id"]).number == 1
    assert game.campaign().turn == 1


def test_a_campaign_that_is_begun_twice_at_once_is_one(cloud: Cloud):
    player, key = Game(cloud, f"player-{uuid4().hex[:12]}"), str(uuid4())
    body = {"character": {"name": "Pixel", "class_id": player.http.get("world").json()["classes"][0]["id"]}}

    begun = together(lambda _: player.http.post("campaigns", json=body, headers={"idempotency-key": key}), times=2)

    assert [each.status_code for each in begun] == [201, 201]
    assert len({each.json()["id"] for each in begun}) == 1


def test_a_repeated_request_gets_the_original_answer_and_says_so(game: Game):
    key = str(uuid4())
    first = game.act("I look around", key)

    again = game.post("I look around", key)

    assert again.status_code == 200
    assert again.headers["idempotency-replayed"] == "true"
    assert again.json() == game.http.get(f"{game.path}/turns/{first.id}").json()
    assert game.campaign().turn == 1


def test_the_same_key_with_another_body_is_refused(game: Game):
    key = str(uuid4())
    game.act("I look around", key)

    answer = game.post("I do something else", key)

    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["type"].endswith("idempotency-key-reused")
    assert game.campaign().turn == 1


def test_of_two_different_turns_at_once_one_is_played_and_one_is_turned_away(game: Game):
    actions = ("I look around", "I wash my whiskers")

    answers = together(lambda n: game.post(actions[n]), times=2)

    codes = sorted(answer.status_code for answer in answers)
    assert codes in ([200, 409], [202, 409])
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert refused.json()["type"].endswith("turn-in-progress")
    until(lambda: game.campaign().turn == 1)


def test_a_turn_the_client_does_not_wait_for_is_fetched_when_it_is_done(game: Game):
    answer = game.post("I look around", wait=0)

    assert answer.status_code == 202
    assert answer.headers["retry-after"]
    turn_url = answer.headers["location"]
    assert turn_url.endswith(f"/turns/{answer.json()['id']}")
    assert game.await_end(answer.json()["id"]).status == "resolved"


def test_an_expected_turn_that_is_not_next_is_a_conflict(game: Game):
    game.act("I look around")

    answer = game.post("I look around", expected_turn=1)

    assert (answer.status_code, game.campaign().turn) == (409, 1)
    assert answer.json()["type"].endswith("turn-conflict")


def test_an_unchanged_campaign_need_not_be_sent_again(game: Game):
    first = game.http.get(game.path)

    assert game.http.get(game.path, headers={"if-none-match": first.headers["etag"]}).status_code == 304
    game.act("I look around")
    assert game.http.get(game.path, headers={"if-none-match": first.headers["etag"]}).status_code == 200


def test_a_player_finds_the_campaign_in_the_list_of_campaigns(game: Game):
    game.act("I look around")

    [item] = until(
        lambda: [i for i in game.http.get("campaigns").json()["items"] if i["turn"] == 1], why="the projection"
    )
    assert item["campaign_id"] == game.campaign_id
    assert item["name"] == "Pixel"


def test_players_do_not_see_one_another(game: Game, cloud: Cloud):
    stranger = Game(cloud, f"player-{uuid4().hex[:12]}", game.campaign_id)
    turn = game.act("I look around")

    answers = [
        stranger.http.get(game.path),
        stranger.http.get(f"{game.path}/turns/{turn.id}"),
        stranger.http.get(f"{game.path}/turns"),
        stranger.post("I take it all"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert stranger.http.get("campaigns").json()["items"] == []
    assert game.campaign().turn == 1


def test_without_a_token_only_health_and_the_world_answer(game: Game):
    game.http.headers.pop("authorization")

    assert game.http.get("health").status_code == 200
    assert game.http.get("world").status_code == 200
    for path in ("campaigns", game.path, f"{game.path}/turns"):
        assert game.http.get(path).status_code == 401


def test_eight_campaigns_play_at_once_without_touching_one_another(cloud: Cloud):
    games = [Game(cloud, "host").begin(name=f"Cat {n}") for n in range(8)]

    with ThreadPoolExecutor(8) as pool:
        turns = list(pool.map(lambda game: game.act("I look around"), games))

    assert [turn.status for turn in turns] == ["resolved"] * 8
    assert {turn.campaign_id for turn in turns} == {game.campaign_id for game in games}
    assert [game.campaign().turn for game in games] == [1] * 8
