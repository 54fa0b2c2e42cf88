"""A turn that was played out, before it is committed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contracts.state import CampaignState

if TYPE_CHECKING:
    from contracts.campaign import Settled


@dataclass(frozen=True)
class PlayedTurn:
    """The state after the turn and how it came about."""

    state: CampaignState
    settled: tuple[Settled, ...]
