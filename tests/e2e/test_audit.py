"""The record of what was really played is whole, and damage to it is named and can be made good."""

from __future__ import annotations

import pytest
from typer import Typer
from typer.testing import CliRunner

from ninelives.cli.audit import audit_app
from tests.support.cloud import Cloud
from tests.support.driving import Game
from tests.support.waiting import until

pytestmark = pytest.mark.cloud


def verify(campaign_id: str) -> tuple[int, list[str]]:
    """The exit status, and the lines about faults, of a verification that waits for nothing."""
    app = Typer()
    app.add_typer(audit_app, name="audit")
    done = CliRunner().invoke(app, ["audit", "verify", "--campaign", campaign_id, "--lag", "0"])
    return done.exit_code, done.stdout.splitlines()[:-1]


def test_the_record_of_a_played_campaign_is_whole_and_a_lost_fact_can_be_delivered_again(game: Game, cloud: Cloud):
    for _ in range(2):
        game.act("I search this place")
    game.facts()
    until(lambda: verify(game.campaign_id) == (0, []), why="a whole record")
    story = f"campaign/{game.campaign_id}"
    table, key = cloud.stack["tables"]["audit/audit"], {"pk": {"S": story}, "sk": {"S": "0000000002"}}
    before = cloud.items("audit/audit")

    cloud.client("dynamodb").delete_item(TableName=table, Key=key)
    assert verify(game.campaign_id) == (1, [f"{story}: 2 is missing, but was linked"])

    cloud.consume("audit", "record", cloud.read_outbox("campaign/campaign", story))
    assert verify(game.campaign_id) == (0, [])
    assert cloud.items("audit/audit") == before
