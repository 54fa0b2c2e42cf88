"""The feed: what happened after a sequence, for clients that missed it or have no WebSocket."""

from __future__ import annotations

from contracts.envelope import CampaignId
from contracts.playerapi import FeedPage
from services.gateway.application.gates import require_own_gate
from services.gateway.application.live.feed import read_feed
from services.gateway.application.ports import PlayerDependencies
from services.gateway.http.exchange import HttpRequest, HttpResponse
from services.gateway.http.operations import Operation, SuccessResponse, operation
from services.gateway.http.preferences import confirm_wait, read_wait
from services.gateway.http.queries import IntegerParameter, page_size

LIMIT = page_size(50, 100)
AFTER = IntegerParameter("after_sequence", 0, 0, 999_999, "The `next_after` of the page before.")


@operation(
    Operation(
        id="feed_pages.listed",
        tag="live",
        queries=(AFTER, LIMIT),
        waits=True,
        answers={200: SuccessResponse(FeedPage)},
    )
)
def list_events(request: HttpRequest, deps: PlayerDependencies, campaign_id: CampaignId) -> HttpResponse:
    """Events after a sequence, oldest first. A client that prefers to wait is answered at the first event."""
    after, limit = AFTER.read(request), LIMIT.read(request)
    wait = read_wait(request, deps.max_wait)
    require_own_gate(deps.turns, campaign_id, request.player)
    page = read_feed(deps.feed, campaign_id, after, limit, wait, deps.pause)
    return HttpResponse(200, page.model_dump_json(), confirm_wait(wait))
