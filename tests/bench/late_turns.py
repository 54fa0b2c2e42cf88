"""Turns early and late in a campaign, through every service: `python -m tests.bench.late_turns FILE`."""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

import boto3

from contracts.canonical import canonical_json
from contracts.state import CampaignState
from ninelives.analytics.cost.assembly import synthesise
from ninelives.analytics.cost.assumptions import Assumptions
from ninelives.analytics.cost.prices import price_table
from ninelives.analytics.cost.rehearsal import Rehearsal, open_counted_cloud, play
from ninelives.analytics.cost.tally import total
from services.campaign.adapters.items import state_key
from services.lore.wiring import world
from tests.bench.long_campaign import Walk

MILESTONES = (1, 10, 100, 1000, 3000)
SETTLING, MEASURED = 5, 15
MEDIANS = ("state_item", "turn_item", "open_turn_reply", "largest_payload", "all_payloads")


def main() -> None:
    rows = []
    with (
        tempfile.TemporaryDirectory() as scratch,
        open_counted_cloud(synthesise(Path(scratch)), Assumptions()) as cloud,
    ):
        list(play(Rehearsal(cloud, "warming up"), SETTLING, plain=False))
        walk = Walk(world())
        for turn in MILESTONES:
            rehearsal = Rehearsal(cloud, f"player {turn}")
            put(walk.on(turn - 1), rehearsal.campaign)
            list(play(rehearsal, SETTLING, plain=False))
            cloud.begin_counting()
            took = list(play(rehearsal, MEASURED, plain=False))
            usd = total(cloud.tally.lines(price_table())) * 1000 / len(took)
            rows.append({**row(turn, took), "usd_per_1000": round(usd, 3)})
    Path(sys.argv[1]).write_text(json.dumps(rows))


def put(state: CampaignState, campaign: str) -> None:
    """Let this campaign have come that far."""
    boto3.client("dynamodb", region_name="us-east-1").update_item(
        TableName=os.environ["CAMPAIGN_TABLE"],
        Key=state_key(campaign),
        UpdateExpression="SET #state = :state, #version = :version",
        ExpressionAttributeNames={"#state": "state", "#version": "version"},
        ExpressionAttributeValues={
            ":state": {"S": canonical_json(state.model_copy(update={"campaign_id": campaign}))},
            ":version": {"N": str(state.version)},
        },
    )


def row(turn: int, took: list[dict[str, Any]]) -> dict[str, Any]:
    """Medians of a few turns; bytes and milliseconds. Milliseconds are computing per state of the workflow, because
    turns differ in their number of states."""
    sizes = {name: round(statistics.median(each[name] for each in took)) for name in MEDIANS}
    pace = statistics.median(each["computed_ms"] / each["transitions"] for each in took)
    return {"turn": turn, **sizes, "ms_per_state": round(pace, 3)}


if __name__ == "__main__":
    main()
