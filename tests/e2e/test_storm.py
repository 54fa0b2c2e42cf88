"""Many turns in a storm: the sheet is sound after each, and every fact is everywhere, once, and unchanged."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

from ninelives.cli.app import app
from ninelives.ops.proof.archive import Archive
from ninelives.ops.proof.clients import wrong_in
from ninelives.ops.proof.retelling import retell
from services.campaign.domain.invariants import broken_by, violations
from services.campaign.domain.state_hash import state_hash
from tests.e2e.storm import CONSUMERS, Damage, storm
from tests.ops.replay.sums import figures, sums
from tests.support.cloud import Cloud
from tests.support.driving import Game
from tests.support.size import pick_size
from tests.support.waiting import until

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(pick_size(900, soaking=3600)), pytest.mark.slow]

AT_ONCE = 5
SHARES = pick_size((16, *[6] * 4), soaking=(200, *[16] * 19))
"""Turns by campaign: a long one, and others beside it."""
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


def ninelives(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, done.output


class Weathered:
    """The games that were played in the storm, and the damage that it did."""

    def __init__(self, cloud: Cloud) -> None:
        self.games: list[Game] = []
        self.began = datetime.now(UTC)
        self.kept = Archive(cloud.client("dynamodb"), cloud.stack["tables"]["campaign/campaign"])
        self.damage: Damage
        with storm(cloud, self._streams, Random(500)) as self.damage, ThreadPoolExecutor(AT_ONCE) as players:
            self.turns = sum(players.map(lambda number: self._play(cloud, number), range(len(SHARES))))

    def _streams(self) -> list[str]:
        return [f"{kind}/{game.campaign_id}" for game in self.games for kind in ("campaign", "turns")]

    def _play(self, cloud: Cloud, number: int) -> int:
        """Play a campaign's share; when its cat is out of lives, go on with another."""
        random, played = Random(number), 0
        while played < SHARES[number]:
            game = Game(cloud, f"storm-{number}").begin()
            self.games.append(game)
            played += wander(game, SHARES[number] - played, random)
        return played


def wander(game: Game, turns: int, random: Random) -> int:
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
    return before.turn


@pytest.fixture(scope="module")
def weathered(cloud: Cloud) -> Weathered:
    """All is played, the storm is over, what lay in dead letters was put back, and nothing is left to consume."""
    played = Weathered(cloud)
    letters = [f"{queue}-dead-letters" for queue in CONSUMERS]
    until(lambda: not any(cloud.count_queued(queue) for queue in CONSUMERS), within=120, why="empty queues")
    while any(cloud.count_queued(queue) for queue in letters):
        status, printed = ninelives("dlq", "redrive", "--all")
        assert status == 0, printed
        until(lambda: not any(cloud.count_queued(queue) for queue in CONSUMERS), within=120, why="empty queues")
    return played


def test_the_storm_was_one(weathered: Weathered):
    assert (len(weathered.games) >= len(SHARES), weathered.turns >= sum(SHARES)) == (True, True)
    assert weathered.damage.refused > weathered.turns // 20
    assert weathered.damage.killed > weathered.turns // 25
    assert weathered.damage.delivered_again > weathered.turns
    assert weathered.damage.conflicts > weathered.turns // 10


def test_nothing_was_refused_in_silence(weathered: Weathered):
    """The fold may refuse what the rules had worked out together with another deed, but it says why."""
    for game in weathered.games:
        for turn in weathered.kept.store.history(game.campaign_id):
            for one in turn.settled:
                assert one.applied or one.outcome.refusal or (one.refused and one.refused.reason), one.outcome.key
                assert one.applied == (one.refused is None and one.outcome.verdict == "done")


def test_folding_all_turns_again_gives_the_states_that_were_stored_and_told(weathered: Weathered):
    for game in weathered.games:
        now = weathered.kept.store.read(game.campaign_id).state
        first = weathered.kept.store.first(game.campaign_id)
        assert first
        told = weathered.kept.hashes_told(game.campaign_id)
        states = list(retell(first[0].sheet.state, weathered.kept.store.history(game.campaign_id), told))
        assert [state.turn for state in states if state.differences] == []
        assert (len(states), states[-1].hash) == (now.turn + 1, state_hash(now))


def test_what_players_were_told_fits_together(weathered: Weathered):
    answers = [answer for game in weathered.games for answer in game.recording.answers]

    assert len(answers) > weathered.turns
    assert wrong_in(answers) == []


def test_the_audit_has_every_fact_once_and_unchanged(weathered: Weathered):
    status, printed = ninelives("audit", "verify", "--lag", "0", "--spec")

    assert status == 0, printed


def test_the_projection_rebuilt_from_the_archive_equals_the_live_one(weathered: Weathered):
    status, printed = ninelives("replay", "rebuild-projection", "--verify")

    assert status == 0, printed


def test_every_turn_is_in_the_ledger_once(weathered: Weathered, cloud: Cloud):
    counted = [item for item in cloud.items("metrics/metrics") if item["pk"]["S"].startswith("COUNTED#")]
    ledger = [item for item in cloud.items("metrics/metrics") if item["pk"]["S"].startswith("LEDGER#")]
    audited = [item for item in cloud.items("audit/audit") if item.get("detail_type", {}).get("S") == "TurnResolved.v1"]

    assert sum(int(line["turns"]["N"]) for line in ledger) == len(audited)
    assert len({item["pk"]["S"] for item in counted}) == len(counted)


def test_the_sum_of_the_exported_effects_is_the_state_of_every_campaign(weathered: Weathered, tmp_path: Path):
    store = weathered.kept.store
    since = (weathered.began - timedelta(seconds=5)).isoformat()

    status, printed = ninelives("replay", "export", "--from", since, "--to", "now", "--out", str(tmp_path / "facts"))

    assert status == 0, printed
    first = {game.campaign_id: store.first(game.campaign_id)[0].sheet.state for game in weathered.games}
    told = sums(tmp_path / "facts", first)
    assert {campaign: (one.state, one.differences) for campaign, one in told.items()} == {
        campaign: (store.read(campaign).state, ()) for campaign in first
    }
    by_arithmetic = figures(tmp_path / "facts")
    assert {campaign: by_arithmetic[campaign]["credits"] for campaign in first} == {
        campaign: store.read(campaign).state.character.credits - start.character.credits
        for campaign, start in first.items()
    }
