"""Lambda entry point: the leaderboard of a world, from the projection."""

from __future__ import annotations

from contracts.campaign import ListStandings, StandingsListed
from services.campaign.application.list_standings import list_standings
from services.campaign.wiring import projection_versions
from stagekit.stage import Keeps, stage


@stage(ListStandings, StandingsListed, keeps=Keeps.NOTHING)
def handler(*, request: ListStandings) -> StandingsListed:
    return list_standings(request, projection_versions().live())
