"""Lambda entry point: absorb what a replay of the archive brings into the table that is being built."""

from __future__ import annotations

from contracts.envelope import Event
from services.campaign.application.project import take_in
from services.campaign.domain.projection import KINDS
from services.campaign.wiring import campaigns, pause, projection_versions
from stagekit.consumer import consumer
from stagekit.observe import count, logger


@consumer(*KINDS, others_of="ninelives.campaign")
def handler(*, event: Event) -> None:
    building = projection_versions().building()
    if building is None:  # given up or done with: what a replay still brings is in the outbox, too
        logger().info("nothing is being built")
        count("rebuild", EventsDropped=1)
        return
    take_in(event, building, campaigns(), pause)
    count("rebuild", EventsRebuilt=1)
