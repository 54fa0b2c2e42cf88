"""What comes out of the archive is what happened: the sum of all exported effects is the state of the campaign."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from contracts.state import CampaignState
from infra.replay.export.asked import Asked
from infra.replay.export.exporting import Door, Made, export
from infra.replay.export.workplace import Workplace
from infra.site import site
from services.campaign.adapters.store import CampaignStore
from tests.e2e.cloud import Cloud
from tests.e2e.driving import Game
from tests.replay.sums import figures, sums

pytestmark = pytest.mark.cloud

DEEDS = ("I search this place", "I look for a fight", "I attack", "I take what I can", "I rest")


def exported(out: Path, campaigns: list[str]) -> Made:
    place, asked = Workplace(out), Asked.of("local", None, None, (), campaigns)
    with place.held():
        return export(Door.of(site()), asked, place, datetime.now(UTC), lambda *_: None)


def first_state(cloud: Cloud, campaign_id: str) -> CampaignState:
    begun = CampaignStore(cloud.client("dynamodb"), cloud.stack["tables"]["campaign/campaign"]).first(campaign_id)
    assert begun is not None
    return begun[0].sheet.state


def counted(out: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as database:
        return database.execute(query.replace("DIR", str(out))).fetchall()


def test_the_sum_of_exported_effects_is_the_state_of_the_campaign(cloud: Cloud, game: Game, tmp_path: Path):
    turns = [game.act(deed) for deed in DEEDS]
    game.facts()

    made = exported(tmp_path / "out", [game.campaign_id])

    first, now = first_state(cloud, game.campaign_id), game.campaign().sheet.state
    added = sums(tmp_path / "out", {game.campaign_id: first})[game.campaign_id]
    assert (added.differences, added.state) == ((), now)
    assert figures(tmp_path / "out")[game.campaign_id]["credits"] == now.character.credits - first.character.credits
    assert (made.manifest["gaps"], made.tally.unreadable) == ({}, 0)
    assert counted(tmp_path / "out", "SELECT turn_id, outcome FROM 'DIR/turns.parquet' ORDER BY number") == [
        (turn.id, turn.status) for turn in turns
    ]
