"""Nobody sees or moves what is somebody else's, on any route."""

from __future__ import annotations

import pytest

from services.gateway.http.exchange import HttpRequest
from services.gateway.tests.every_route import Case, every_route
from services.gateway.tests.live import Live
from services.gateway.tests.player_client import JSON, Answered, PlayerClient

THE_CALLERS_OWN = {
    "GET /v1/leaderboard",
    "GET /v1/campaigns",
    "POST /v1/campaigns",
    "POST /v1/tickets",
    "POST /v1/account",
    "DELETE /v1/account",
    "POST /v1/account/export",
    "GET /v1/account/export/x_aaaaaaaaaaaaaaaaaaaaaaaaaa",
    "POST /v1/account/verification",
    "POST /v1/account/verification-codes",
}
"""Routes that need a player and name nothing: they are about the caller, which tests of their own show."""


@pytest.fixture
def routes(game: PlayerClient) -> list[Case]:
    """Every route, about a campaign of ada's in which a turn is in progress."""
    campaign = game.campaign("ada")
    return list(every_route(campaign, game.act(campaign, player="ada").json["id"]))


def ask(game: PlayerClient, case: Case, player: str | None) -> Answered:
    headers = {**JSON, "Idempotency-Key": game.new_key()}
    return game.ask(case.method, case.path, case.body, player=player, headers=headers)


def test_every_route_is_public_about_the_caller_or_about_a_campaign(routes: list[Case]) -> None:
    others = {str(case) for case in routes if not case.public and not case.of_a_campaign}

    assert others == THE_CALLERS_OWN


def test_whatever_is_another_players_is_not_found_and_does_not_change(game: PlayerClient, routes: list[Case]) -> None:
    before, turns = game.items(), len(game.workflow.started)
    theirs = [case for case in routes if case.of_a_campaign]

    for case in theirs:
        answer = ask(game, case, "eve")
        assert (answer.status, answer.problem) == (404, "not-found"), case
        assert "ada" not in answer.text

    assert len(theirs) >= 7
    assert game.items() == before
    assert len(game.workflow.started) == turns


def test_what_is_not_found_looks_the_same_whether_it_exists_or_not(game: PlayerClient, routes: list[Case]) -> None:
    nowhere = every_route("c_" + "a" * 26, "t_" + "a" * 26)

    for theirs, none in zip(routes, nowhere, strict=True):
        if theirs.of_a_campaign:
            assert ask(game, theirs, "eve") == ask(game, none, "eve"), theirs


def test_without_a_token_only_public_routes_answer(game: PlayerClient, routes: list[Case]) -> None:
    before = game.items()

    for case in routes:
        if not case.public:
            answer = ask(game, case, None)
            assert (answer.status, answer.problem) == (401, "unauthenticated"), case

    assert game.items() == before


def test_lists_are_asked_for_in_the_callers_name_only(game: PlayerClient) -> None:
    game.ask("GET", "/v1/campaigns?owner=ada", player="eve")
    game.ask("GET", "/v1/leaderboard?viewer=ada", player="eve")

    assert [each.owner for each in game.stages.listings] == ["eve"]
    assert [each.viewer for each in game.stages.boards] == ["eve"]


def test_a_token_of_ours_is_what_makes_a_player_not_what_a_request_claims(game: PlayerClient) -> None:
    claims = {"x-player": "ada", "authorization": "Bearer ada", "cookie": "player=ada"}

    answer = game.serve(HttpRequest("GET", "/v1/campaigns", headers=claims))

    assert answer.status == 401


def test_a_story_that_is_being_told_is_told_to_its_player_only(game: PlayerClient, routes: list[Case]) -> None:
    live, turn = Live(game), game.workflow.started[-1]
    live.subscribe(live.connect("adas"), turn.envelope.campaign_id)
    live.subscribe(live.connect("eves", "eve"), turn.envelope.campaign_id)

    live.tell(turn, "Rain. You land on the roof.")
    live.subscribe("eves", turn.envelope.campaign_id, after_sequence=0)

    assert live.narrations("adas") == ["Rain. You land on the roof."]
    assert [said["type"] for said in live.lines.said["eves"]] == ["problem", "problem"]
    for case in routes:
        if case.of_a_campaign and case.method == "GET":
            assert ("Rain." in ask(game, case, "ada").text) == (case.path.endswith(("/turns", turn.envelope.turn))), (
                case
            )
            assert "Rain." not in ask(game, case, "eve").text, case
