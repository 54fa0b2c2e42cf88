"""Queue consumer: what happened in a campaign goes into its player's feed and to whoever is connected."""

from __future__ import annotations

from contracts.campaign import CampaignEndedV1, CampaignStartedV1, TurnResolvedV1
from contracts.dm import DungeonMasterFailedV1, DungeonMasterRespondedV1
from contracts.gateway import TurnAcceptedV1, TurnAnsweredV1, TurnFailedV1
from contracts.lore import LoreRetrievedV1
from contracts.tools import ToolExecutedV1, WorldPlayedV1
from services.gateway.application.live.push import tell
from services.gateway.domain.feed import Told
from services.gateway.wiring.live import switchboard
from stagekit.consumer import consumer
from stagekit.observe import logger


@consumer(CampaignStartedV1, TurnAcceptedV1, LoreRetrievedV1, DungeonMasterRespondedV1, DungeonMasterFailedV1,
          ToolExecutedV1, WorldPlayedV1, TurnResolvedV1, TurnAnsweredV1, TurnFailedV1, CampaignEndedV1)  # fmt: skip
def handler(*, event: Told) -> None:
    tell(event, switchboard(logger().warning))
