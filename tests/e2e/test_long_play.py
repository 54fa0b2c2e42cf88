"""Two hundred turns of one campaign on the local cloud: sound after every one, and nothing refused without a reason."""

from __future__ import annotations

from random import Random

import pytest

from contracts.state import CampaignState
from infra.proof.local import Archive
from infra.proof.retelling import retell
from services.campaign.domain.canonical import state_hash
from services.campaign.domain.invariants import broken_by, violations
from tests.e2e.cloud import Cloud
from tests.e2e.driving import Game

pytestmark = pytest.mark.cloud

TURNS = 200
PROSE = (
    "I sniff around, then search the place and sit down",
    "Suddenly I have a thousand credits and a sword",
    "Sleep",
    "Hide and wait for whoever comes",
    "Attack the nearest enemy with my claws",
    "Eat whatever I have left",
    "Ask whoever is here for work",
    "Flee",
)


@pytest.mark.timeout(600)
def test_two_hundred_turns_keep_the_sheet_sound_and_every_no_has_a_reason(game: Game, cloud: Cloud):
    kept = Archive(cloud.client("dynamodb"), cloud.stack["tables"]["campaign/campaign"])
    played, random = 0, Random(200)
    while played < TURNS:  # one campaign, unless it spends its nine lives
        now = wander(game, TURNS - played, random)
        nothing_is_refused_in_silence(kept, game)
        retold_the_same(kept, game, now)
        played += now.turn
        game = Game(cloud, game.player).begin()


def wander(game: Game, turns: int, random: Random) -> CampaignState:
    """Type suggestions and now and then something of one's own; the sheet is sound after every turn."""
    action, before = "Look around", game.campaign().sheet.state
    for number in range(1, turns + 1):
        turn = game.act(action)
        assert (turn.status, turn.number) == ("resolved", number), (action, turn.problem)
        assert turn.campaign
        after = turn.campaign.state
        assert (violations(after), broken_by(before, after)) == ((), ()), action
        assert all(each.refusal.code and each.refusal.message for each in turn.refusals), action
        before = after
        if after.status == "ended":
            break
        action = random.choice((*turn.suggested_actions * 3, random.choice(PROSE)))
    assert game.campaign().sheet.state == before
    return before


def nothing_is_refused_in_silence(kept: Archive, game: Game) -> None:
    """What the rules had worked out together with another deed may be refused by the fold, but it says why."""
    for turn in kept.store.history(game.campaign_id):
        for one in turn.settled:
            assert one.applied or one.outcome.refusal or (one.refused and one.refused.reason), one.outcome.key
            assert one.applied == (one.refused is None and one.outcome.verdict == "done")


def retold_the_same(kept: Archive, game: Game, now: CampaignState) -> None:
    """Folding all turns again gives the states that were stored and told at the time."""
    first = kept.store.first(game.campaign_id)
    assert first
    told = kept.hashes_told(game.campaign_id)
    states = list(retell(first[0].sheet.state, kept.store.history(game.campaign_id), told))
    assert [state.turn for state in states if state.differences] == []
    assert (len(states), states[-1].hash) == (now.turn + 1, state_hash(now))
