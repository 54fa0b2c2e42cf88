"""Taking a turn over HTTP."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.gateway.domain.records import RESTART_AFTER
from services.gateway.tests.live import Live
from services.gateway.tests.player_client import PlayerClient


def test_a_turn_is_accepted_and_its_workflow_started_with_the_players_words(game: PlayerClient) -> None:
    campaign = game.campaign()

    taken = game.act(campaign, "  I sniff the crate ")

    turn = taken.json
    assert taken.status == 202
    assert taken.headers["Location"] == f"/v1/campaigns/{campaign}/turns/{turn['id']}"
    assert taken.headers["Retry-After"] == "1"
    assert "Preference-Applied" not in taken.headers
    assert turn["status"] == "accepted"
    (started,) = game.workflow.started
    assert (started.action, started.owner, started.envelope.turn_id) == ("I sniff the crate", "ada", turn["id"])


def test_a_turn_done_within_the_wait_is_answered_with_its_story(game: PlayerClient) -> None:
    campaign = game.campaign()
    game.workflow.plays = lambda turn: game.resolve(turn) is not None

    taken = game.act(campaign, wait=7)

    assert taken.status == 200
    assert taken.headers["Preference-Applied"] == "wait=7"
    assert (taken.json["status"], taken.json["number"], taken.json["narrative"]) == ("resolved", 1, "Rain.")
    assert "Retry-After" not in taken.headers


def test_a_turn_that_its_workflow_closed_is_answered_as_it_is_stored(game: PlayerClient) -> None:
    campaign = game.campaign()
    game.workflow.closes = game.resolve

    taken = game.act(campaign, wait=7, key="one")

    assert (taken.status, taken.json["status"], taken.json["narrative"]) == (200, "resolved", "Rain.")
    assert taken.text == game.turn(campaign, taken.json["id"]).text == game.act(campaign, key="one").text


def test_a_turn_that_outlasts_the_wait_goes_on_and_is_fetched(game: PlayerClient) -> None:
    campaign = game.campaign()

    taken = game.act(campaign, wait=3)

    assert (taken.status, taken.json["status"]) == (202, "running")
    game.resolve(game.workflow.started[0])
    fetched = game.turn(campaign, taken.json["id"])
    assert (fetched.status, fetched.json["status"]) == (200, "resolved")


@pytest.mark.parametrize(
    ("prefer", "waited"),
    [
        ("wait=99999", [20]),
        ("respond-async, wait=4", [4]),
        ('wait = "5"; x=1', [5]),
        ("wait=0", []),
        ("wait=-3", []),
        ("wait=soon", []),
        ("", []),
    ],
)
def test_a_preference_is_clamped_and_nonsense_is_ignored(game: PlayerClient, prefer: str, waited: list[int]) -> None:
    campaign = game.campaign()
    headers = {"content-type": "application/json", "idempotency-key": "k", "prefer": prefer}

    game.ask("POST", f"/v1/campaigns/{campaign}/turns", {"action": "I wait"}, headers=headers)

    assert game.workflow.waits == waited
    assert len(game.workflow.started) == 1


def test_the_same_key_and_body_give_the_first_turn_and_no_second_run(game: PlayerClient) -> None:
    campaign = game.campaign()

    first, second = game.act(campaign, key="k"), game.act(campaign, key="k")

    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    assert (first.status, first.json["id"]) == (second.status, second.json["id"])
    assert len(game.workflow.started) == 1
    assert len(game.items("TURN#")) == 1


def test_a_repeated_request_may_wait_for_the_turn_that_is_under_way(game: PlayerClient) -> None:
    campaign = game.campaign()
    game.act(campaign, key="k")
    (started,) = game.workflow.started
    pause = game.clock.pause
    game.clock.pause = lambda seconds: (pause(seconds), game.resolve(started))[0]  # type: ignore[method-assign]

    again = game.act(campaign, key="k", wait=5)

    assert (again.status, again.json["status"]) == (200, "resolved")
    assert len(game.workflow.started) == 1


def test_the_same_key_with_another_body_is_refused(game: PlayerClient) -> None:
    campaign = game.campaign()
    game.act(campaign, "I wait", key="k")

    other = game.act(campaign, "I run", key="k")

    assert (other.status, other.problem) == (422, "idempotency-key-reused")
    assert len(game.items("TURN#")) == 1


def test_a_key_cannot_serve_another_path(game: PlayerClient) -> None:
    first, second = game.campaign(), game.campaign()
    game.act(first, key="k")

    assert game.act(second, key="k").problem == "idempotency-key-reused"
    assert game.start(key="k").problem == "idempotency-key-reused"


def test_two_players_may_use_the_same_key(game: PlayerClient) -> None:
    ada, bob = game.campaign("ada"), game.campaign("bob")

    turns = {game.act(ada, key="k").json["id"], game.act(bob, key="k", player="bob").json["id"]}

    assert len(turns) == 2


def test_a_body_is_the_same_however_its_json_is_spelled(game: PlayerClient) -> None:
    path = f"/v1/campaigns/{game.campaign()}/turns"
    headers = {"content-type": "application/json; charset=utf-8", "idempotency-key": "k"}

    first = game.ask("POST", path, raw=b'{"action":"caf\\u00e9","expected_turn":1}', headers=headers)
    second = game.ask("POST", path, raw='{ "expected_turn": 1, "action": "café" }'.encode(), headers=headers)

    assert (first.status, second.status) == (202, 202)
    assert second.headers["Idempotency-Replayed"] == "true"


def test_a_key_that_was_forgotten_is_known_by_its_turn(game: PlayerClient) -> None:
    campaign = game.campaign()
    first = game.act(campaign, "I wait", key="forgotten")
    (key,) = game.items("KEY#forgotten")
    game.dynamodb.delete_item(TableName="gateway", Key={"pk": key["pk"], "sk": key["sk"]})

    assert game.act(campaign, "I wait", key="forgotten").json["id"] == first.json["id"]
    assert game.act(campaign, "I run", key="forgotten").problem == "idempotency-key-reused"


def test_while_a_turn_is_under_way_there_is_no_second_one(game: PlayerClient) -> None:
    campaign = game.campaign()
    first = game.act(campaign)

    second = game.act(campaign, "I run")

    assert (second.status, second.problem) == (409, "turn-in-progress")
    assert second.json["instance"] == first.headers["Location"]
    assert len(game.workflow.started) == 1


def test_after_a_turn_has_ended_the_next_may_begin(game: PlayerClient) -> None:
    campaign = game.campaign()
    game.act(campaign)
    game.resolve(game.workflow.started[0])
    game.act(campaign)
    game.fail(game.workflow.started[1])

    assert game.act(campaign).status == 202


def test_a_turn_expected_under_another_number_is_a_conflict(game: PlayerClient) -> None:
    campaign = game.campaign()

    early = game.act(campaign, expected_turn=2)
    right = game.act(campaign, expected_turn=1)

    assert (early.status, early.problem) == (409, "turn-conflict")
    assert right.status == 202


def test_a_failed_turn_does_not_use_up_a_number(game: PlayerClient) -> None:
    campaign = game.campaign()
    game.act(campaign, expected_turn=1)
    game.fail(game.workflow.started[0])

    assert game.act(campaign, expected_turn=1).status == 202


def test_a_story_that_has_ended_takes_no_turn(game: PlayerClient) -> None:
    campaign = game.campaign()
    game.act(campaign)
    game.resolve(game.workflow.started[0], status="ended")

    over = game.act(campaign)

    assert (over.status, over.problem) == (409, "campaign-over")


def test_a_workflow_that_does_not_start_leaves_the_turn_accepted(game: PlayerClient) -> None:
    campaign = game.campaign()
    game.workflow.down = True

    taken = game.act(campaign, key="k", wait=5)

    assert (taken.status, taken.json["status"]) == (202, "accepted")
    assert game.notices
    game.workflow.down = False
    again = game.act(campaign, key="k")
    assert (again.status, again.json["id"]) == (202, taken.json["id"])
    assert [turn.envelope.turn_id for turn in game.workflow.started] == [taken.json["id"]]


def test_a_turn_whose_start_was_lost_in_a_crash_is_started_by_a_repetition(game: PlayerClient) -> None:
    campaign = game.campaign()

    def crash(turn: object) -> None:
        raise KeyboardInterrupt

    game.workflow.start, start = crash, game.workflow.start  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        game.act(campaign, key="k")
    game.workflow.start = start  # type: ignore[method-assign]

    game.act(campaign, key="k")
    assert not game.workflow.started, "it may still be starting elsewhere"
    game.clock.time += RESTART_AFTER + timedelta(seconds=1)
    game.act(campaign, key="k")
    assert len(game.workflow.started) == 1


def test_a_turn_is_shown_to_its_player_only(game: PlayerClient) -> None:
    campaign = game.campaign()
    turn = game.act(campaign).json["id"]

    assert game.turn(campaign, turn).json["status"] == "running"
    assert game.turn(campaign, turn, player="eve").problem == "not-found"
    assert game.turn(game.campaign("eve"), turn, player="eve").problem == "not-found"


def test_showing_a_turn_honours_the_wait(game: PlayerClient) -> None:
    campaign = game.campaign()
    turn = game.act(campaign).json["id"]
    before = game.clock.time

    shown = game.turn(campaign, turn, headers={"prefer": "wait=2"})

    assert game.clock.time - before == timedelta(seconds=2)
    assert (shown.status, shown.json["status"], shown.headers["Retry-After"]) == (200, "running", "1")
    assert shown.headers["Preference-Applied"] == "wait=2"


def test_turns_are_listed_newest_first_page_by_page(game: PlayerClient) -> None:
    campaign = game.campaign()
    for number in range(1, 4):
        game.act(campaign, f"act {number}")
        game.resolve(game.workflow.started[-1], number)
    path = f"/v1/campaigns/{campaign}/turns"

    first = game.ask("GET", f"{path}?limit=2").json
    second = game.ask("GET", f"{path}?limit=2&before={first['next_before']}").json

    assert [turn["action"] for turn in first["items"]] == ["act 3", "act 2"]
    assert [turn["action"] for turn in second["items"]] == ["act 1"]
    assert second["next_before"] is None


@pytest.mark.parametrize("query", ["limit=0", "limit=51", "limit=x", "limit=٣", "before=t_x", "before=t_" + "z" * 26])
def test_a_page_that_cannot_be_is_refused(game: PlayerClient, query: str) -> None:
    answer = game.ask("GET", f"/v1/campaigns/{game.campaign()}/turns?{query}")

    assert (answer.status, answer.problem) == (400, "invalid-query")


@pytest.mark.parametrize(("wait", "listens", "quiet"), [(20, False, True), (20, True, False), (19, False, False)])
def test_a_turn_is_quiet_when_its_client_waits_for_its_end_and_nobody_listens(
    game: PlayerClient, wait: int, listens: bool, quiet: bool
) -> None:
    live, campaign = Live(game), game.campaign()
    if listens:
        live.subscribe(live.connect("tab"), campaign)
    game.workflow.down = True

    game.act(campaign, wait=wait, key="one")
    game.workflow.down = False
    game.clock.pause(RESTART_AFTER.total_seconds())
    game.act(campaign, key="one")

    (turn,) = game.workflow.started
    assert turn.envelope.quiet is quiet
