"""The leaderboard of a world."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from contracts.campaign import StandingsListed
from services.campaign.domain.projection import CampaignRow
from services.campaign.domain.standings import standings

if TYPE_CHECKING:
    from contracts.campaign import ListStandings


class RowsByRank(Protocol):
    """The projection by rank."""

    def best(self, world: str, limit: int) -> Sequence[CampaignRow]:
        """The rows of this world that rank first."""


def list_standings(request: ListStandings, rows: RowsByRank) -> StandingsListed:
    """The first of the board, each with its rank; the asking player's own by name."""
    return StandingsListed(items=standings(rows.best(request.world, request.limit), request.viewer))
