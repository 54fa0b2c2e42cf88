"""Taking a turn over HTTP."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.gateway.domain.records import RESTART_AFTER
from services.gateway.tests.live import Live
from services.gateway.tests.player_client import Door


def test_a_turn_is_accepted_and_its_workflow_started_with_the_players_words(door: Door) -> None:
    campaign = door.campaign()

    taken = door.act(campaign, "  I sniff the crate ")

    turn = taken.json
    assert taken.status == 202
    assert taken.headers["Location"] == f"/v1/campaigns/{campaign}/turns/{turn['id']}"
    assert taken.headers["Retry-After"] == "1"
    assert "Preference-Applied" not in taken.headers
    assert turn["status"] == "accepted"
    (started,) = door.workflow.started
    assert (started.action, started.owner, started.envelope.turn_id) == ("I sniff the crate", "ada", turn["id"])


def test_a_turn_done_within_the_wait_is_answered_with_its_story(door: Door) -> None:
    campaign = door.campaign()
    door.workflow.plays = lambda turn: door.resolve(turn) is not None

    taken = door.act(campaign, wait=7)

    assert taken.status == 200
    assert taken.headers["Preference-Applied"] == "wait=7"
    assert (taken.json["status"], taken.json["number"], taken.json["narrative"]) == ("resolved", 1, "Rain.")
    assert "Retry-After" not in taken.headers


def test_a_turn_that_its_workflow_closed_is_answered_as_it_is_stored(door: Door) -> None:
    campaign = door.campaign()
    door.workflow.closes = door.resolve

    taken = door.act(campaign, wait=7, key="one")

    assert (taken.status, taken.json["status"], taken.json["narrative"]) == (200, "resolved", "Rain.")
    assert taken.text == door.turn(campaign, taken.json["id"]).text == door.act(campaign, key="one").text


def test_a_turn_that_outlasts_the_wait_goes_on_and_is_fetched(door: Door) -> None:
    campaign = door.campaign()

    taken = door.act(campaign, wait=3)

    assert (taken.status, taken.json["status"]) == (202, "running")
    door.resolve(door.workflow.started[0])
    fetched = door.turn(campaign, taken.json["id"])
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
def test_a_preference_is_clamped_and_nonsense_is_ignored(door: Door, prefer: str, waited: list[int]) -> None:
    campaign = door.campaign()
    headers = {"content-type": "application/json", "idempotency-key": "k", "prefer": prefer}

    door.ask("POST", f"/v1/campaigns/{campaign}/turns", {"action": "I wait"}, headers=headers)

    assert door.workflow.waits == waited
    assert len(door.workflow.started) == 1


def test_the_same_key_and_body_give_the_first_turn_and_no_second_run(door: Door) -> None:
    campaign = door.campaign()

    first, second = door.act(campaign, key="k"), door.act(campaign, key="k")

    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    assert (first.status, first.json["id"]) == (second.status, second.json["id"])
    assert len(door.workflow.started) == 1
    assert len(door.items("TURN#")) == 1


def test_a_repeated_request_may_wait_for_the_turn_that_is_under_way(door: Door) -> None:
    campaign = door.campaign()
    door.act(campaign, key="k")
    (started,) = door.workflow.started
    pause = door.clock.pause
    door.clock.pause = lambda seconds: (pause(seconds), door.resolve(started))[0]  # type: ignore[method-assign]

    again = door.act(campaign, key="k", wait=5)

    assert (again.status, again.json["status"]) == (200, "resolved")
    assert len(door.workflow.started) == 1


def test_the_same_key_with_another_body_is_refused(door: Door) -> None:
    campaign = door.campaign()
    door.act(campaign, "I wait", key="k")

    other = door.act(campaign, "I run", key="k")

    assert (other.status, other.problem) == (422, "idempotency-key-reused")
    assert len(door.items("TURN#")) == 1


def test_a_key_cannot_serve_another_path(door: Door) -> None:
    first, second = door.campaign(), door.campaign()
    door.act(first, key="k")

    assert door.act(second, key="k").problem == "idempotency-key-reused"
    assert door.start(key="k").problem == "idempotency-key-reused"


def test_two_players_may_use_the_same_key(door: Door) -> None:
    ada, bob = door.campaign("ada"), door.campaign("bob")

    turns = {door.act(ada, key="k").json["id"], door.act(bob, key="k", player="bob").json["id"]}

    assert len(turns) == 2


def test_a_body_is_the_same_however_its_json_is_spelled(door: Door) -> None:
    path = f"/v1/campaigns/{door.campaign()}/turns"
    headers = {"content-type": "application/json; charset=utf-8", "idempotency-key": "k"}

    first = door.ask("POST", path, raw=b'{"action":"caf\\u00e9","expected_turn":1}', headers=headers)
    second = door.ask("POST", path, raw='{ "expected_turn": 1, "action": "café" }'.encode(), headers=headers)

    assert (first.status, second.status) == (202, 202)
    assert second.headers["Idempotency-Replayed"] == "true"


def test_a_key_that_was_forgotten_is_known_by_its_turn(door: Door) -> None:
    campaign = door.campaign()
    first = door.act(campaign, "I wait", key="forgotten")
    (key,) = door.items("KEY#forgotten")
    door.dynamodb.delete_item(TableName="gateway", Key={"pk": key["pk"], "sk": key["sk"]})

    assert door.act(campaign, "I wait", key="forgotten").json["id"] == first.json["id"]
    assert door.act(campaign, "I run", key="forgotten").problem == "idempotency-key-reused"


def test_while_a_turn_is_under_way_there_is_no_second_one(door: Door) -> None:
    campaign = door.campaign()
    first = door.act(campaign)

    second = door.act(campaign, "I run")

    assert (second.status, second.problem) == (409, "turn-in-progress")
    assert second.json["instance"] == first.headers["Location"]
    assert len(door.workflow.started) == 1


def test_after_a_turn_has_ended_the_next_may_begin(door: Door) -> None:
    campaign = door.campaign()
    door.act(campaign)
    door.resolve(door.workflow.started[0])
    door.act(campaign)
    door.fail(door.workflow.started[1])

    assert door.act(campaign).status == 202


def test_a_turn_expected_under_another_number_is_a_conflict(door: Door) -> None:
    campaign = door.campaign()

    early = door.act(campaign, expected_turn=2)
    right = door.act(campaign, expected_turn=1)

    assert (early.status, early.problem) == (409, "turn-conflict")
    assert right.status == 202


def test_a_failed_turn_does_not_use_up_a_number(door: Door) -> None:
    campaign = door.campaign()
    door.act(campaign, expected_turn=1)
    door.fail(door.workflow.started[0])

    assert door.act(campaign, expected_turn=1).status == 202


def test_a_story_that_has_ended_takes_no_turn(door: Door) -> None:
    campaign = door.campaign()
    door.act(campaign)
    door.resolve(door.workflow.started[0], status="ended")

    over = door.act(campaign)

    assert (over.status, over.problem) == (409, "campaign-over")


def test_a_workflow_that_does_not_start_leaves_the_turn_accepted(door: Door) -> None:
    campaign = door.campaign()
    door.workflow.down = True

    taken = door.act(campaign, key="k", wait=5)

    assert (taken.status, taken.json["status"]) == (202, "accepted")
    assert door.notices
    door.workflow.down = False
    again = door.act(campaign, key="k")
    assert (again.status, again.json["id"]) == (202, taken.json["id"])
    assert [turn.envelope.turn_id for turn in door.workflow.started] == [taken.json["id"]]


def test_a_turn_whose_start_was_lost_in_a_crash_is_started_by_a_repetition(door: Door) -> None:
    campaign = door.campaign()

    def crash(turn: object) -> None:
        raise KeyboardInterrupt

    door.workflow.start, start = crash, door.workflow.start  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        door.act(campaign, key="k")
    door.workflow.start = start  # type: ignore[method-assign]

    door.act(campaign, key="k")
    assert not door.workflow.started, "it may still be starting elsewhere"
    door.clock.time += RESTART_AFTER + timedelta(seconds=1)
    door.act(campaign, key="k")
    assert len(door.workflow.started) == 1


def test_a_turn_is_shown_to_its_player_only(door: Door) -> None:
    campaign = door.campaign()
    turn = door.act(campaign).json["id"]

    assert door.turn(campaign, turn).json["status"] == "running"
    assert door.turn(campaign, turn, player="eve").problem == "not-found"
    assert door.turn(door.campaign("eve"), turn, player="eve").problem == "not-found"


def test_showing_a_turn_honours_the_wait(door: Door) -> None:
    campaign = door.campaign()
    turn = door.act(campaign).json["id"]
    before = door.clock.time

    shown = door.turn(campaign, turn, headers={"prefer": "wait=2"})

    assert door.clock.time - before == timedelta(seconds=2)
    assert (shown.status, shown.json["status"], shown.headers["Retry-After"]) == (200, "running", "1")
    assert shown.headers["Preference-Applied"] == "wait=2"


def test_turns_are_listed_newest_first_page_by_page(door: Door) -> None:
    campaign = door.campaign()
    for number in range(1, 4):
        door.act(campaign, f"act {number}")
        door.resolve(door.workflow.started[-1], number)
    path = f"/v1/campaigns/{campaign}/turns"

    first = door.ask("GET", f"{path}?limit=2").json
    second = door.ask("GET", f"{path}?limit=2&before={first['next_before']}").json

    assert [turn["action"] for turn in first["items"]] == ["act 3", "act 2"]
    assert [turn["action"] for turn in second["items"]] == ["act 1"]
    assert second["next_before"] is None


@pytest.mark.parametrize("query", ["limit=0", "limit=51", "limit=x", "limit=٣", "before=t_x", "before=t_" + "z" * 26])
def test_a_page_that_cannot_be_is_refused(door: Door, query: str) -> None:
    answer = door.ask("GET", f"/v1/campaigns/{door.campaign()}/turns?{query}")

    assert (answer.status, answer.problem) == (400, "invalid-query")


@pytest.mark.parametrize(("wait", "listens", "quiet"), [(20, False, True), (20, True, False), (19, False, False)])
def test_a_turn_is_quiet_when_its_client_waits_for_its_end_and_nobody_listens(
    door: Door, wait: int, listens: bool, quiet: bool
) -> None:
    live, campaign = Live(door), door.campaign()
    if listens:
        live.subscribe(live.connect("tab"), campaign)
    door.workflow.down = True

    door.act(campaign, wait=wait, key="one")
    door.workflow.down = False
    door.clock.pause(RESTART_AFTER.total_seconds())
    door.act(campaign, key="one")

    (turn,) = door.workflow.started
    assert turn.envelope.quiet is quiet
