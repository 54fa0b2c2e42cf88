"""Makes `finished_campaign.json`: `python -m tests.ops.proof.make_sample`.

The sample is kept as it was when it was made. Rules and worlds go on changing; the dice of a campaign that was played
under older ones must stay verifiable.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from ninelives.ops.proof.pages import merge_pages
from tests.ops.proof.stored_campaign import StoredCampaign, begin, empty_table
from tests.rules.small_campaign import Intents
from tests.rules.test_playthrough import next_deed

SAMPLE = Path(__file__).with_name("finished_campaign.json")
MOST_TURNS = 60
OPENING: tuple[Intents, ...] = (
    [("accept_quest", {"quest": "quiet-pier"})],
    [("hide", {})],
    [("attack", {"target": "pier-gulls"}), ("attack", {"target": "pier-gulls"})],
)
"""A blow from hiding is thrown with an edge; of two at once one is refused, and its dice are shown all the same."""


def main() -> None:
    with empty_table() as dynamodb:
        campaign = StoredCampaign(begin(dynamodb, sha256(b"a finished campaign, 0").digest()))
        for intents in OPENING:
            campaign.turn(intents)
        while campaign.state.status == "active" and campaign.state.turn < MOST_TURNS:
            campaign.turn(next_deed(campaign.scene().state))
        assert campaign.state.status == "ended"
        SAMPLE.write_text(merge_pages(campaign.dice()).model_dump_json(indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
