"""A player of the local cloud, whose token is issued when it is asked for and again when it has run out."""

from __future__ import annotations

import httpx

from infra.local.players import token
from infra.local.running import running_cloud
from ninelives.game.client import Player


def local_player(name: str, transport: httpx.BaseTransport | None = None) -> Player:
    """The player of this name. Raises UserError when the local cloud is not up."""
    home, stack = running_cloud()
    issued: list[str] = []

    def current() -> str:
        if not issued:
            issued.append(token(home, stack, name))
        return issued[0]

    return Player(stack["api_url"] + "/", current, transport, renew=issued.clear)
