"""The game's data about a player, from the terminal: saved as a file, or erased for good."""

from __future__ import annotations

import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import httpx

from contracts.playerapi import AccountExport, Erasure
from infra.errors import UserError
from ninelives.game.client import Player

PAUSE_SECONDS = 1.0


def save_export(
    player: Player,
    file: Path,
    transport: httpx.BaseTransport | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> AccountExport:
    """Have the player's data packed, and save it. Raises UserError when it could not be packed, or came damaged."""
    export = player.begin_export()
    while export.state == "running":
        pause(PAUSE_SECONDS)
        export = player.find_export(export.export_id)
    if export.state == "ready" and not export.link:
        export = player.find_export(export.export_id)
    if not export.link:
        raise UserError("Your data could not be packed. Try again in a few minutes.")
    try:
        with httpx.Client(transport=transport, timeout=60) as http:
            content = http.get(export.link).raise_for_status().content
    except httpx.HTTPError as error:
        raise UserError(f"Your data was packed and could not be fetched ({type(error).__name__}).") from error
    if sha256(content).hexdigest() != export.sha256:
        raise UserError("What was fetched is not what was packed. Nothing was saved.")
    file.write_bytes(content)
    return export


def erase(player: Player, told: Callable[[Erasure], None], pause: Callable[[float], None] = time.sleep) -> Erasure:
    """Erase the player, and tell how far it is until all is done. It goes on when nobody waits."""
    erasure = player.erase()
    while erasure.state != "done":
        told(erasure)
        pause(PAUSE_SECONDS)
        erasure = player.find_erasure(erasure.erasure_id)
    return erasure
