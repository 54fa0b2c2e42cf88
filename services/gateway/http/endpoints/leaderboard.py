"""The leaderboard over HTTP: the best campaigns of the world that is played here."""

from __future__ import annotations

from contracts.campaign import ListStandings
from contracts.playerapi import Leaderboard
from services.gateway.application.ports import Desk
from services.gateway.http import preferences
from services.gateway.http.exchange import Answer, Request
from services.gateway.http.operations import Operation, Told, operation

LIMIT = preferences.page_size(20, 100)


@operation(Operation(id="standings.leaderboard", tag="world", queries=(LIMIT,), answers={200: Told(Leaderboard)}))
def leaderboard(request: Request, desk: Desk) -> Answer:
    """The first `limit`, best first. Names and ids of the caller's own campaigns only."""
    limit = LIMIT.of(request)
    played = desk.stages.describe_world().manifest.id
    listed = desk.stages.list_standings(ListStandings(viewer=request.player, world=played, limit=limit))
    return Answer(200, Leaderboard(world=played, items=listed.items).model_dump_json())
