"""The projection, rebuilt from the archive of a running cloud and swapped while players play."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from ninelives.cli.replay import replay_app
from tests.support.cloud import Cloud, Item
from tests.support.driving import Game
from tests.support.waiting import until

pytestmark = [pytest.mark.cloud, pytest.mark.slow]

DAMAGED = 99  # a level nobody can have


def rebuild(*options: str) -> tuple[int, str]:
    told = CliRunner().invoke(replay_app, ["rebuild-projection", *options])
    return told.exit_code, told.output


def line_of(cloud: Cloud, campaign_id: str, table: str) -> Item | None:
    found = (item for item in cloud.items(table) if item["pk"]["S"] == f"CAMPAIGN#{campaign_id}")
    return next(found, None)


def live_table(cloud: Cloud) -> str:
    pointers = [item for item in cloud.items("campaign/projection") if item["pk"]["S"] == "GENERATION"]
    return "campaign/projection-side" if pointers and pointers[0]["live"]["S"] == "side" else "campaign/projection"


def damage(cloud: Cloud, item: Item, table: str) -> None:
    line = json.loads(item["line"]["S"])
    line["figures"]["level"] = DAMAGED
    cloud.client("dynamodb").put_item(
        TableName=cloud.stack["tables"][table], Item={**item, "line": {"S": json.dumps(line)}}
    )


def test_a_damaged_list_is_named_rebuilt_swapped_and_played_on(game: Game, cloud: Cloud):
    def list_campaign() -> Item:
        """The line of the only campaign; empty before it is in the list."""
        return dict(*game.http.get("campaigns").json()["items"])

    for _ in range(2):
        game.act("I search this place")
    until(lambda: list_campaign().get("turn") == 2, why="the list")
    before, old = list_campaign(), live_table(cloud)
    kept = line_of(cloud, game.campaign_id, old)
    assert kept is not None
    damage(cloud, kept, old)

    verified, named = rebuild("--verify")
    shown = list_campaign()["level"]
    swapped, _ = rebuild("--swap", "--force")
    repaired = list_campaign()

    assert (verified, shown, swapped) == (1, DAMAGED, 0)
    assert f"{game.campaign_id}: figures.level is {DAMAGED}, rebuilt {before['level']}" in named
    assert repaired == before
    assert live_table(cloud) != old
    assert line_of(cloud, game.campaign_id, live_table(cloud)) == kept

    game.act("I search this place")
    until(lambda: list_campaign()["turn"] == 3, why="the list")
    stale = line_of(cloud, game.campaign_id, old)
    assert stale is not None and json.loads(stale["line"]["S"])["figures"]["turn"] == 2
    board = game.http.get("leaderboard?limit=100").json()["items"]
    assert [standing["rank"] for standing in board] == list(range(1, len(board) + 1)) != []
