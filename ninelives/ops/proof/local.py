"""The local cloud as a witness: its player API."""

from __future__ import annotations

from functools import partial

from contracts.playerapi import Dice
from infra.errors import UserError
from infra.local.players import token
from infra.local.running import running_cloud
from ninelives.game.client import Player, RequestRefused, Unreachable
from ninelives.ops.proof.pages import fetch_pages


def dice_of(campaign_id: str, player: str) -> tuple[Dice, ...]:
    """All dice of a campaign, asked for as this local player. Raises UserError."""
    home, stack = running_cloud()
    client = Player(stack["api_url"] + "/", partial(token, home, stack, player))
    try:
        return fetch_pages(partial(client.dice, campaign_id))
    except RequestRefused as refusal:
        if refusal.problem.status == 404:
            raise UserError(f"{player} has no campaign {campaign_id}.") from refusal
        raise UserError(refusal.problem.detail) from refusal
    except Unreachable as error:
        raise UserError(str(error)) from error
