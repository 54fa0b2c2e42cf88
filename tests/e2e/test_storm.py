"""Five hundred turns in a storm, and every fact of them is everywhere, once, and unchanged."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

from infra.cli.app import app
from infra.proof.local import Archive
from tests.e2e.cloud import Cloud
from tests.e2e.driving import Game
from tests.e2e.patience import until
from tests.e2e.storm import CONSUMERS, Damage, storm
from tests.replay.sums import sums

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(900)]

CAMPAIGNS, TURNS, AT_ONCE = 20, 25, 5


def ninelives(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, done.output


class Weathered:
    """What was played in the storm, and what the storm did."""

    def __init__(self, cloud: Cloud) -> None:
        self.games: list[Game] = []
        self.turns = 0
        self.began = datetime.now(UTC)
        with storm(cloud, self._streams, Random(500)) as self.damage, ThreadPoolExecutor(AT_ONCE) as players:
            for played in players.map(lambda number: self._play(cloud, number), range(CAMPAIGNS)):
                self.turns += played
        self.damage: Damage

    def _streams(self) -> list[str]:
        return [f"{kind}/{game.campaign_id}" for game in self.games for kind in ("campaign", "turns")]

    def _play(self, cloud: Cloud, number: int) -> int:
        """Play a campaign's share; when its cat is out of lives, go on with another."""
        random, played = Random(number), 0
        while played < TURNS:
            game = Game(cloud, f"storm-{number}").begin()
            self.games.append(game)
            action = "Look around"
            while played < TURNS:
                turn = game.act(action)
                assert turn.status == "resolved", (action, turn.problem)
                played += 1
                if turn.campaign is None or turn.campaign.state.status == "ended":
                    break
                action = random.choice(turn.suggested_actions or ("Look around",))
        return played


@pytest.fixture(scope="module")
def weathered(cloud: Cloud) -> Weathered:
    """All is played, the storm is over, what lay in dead letters was put back, and nothing is left to consume."""
    played = Weathered(cloud)
    letters = [f"{queue}-dead-letters" for queue in CONSUMERS]
    until(lambda: not any(cloud.queued(queue) for queue in CONSUMERS), within=120, why="empty queues")
    while any(cloud.queued(queue) for queue in letters):
        status, printed = ninelives("dlq", "redrive", "--all")
        assert status == 0, printed
        until(lambda: not any(cloud.queued(queue) for queue in CONSUMERS), within=120, why="empty queues")
    return played


def test_the_storm_was_one(weathered: Weathered):
    assert (len(weathered.games) >= CAMPAIGNS, weathered.turns) == (True, CAMPAIGNS * TURNS)
    assert weathered.damage.refused > CAMPAIGNS * TURNS // 20
    assert weathered.damage.killed > 20
    assert weathered.damage.delivered_again > CAMPAIGNS * TURNS


def test_the_audit_has_every_fact_once_and_unchanged(weathered: Weathered):
    status, printed = ninelives("audit", "verify", "--lag", "0")

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


def test_the_sum_of_the_exported_effects_is_the_state_of_every_campaign(
    weathered: Weathered, cloud: Cloud, tmp_path: Path
):
    kept = Archive(cloud.client("dynamodb"), cloud.stack["tables"]["campaign/campaign"])
    since = (weathered.began - timedelta(seconds=5)).isoformat()

    status, printed = ninelives("replay", "export", "--from", since, "--to", "now", "--out", str(tmp_path / "facts"))

    assert status == 0, printed
    first = {game.campaign_id: kept.store.first(game.campaign_id)[0].sheet.state for game in weathered.games}
    told = sums(tmp_path / "facts", first)
    assert {campaign: (one.state, one.differences) for campaign, one in told.items()} == {
        campaign: (kept.store.read(campaign).state, ()) for campaign in first
    }
