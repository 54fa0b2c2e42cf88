"""A player is erased: asked for once, refused from then on, gone on with by whoever comes, and looked at by its id."""

from __future__ import annotations

import json
from typing import Any

import pytest

from contracts.gateway import PlayTurn
from services.gateway.adapters.erasures import read_waking
from services.gateway.adapters.player_items import DynamoPlayerItems
from services.gateway.application.erasing.working import RESERVE, Worker
from services.gateway.domain.accounts import begin_account
from services.gateway.domain.erasures import STEPS
from services.gateway.tests.live import Live
from services.gateway.tests.player_client import JSON, SETTLES, TURN_ENDS, Answered, Door
from services.gateway.tests.test_accounts import MAIL, Guest
from services.gateway.tests.test_reports import report


def go_on(door: Door, erasure: str, seconds: float = 600) -> None:
    """One run of the worker. The clock goes on while it waits."""
    Worker(door.erasing_dependencies, lambda: seconds).go_on(erasure)


def begin_to(door: Door, erasure: str) -> None:
    """A run that comes as far as waiting, and has no time to wait."""
    go_on(door, erasure, RESERVE)


def wakes(door: Door) -> int:
    """How often a worker was woken."""
    return len(door.items("wake"))


def look(door: Door, erasure: str) -> Any:
    return door.ask("GET", f"/v1/erasures/{erasure}", player=None).json


def begin(door: Door, player: str = "ada") -> str:
    return str(door.erase(player).json["erasure_id"])


@pytest.mark.parametrize("body", [None, {}, {"confirm": None}, {"confirm": "yes"}, {"confirm": "ERASE"}], ids=str)
def test_without_its_word_nothing_is_erased_and_the_problem_says_what_to_send(door: Door, body: Any) -> None:
    before = door.items()

    refused = door.ask("DELETE", "/v1/account", body, headers=JSON, username="ada-in-the-pool")

    assert (refused.status, refused.problem) == (422, "not-confirmed")
    assert '{"confirm": "erase"}' in refused.json["detail"]
    assert door.items() == before


def test_an_erasure_is_begun_once_however_often_it_is_asked_for(door: Door) -> None:
    door.campaign()
    first, second = door.erase(), door.erase()

    assert (first.status, second.status) == (202, 202)
    assert first.json == second.json == look(door, first.json["erasure_id"])
    assert (first.json["state"], first.json["steps_done"], first.json["steps"]) == ("running", 0, len(STEPS))
    go_on(door, first.json["erasure_id"])
    third = door.erase()
    assert (third.status, third.json["state"], third.json["steps_done"]) == (200, "done", len(STEPS))
    assert third.json["erasure_id"] == first.json["erasure_id"]


def test_an_erasure_that_nobody_began_is_not_found(door: Door) -> None:
    assert door.ask("GET", f"/v1/erasures/e_{'a' * 32}", player=None).problem == "not-found"


def test_whoever_is_being_erased_is_refused_everywhere_else(door: Door) -> None:
    campaign = door.campaign()
    turn = door.act(campaign, key="k").json["id"]
    key = {"Idempotency-Key": door.new_key(), **JSON}
    account = {"email": "ada@example.org", "password": "Nine-lives-9"}  # pragma: allowlist secret
    erasure = begin(door)

    def asked() -> list[Answered]:
        return [
            door.start(),
            door.fork(campaign, 0),
            door.ask("GET", "/v1/campaigns"),
            door.ask("GET", "/v1/leaderboard"),
            door.ask("POST", "/v1/tickets"),
            door.ask("POST", "/v1/account/export", username="ada-in-the-pool"),
            door.ask("GET", f"/v1/account/export/x_{'a' * 26}"),
            door.ask("POST", "/v1/account", account, headers=JSON, username="ada-in-the-pool"),
            door.ask("POST", "/v1/account/verification-codes", username="ada-in-the-pool"),
        ]

    assert {answer.problem for answer in asked()} == {"being-erased"}
    begin_to(door, erasure)
    of_the_campaign = [
        door.act(campaign),
        door.act(campaign, key="k"),
        door.turn(campaign, turn),
        door.ask("GET", f"/v1/campaigns/{campaign}"),
        door.ask("GET", f"/v1/campaigns/{campaign}/turns"),
        door.ask("GET", f"/v1/campaigns/{campaign}/events"),
        door.ask("POST", f"/v1/campaigns/{campaign}/turns/{turn}/reports", {"reason": "wrong"}, headers=key),
    ]
    assert {(answer.status, answer.problem) for answer in [*asked(), *of_the_campaign]} == {(403, "being-erased")}


def told_to(door: Door, player: str) -> Any:
    """A turn of this player whose story was told."""
    turn = door.act(door.campaign(player), "I whisper a secret", player=player).json
    door.resolve(door.workflow.started[-1])
    return turn


def test_all_that_is_left_of_a_player_are_facts_and_how_many_they_are(door: Door) -> None:
    live, guest = Live(door), Guest(door)
    guest.upgrade()
    turn = told_to(door, guest.id)
    assert report(door, turn, player=guest.id).status == 201
    live.connect("line", guest.id, "session")
    live.subscribe("line", turn["campaign_id"])
    door.fork(turn["campaign_id"], 0, player=guest.id)
    facts = door.items("event")

    go_on(door, door.erase(guest.id, guest.name).json["erasure_id"])

    left = [item for item in door.items() if item not in facts]
    kinds = sorted((item["pk"]["S"].partition("#")[0], item["sk"]["S"].partition("#")[0]) for item in left)
    gate, noted = ("CAMPAIGN", "META"), ("ERASURE", "CAMPAIGN")
    known = [("ERASURE", "META"), ("ERASURE", "WAKE"), ("PLAYER", "ERASURE")]
    assert kinds == [gate, gate, noted, noted, *known, ("SESSION", "ENDED")]
    assert all("expires_at" in item for item in left if not item["pk"]["S"].startswith("CAMPAIGN#"))
    assert [item["status"]["S"] for item in door.items("META") if "status" in item] == ["erased", "erased"]
    assert guest.name not in json.dumps(left)
    assert (guest.name in door.cognito.users, door.closed) == (False, ["line"])
    assert door.items("event") == facts


def test_an_email_that_others_named_too_still_signs_them_in(door: Door) -> None:
    ada, eve = Guest(door), Guest(door)
    ada.upgrade(password="Nine-lives-1-ada")  # pragma: allowlist secret
    eve.upgrade(password="Nine-lives-1-eve")  # pragma: allowlist secret

    go_on(door, door.erase(ada.id, ada.name).json["erasure_id"])

    bodies = [{"email": MAIL, "password": f"Nine-lives-1-{name}"} for name in ("ada", "eve")]
    assert [door.ask("POST", "/v1/sessions", body, headers=JSON).status for body in bodies] == [401, 200]


def test_other_players_keep_all_that_is_theirs(door: Door) -> None:
    theirs, mine = told_to(door, "mallory"), told_to(door, "ada")
    kept = [item for item in door.items() if "mallory" in json.dumps(item) or theirs["campaign_id"] in item["pk"]["S"]]

    go_on(door, begin(door))

    assert len(kept) > 3
    assert all(item in door.items() for item in kept)
    assert door.turn(theirs["campaign_id"], theirs["id"], player="mallory").status == 200
    assert door.turn(mine["campaign_id"], mine["id"]).status == 403


def running(door: Door) -> PlayTurn:
    door.act(door.campaign())
    return door.workflow.started[-1]


@pytest.mark.parametrize("end", ["resolve", "fail", "deadline"])
def test_a_turn_that_runs_while_it_is_erased_comes_to_nothing_and_troubles_nobody(door: Door, end: str) -> None:
    turn = running(door)
    begin_to(door, begin(door))
    before = door.items()

    getattr(door, end)(turn)

    assert (door.items(), door.failed.sent) == (before, [])


def test_all_is_looked_at_again_when_no_request_from_before_can_be_under_way(door: Door) -> None:
    erasure, began = begin(door), door.clock.now()

    go_on(door, erasure)

    assert door.clock.now() - began == SETTLES
    assert look(door, erasure)["state"] == "done"


def test_a_running_turn_is_waited_for_until_its_deadline(door: Door) -> None:
    running(door)
    erasure, began = begin(door), door.clock.now()

    go_on(door, erasure)

    assert door.clock.now() - began == TURN_ENDS


def test_what_a_request_from_before_wrote_late_is_erased_with_the_second_look(door: Door) -> None:
    erasure = begin(door)
    begin_to(door, erasure)
    door.cognito.known("ada-in-the-pool", "ada")
    late = door.account_dependencies
    late.register.begin(begin_account("ada", "a-digest", door.clock.now()), "ada-in-the-pool", None)

    go_on(door, erasure)

    assert not [item for item in door.items() if item["pk"]["S"].startswith("EMAIL#")]
    assert "ada-in-the-pool" not in door.cognito.users


def test_an_account_that_was_begun_between_two_steps_leaves_no_email(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    delete = DynamoPlayerItems.delete_player
    begun = begin_account("ada", "a-digest", door.clock.now())

    def begun_meanwhile(items: DynamoPlayerItems, player: str) -> None:
        door.account_dependencies.register.begin(begun, "ada-in-the-pool", None)
        monkeypatch.undo()
        delete(items, player)

    monkeypatch.setattr(DynamoPlayerItems, "delete_player", begun_meanwhile)
    go_on(door, begin(door))

    assert not [item for item in door.items() if item["pk"]["S"].startswith("EMAIL#")]
    assert not [item for item in door.items() if item["sk"]["S"] == "ACCOUNT"]


def test_what_wakes_the_worker_is_written_with_what_began(door: Door) -> None:
    door.erase()

    images = [{"dynamodb": {"NewImage": item}} for item in door.items()]
    assert read_waking({"Records": [*images, {"dynamodb": {"Keys": {}}}]}) == [begin(door)]


def test_asking_again_wakes_a_worker_until_all_is_done(door: Door) -> None:
    erasure = begin(door)
    begin(door)
    assert wakes(door) == 2

    go_on(door, erasure)
    begin(door)

    assert wakes(door) == 2


def test_an_erasure_that_never_began_changes_nothing(door: Door) -> None:
    door.campaign()
    before = door.items()

    go_on(door, f"e_{'a' * 32}")

    assert door.items() == before


def test_a_run_that_has_no_time_left_leaves_the_rest_to_the_next(door: Door) -> None:
    door.campaign()
    erasure = begin(door)

    go_on(door, erasure, RESERVE - 1)

    assert (wakes(door), look(door, erasure)["steps_done"]) == (2, 1)
    begin_to(door, erasure)
    assert (look(door, erasure)["campaigns"], look(door, erasure)["campaigns_done"]) == (1, 1)
    assert wakes(door) == 3
