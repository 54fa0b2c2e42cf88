"""An engineer asks a campaign that the whole system has played: why, what then, and what if."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from ninelives.cli.campaign import campaign_app
from ninelives.cli.what_if import what_if
from tests.support.driving import Game

pytestmark = pytest.mark.cloud

app = typer.Typer()
app.add_typer(campaign_app, name="campaign")
app.command(name="what-if")(what_if)


def ninelives(*arguments: object) -> str:
    done = CliRunner().invoke(app, [str(each) for each in arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_what_a_campaign_has_come_to_can_be_explained_shown_and_told_again(game: Game):
    path = ("I talk to Ferrule", "I go to the Cardboard Market", "I go to sprinkler alley")
    turns = [game.act(action) for action in (*path, "I attack the first dust bunny", "I attack the second dust bunny")]

    why = ninelives("campaign", "why", game.campaign_id, "place")
    assert turns[2].id in why and f"campaign/{game.campaign_id}/4" in why

    before, last = (turns[index].campaign for index in (1, -1))
    assert before is not None and last is not None
    shown = ninelives("campaign", "show", game.campaign_id, "--at", 2, "--json")
    assert json.loads(shown) == before.state.model_dump(mode="json")
    assert ninelives("campaign", "why", game.campaign_id, "hp").startswith(f"hp is {last.state.character.hp}")

    told = json.loads(ninelives("what-if", game.campaign_id, "--dm", "understudy", "--json"))
    assert len(told["turns"]) == len(turns)
    assert [turn["differences"] for turn in told["turns"]] == [[]] * len(turns)
    assert [turn["would_be"]["narrative"] for turn in told["turns"]] == [turn.narrative for turn in turns]
