"""Lambda entry point: keep the list of campaigns up to date with the events, and say when one is missing."""

from __future__ import annotations

from contracts.campaign import CampaignEndedV1, CampaignStartedV1, TurnResolvedV1
from services.campaign.adapters.projecting import project
from services.campaign.adapters.wiring import campaigns, lines
from stagekit.consumer import consumer
from stagekit.observe import logger


@consumer(CampaignStartedV1, TurnResolvedV1, CampaignEndedV1)
def handler(*, event: CampaignStartedV1 | TurnResolvedV1 | CampaignEndedV1) -> None:
    line = project(event, lines(), campaigns())
    if line.seen.missing:
        logger().warning("events missing", extra={"stream": event.metadata.stream, "missing": line.seen.missing})
