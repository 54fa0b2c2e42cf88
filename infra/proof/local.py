"""The local cloud as a witness: its player API, and the campaign service's table."""

from __future__ import annotations

from functools import partial
from typing import Any

from contracts.playerapi import Dice
from infra.game.client import Player, Refused, Unreachable
from infra.local.aws import Aws
from infra.local.players import token
from infra.local.running import running_cloud
from infra.proof.outbox import hashes_told
from infra.proof.pages import Unusable, fetched
from services.campaign.adapters.store import CampaignStore


class Archive:
    """The campaigns of the local cloud as they are stored."""

    def __init__(self, dynamodb: Any, table: str) -> None:
        self._dynamodb, self._table = dynamodb, table
        self.store = CampaignStore(dynamodb, table)

    def hashes_told(self, campaign_id: str) -> dict[int, str]:
        """See `infra.proof.outbox`."""
        return hashes_told(self._dynamodb, self._table, campaign_id)


def archive() -> Archive:
    """Raises LocalCloudError when the local cloud is not up."""
    home, stack = running_cloud()
    return Archive(Aws(home).client("dynamodb"), stack["tables"]["campaign/campaign"])


def dice_of(campaign_id: str, player: str) -> tuple[Dice, ...]:
    """All dice of a campaign, asked for as this local player. Raises LocalCloudError, Unusable."""
    home, stack = running_cloud()
    client = Player(stack["api_url"] + "/", partial(token, home, stack, player))
    try:
        return fetched(partial(client.dice, campaign_id))
    except Refused as refusal:
        if refusal.problem.status == 404:
            raise Unusable(f"{player} has no campaign {campaign_id}.") from refusal
        raise Unusable(refusal.problem.detail) from refusal
    except Unreachable as error:
        raise Unusable(str(error)) from error
