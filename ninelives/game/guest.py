"""A player who comes in by the API alone, as anybody can: a guest, whose token is renewed while it plays."""

from __future__ import annotations

import httpx

from ninelives.game.client import Player


def guest(base_url: str, transport: httpx.BaseTransport | None = None) -> Player:
    """A new guest at this address."""
    stranger = Player(base_url, None, transport)
    session = stranger.come_in()
    token, refresh = [session.access_token], [session.refresh_token or ""]

    def renew() -> None:
        renewed = stranger.renew(refresh[-1])
        token.append(renewed.access_token)
        refresh.append(renewed.refresh_token or refresh[-1])

    return Player(base_url, lambda: token[-1], transport, renew=renew)
