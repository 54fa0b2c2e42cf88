"""The main story, typed from its first line on, with the understudy as master: by legal play, in the open; soaking, to
an ending."""

from __future__ import annotations

from functools import partial

import pytest

from contracts.playerapi import Dice, Turn
from ninelives.ops.proof.pages import fetch_pages
from ninelives.ops.proof.verification import verify
from tests.e2e.strategist import Strategist
from tests.support.cloud import Cloud
from tests.support.driving import Game
from tests.support.size import SOAKING, pick_size
from tests.support.waiting import until

pytestmark = [pytest.mark.cloud, pytest.mark.slow]

MOST_TURNS = pick_size(40, soaking=400)
"""In process it is played to its end each time: `tests/rules/test_understudy_story.py`."""
NINE_LIVES_SPENT = "nine-lives-spent"


def played_to_the_end(game: Game) -> list[Turn]:
    """The turns that a strategist types until the story is over."""
    player, sheet, suggested = Strategist(), game.campaign().sheet, ()
    turns: list[Turn] = []
    while sheet.state.status == "active" and len(turns) < MOST_TURNS:
        turn = game.act(player.next_action(sheet, suggested))
        assert turn.status == "resolved" and turn.campaign, turn.problem
        sheet, suggested = turn.campaign, turn.suggested_actions
        turns.append(turn)
    return turns


def dice_after(game: Game, turn: int) -> Dice:
    answer = game.http.get(f"{game.path}/dice", params={"after_turn": turn})
    return Dice.model_validate(answer.raise_for_status().json())


@pytest.mark.timeout(600)
def test_the_understudy_leads_a_player_who_only_types_through_the_main_story(game: Game, cloud: Cloud) -> None:
    turns = played_to_the_end(game)

    assert {turn.told_by for turn in turns} == {"understudy"}
    assert {turn.report.resolution for turn in turns if turn.report} == {"clean"}
    assert any(quest.status == "completed" for quest in game.campaign().sheet.state.quests)
    pages = fetch_pages(partial(dice_after, game))
    verdict = verify(pages)
    assert (verdict.mismatches, verdict.turns) == ((), len(turns))
    assert verdict.rolls == sum(len(turn.rolls) for turn in turns)
    if SOAKING:
        assert verdict.verified == verdict.rolls
        assert_ended(game, cloud, len(turns), pages[0].seed)


def assert_ended(game: Game, cloud: Cloud, turns: int, seed: str | None) -> None:
    """The story came to an ending of its own, takes no more turns, and says so in the record."""
    campaign = game.campaign()
    last = campaign.sheet.state.quests[-1]
    assert (campaign.status, campaign.sheet.state.status) == ("ended", "ended"), campaign.sheet.state.quests
    assert campaign.sheet.state.ending not in (None, NINE_LIVES_SPENT)
    assert (last.status, last.arc) == ("completed", campaign.sheet.state.quests[0].arc)
    refused = game.post("Look around")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/campaign-over")
    told = until(lambda: find_ending(cloud, game), why="the end in the audit record")
    assert told == {"ending": campaign.sheet.state.ending, "turn": turns, "seed": seed}


def find_ending(cloud: Cloud, game: Game) -> dict[str, object] | None:
    """The data of the event of the story's end, once it was delivered."""
    facts = [fact for fact in cloud.read_record(game.campaign_id) if fact["detail-type"] == "CampaignEnded.v1"]
    data = facts[0]["detail"]["data"] if facts else {}
    return {name: data[name] for name in ("ending", "turn", "seed")} if facts else None
