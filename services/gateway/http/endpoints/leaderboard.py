"""The leaderboard: the best campaigns of the world that is played here."""

from __future__ import annotations

from contracts.playerapi import Leaderboard
from services.gateway.application.campaigns import reading
from services.gateway.application.ports import PlayerDependencies
from services.gateway.http.exchange import HttpRequest, HttpResponse
from services.gateway.http.operations import Operation, SuccessResponse, operation
from services.gateway.http.queries import page_size

LIMIT = page_size(20, 100)


@operation(
    Operation(id="standings.leaderboard", tag="world", queries=(LIMIT,), answers={200: SuccessResponse(Leaderboard)})
)
def show_leaderboard(request: HttpRequest, deps: PlayerDependencies) -> HttpResponse:
    """The first `limit`, best first. Names and ids of the caller's own campaigns only."""
    board = reading.list_standings(request.player, LIMIT.read(request), deps)
    return HttpResponse(200, board.model_dump_json())
