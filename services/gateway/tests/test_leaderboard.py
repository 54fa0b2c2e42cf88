"""The leaderboard: anybody who plays may look, and sees a name only where it is their own."""

from __future__ import annotations

import pytest

from contracts.errors import Transient
from contracts.playerapi import Leaderboard
from services.gateway.tests import builders
from services.gateway.tests.player_client import PlayerClient


def test_the_board_is_that_of_the_world_played_here_as_the_caller_may_see_it(game: PlayerClient) -> None:
    answered = game.ask("GET", "/v1/leaderboard", player="ada")

    assert answered.status == 200
    board = Leaderboard.model_validate(answered.json)
    assert (board.world, board.items) == (builders.WORLD.manifest.id, builders.standings("ada").items)
    [asked] = game.stages.boards
    assert (asked.viewer, asked.world, asked.limit) == ("ada", builders.WORLD.manifest.id, 20)


def test_a_player_says_how_many_to_show(game: PlayerClient) -> None:
    game.ask("GET", "/v1/leaderboard?limit=3")

    assert game.stages.boards[0].limit == 3


@pytest.mark.parametrize("limit", ["0", "101", "many"])
def test_a_board_of_no_or_of_too_many_lines_is_refused(game: PlayerClient, limit: str) -> None:
    assert game.ask("GET", f"/v1/leaderboard?limit={limit}").status == 400
    assert game.stages.boards == []


def test_the_board_is_for_players(game: PlayerClient) -> None:
    assert game.ask("GET", "/v1/leaderboard", player=None).status == 401


def test_a_board_that_cannot_be_had_now_raises_for_the_handler(game: PlayerClient) -> None:
    game.stages.breaks = Transient("busy")

    with pytest.raises(Transient):
        game.ask("GET", "/v1/leaderboard")
