"""Players who are being erased, or were: whatever they ask for is refused."""

from __future__ import annotations

from typing import Protocol

from services.gateway.domain.rejections import BeingErased


class BegunErasures(Protocol):
    """Erasures of players that have begun."""

    def has_begun(self, player: str) -> bool: ...


def refuse_erased(player: str, erasures: BegunErasures) -> None:
    """Raises BeingErased for a player who began to be erased."""
    if erasures.has_begun(player):
        raise BeingErased
