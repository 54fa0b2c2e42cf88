"""A player is erased: asked for once, refused from then on, gone on with by whoever comes, and looked at by its id."""

from __future__ import annotations

import json
from typing import Any

import pytest

from contracts.gateway import PlayTurn
from services.gateway.adapters.connections import DynamoConnections
from services.gateway.adapters.erasures import read_waking
from services.gateway.adapters.player_items import DynamoPlayerItems
from services.gateway.application.erasing.working import RESERVE, Worker
from services.gateway.domain.accounts import begin_account
from services.gateway.domain.erasures import STEPS, Visit
from services.gateway.domain.sockets import TicketHolder
from services.gateway.tests.live import Live
from services.gateway.tests.player_client import JSON, SETTLES, TABLE, TURN_ENDS, Answered, PlayerClient
from services.gateway.tests.test_accounts import MAIL, Guest
from services.gateway.tests.test_reports import report


def go_on(game: PlayerClient, erasure: str, seconds: float = 600) -> None:
    """One run of the worker. The clock goes on while it waits."""
    Worker(game.erasing_dependencies, lambda: seconds).go_on(erasure)


def begin_to(game: PlayerClient, erasure: str) -> None:
    """A run that comes as far as waiting, and has no time to wait."""
    go_on(game, erasure, RESERVE)


def wakes(game: PlayerClient) -> int:
    """The number of times that a worker was woken."""
    return len(game.items("wake"))


def look(game: PlayerClient, erasure: str) -> Any:
    return game.ask("GET", f"/v1/erasures/{erasure}", player=None).json


def begin(game: PlayerClient, player: str = "ada") -> str:
    return str(game.erase(player).json["erasure_id"])


@pytest.mark.parametrize("body", [None, {}, {"confirm": None}, {"confirm": "yes"}, {"confirm": "ERASE"}], ids=str)
def test_without_its_word_nothing_is_erased_and_the_problem_says_what_to_send(game: PlayerClient, body: Any) -> None:
    before = game.items()

    refused = game.ask("DELETE", "/v1/account", body, headers=JSON, username="ada-in-the-pool")

    assert (refused.status, refused.problem) == (422, "not-confirmed")
    assert '{"confirm": "erase"}' in refused.json["detail"]
    assert game.items() == before


def test_an_erasure_is_begun_once_however_often_it_is_asked_for(game: PlayerClient) -> None:
    game.campaign()
    first, second = game.erase(), game.erase()

    assert (first.status, second.status) == (202, 202)
    assert first.json == second.json == look(game, first.json["erasure_id"])
    assert (first.json["state"], first.json["steps_done"], first.json["steps"]) == ("running", 0, len(STEPS))
    go_on(game, first.json["erasure_id"])
    third = game.erase()
    assert (third.status, third.json["state"], third.json["steps_done"]) == (200, "done", len(STEPS))
    assert third.json["erasure_id"] == first.json["erasure_id"]


def test_an_erasure_that_nobody_began_is_not_found(game: PlayerClient) -> None:
    assert game.ask("GET", f"/v1/erasures/e_{'a' * 32}", player=None).problem == "not-found"


def test_whoever_is_being_erased_is_refused_everywhere_else(game: PlayerClient) -> None:
    campaign = game.campaign()
    turn = game.act(campaign, key="k").json["id"]
    key = {"Idempotency-Key": game.new_key(), **JSON}
    account = {"email": "ada@example.org", "password": "Nine-lives-9"}  # pragma: allowlist secret
    erasure = begin(game)

    def ask_all() -> list[Answered]:
        return [
            game.start(),
            game.fork(campaign, 0),
            game.ask("GET", "/v1/campaigns"),
            game.ask("GET", "/v1/leaderboard"),
            game.ask("POST", "/v1/tickets"),
            game.ask("POST", "/v1/account/export", username="ada-in-the-pool"),
            game.ask("GET", f"/v1/account/export/x_{'a' * 26}"),
            game.ask("POST", "/v1/account", account, headers=JSON, username="ada-in-the-pool"),
            game.ask("POST", "/v1/account/verification-codes", username="ada-in-the-pool"),
        ]

    assert {answer.problem for answer in ask_all()} == {"being-erased"}
    begin_to(game, erasure)
    of_the_campaign = [
        game.act(campaign),
        game.act(campaign, key="k"),
        game.turn(campaign, turn),
        game.ask("GET", f"/v1/campaigns/{campaign}"),
        game.ask("GET", f"/v1/campaigns/{campaign}/turns"),
        game.ask("GET", f"/v1/campaigns/{campaign}/events"),
        game.ask("POST", f"/v1/campaigns/{campaign}/turns/{turn}/reports", {"reason": "wrong"}, headers=key),
    ]
    assert {(answer.status, answer.problem) for answer in [*ask_all(), *of_the_campaign]} == {(403, "being-erased")}


def told_to(game: PlayerClient, player: str) -> Any:
    """A turn of this player whose story was told."""
    turn = game.act(game.campaign(player), "I whisper a secret", player=player).json
    game.resolve(game.workflow.started[-1])
    return turn


def test_all_that_is_left_of_a_player_are_facts_and_how_many_they_are(game: PlayerClient) -> None:
    live, guest = Live(game), Guest(game)
    guest.upgrade()
    turn = told_to(game, guest.id)
    assert report(game, turn, player=guest.id).status == 201
    live.connect("line", guest.id, "session")
    live.subscribe("line", turn["campaign_id"])
    game.fork(turn["campaign_id"], 0, player=guest.id)
    facts = game.items("event")

    go_on(game, game.erase(guest.id, guest.name).json["erasure_id"])

    left = [item for item in game.items() if item not in facts]
    kinds = sorted((item["pk"]["S"].partition("#")[0], item["sk"]["S"].partition("#")[0]) for item in left)
    gate, noted = ("CAMPAIGN", "META"), ("ERASURE", "CAMPAIGN")
    known = [("ERASURE", "META"), ("ERASURE", "WAKE"), ("PLAYER", "ERASURE")]
    assert kinds == [gate, gate, noted, noted, *known, ("SESSION", "ENDED")]
    assert all("expires_at" in item for item in left if not item["pk"]["S"].startswith("CAMPAIGN#"))
    assert [item["status"]["S"] for item in game.items("META") if "status" in item] == ["erased", "erased"]
    assert guest.name not in json.dumps(left)
    assert (guest.name in game.cognito.users, game.closed) == (False, ["line"])
    assert game.items("event") == facts


def test_an_email_that_others_named_too_still_signs_them_in(game: PlayerClient) -> None:
    ada, eve = Guest(game), Guest(game)
    ada.upgrade(password="Nine-lives-1-ada")  # pragma: allowlist secret
    eve.upgrade(password="Nine-lives-1-eve")  # pragma: allowlist secret

    go_on(game, game.erase(ada.id, ada.name).json["erasure_id"])

    bodies = [{"email": MAIL, "password": f"Nine-lives-1-{name}"} for name in ("ada", "eve")]
    assert [game.ask("POST", "/v1/sessions", body, headers=JSON).status for body in bodies] == [401, 200]


def test_other_players_keep_all_that_is_theirs(game: PlayerClient) -> None:
    theirs, mine = told_to(game, "mallory"), told_to(game, "ada")
    kept = [item for item in game.items() if "mallory" in json.dumps(item) or theirs["campaign_id"] in item["pk"]["S"]]

    go_on(game, begin(game))

    assert len(kept) > 3
    assert all(item in game.items() for item in kept)
    assert game.turn(theirs["campaign_id"], theirs["id"], player="mallory").status == 200
    assert game.turn(mine["campaign_id"], mine["id"]).status == 403


def running(game: PlayerClient) -> PlayTurn:
    game.act(game.campaign())
    return game.workflow.started[-1]


@pytest.mark.parametrize("end", ["resolve", "fail", "deadline"])
def test_a_turn_that_runs_while_it_is_erased_comes_to_nothing_and_troubles_nobody(game: PlayerClient, end: str) -> None:
    turn = running(game)
    begin_to(game, begin(game))
    before = game.items()

    getattr(game, end)(turn)

    assert (game.items(), game.failed.sent) == (before, [])


def test_all_is_looked_at_again_when_no_request_from_before_can_be_under_way(game: PlayerClient) -> None:
    erasure, began = begin(game), game.clock.now()

    go_on(game, erasure)

    assert game.clock.now() - began == SETTLES
    assert look(game, erasure)["state"] == "done"


def test_the_chronicle_is_emptied_when_nothing_that_was_heard_before_is_still_being_filed(game: PlayerClient) -> None:
    game.campaign()

    go_on(game, begin(game))

    assert [asked.about for asked in game.stages.chronicles] == [(), ("alley",)]


def test_a_running_turn_is_waited_for_until_its_deadline(game: PlayerClient) -> None:
    running(game)
    erasure, began = begin(game), game.clock.now()

    go_on(game, erasure)

    assert game.clock.now() - began == TURN_ENDS


def test_what_a_request_from_before_wrote_late_is_erased_with_the_second_look(game: PlayerClient) -> None:
    erasure = begin(game)
    begin_to(game, erasure)
    game.cognito.add_known("ada-in-the-pool", "ada")
    late = game.account_dependencies
    late.register.begin(begin_account("ada", "a-digest", game.clock.now()), "ada-in-the-pool", None)

    go_on(game, erasure)

    assert not [item for item in game.items() if item["pk"]["S"].startswith("EMAIL#")]
    assert "ada-in-the-pool" not in game.cognito.users


def test_an_account_that_was_begun_between_two_steps_leaves_no_email(
    game: PlayerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    delete = DynamoPlayerItems.delete_player
    begun = begin_account("ada", "a-digest", game.clock.now())

    def begun_meanwhile(items: DynamoPlayerItems, player: str, visit: Visit) -> None:
        game.account_dependencies.register.begin(begun, "ada-in-the-pool", None)
        monkeypatch.undo()
        delete(items, player, visit)

    monkeypatch.setattr(DynamoPlayerItems, "delete_player", begun_meanwhile)
    go_on(game, begin(game))

    assert not [item for item in game.items() if item["pk"]["S"].startswith("EMAIL#")]
    assert not [item for item in game.items() if item["sk"]["S"] == "ACCOUNT"]


def test_what_wakes_the_worker_is_written_with_what_began(game: PlayerClient) -> None:
    game.erase()

    images = [{"dynamodb": {"NewImage": item}} for item in game.items()]
    assert read_waking({"Records": [*images, {"dynamodb": {"Keys": {}}}]}) == [begin(game)]


def test_asking_again_wakes_a_worker_until_all_is_done(game: PlayerClient) -> None:
    erasure = begin(game)
    begin(game)
    assert wakes(game) == 2

    go_on(game, erasure)
    begin(game)

    assert wakes(game) == 2


def test_who_is_being_erased_opens_no_connection_however_late_it_is_written(game: PlayerClient) -> None:
    begin(game)

    assert DynamoConnections(game.dynamodb, TABLE).open("late", TicketHolder("ada"), game.clock.now()) == []
    assert not [item for item in game.items() if item["pk"]["S"] == "SOCKET#late"]


def test_an_erasure_that_never_began_changes_nothing(game: PlayerClient) -> None:
    game.campaign()
    before = game.items()

    go_on(game, f"e_{'a' * 32}")

    assert game.items() == before


def test_a_run_that_has_no_time_left_leaves_the_rest_to_the_next(game: PlayerClient) -> None:
    game.campaign()
    erasure = begin(game)

    go_on(game, erasure, RESERVE - 1)

    assert (wakes(game), look(game, erasure)["steps_done"]) == (2, 1)
    begin_to(game, erasure)
    assert (look(game, erasure)["campaigns"], look(game, erasure)["campaigns_done"]) == (1, 1)
    assert wakes(game) == 3
