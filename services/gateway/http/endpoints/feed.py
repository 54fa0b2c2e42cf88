"""The feed over HTTP: what happened after a sequence, for clients that missed it or have no WebSocket."""

from __future__ import annotations

from contracts.envelope import CampaignId
from contracts.playerapi import FeedEvent, FeedPage
from services.gateway.application.ports import Desk
from services.gateway.http import preferences
from services.gateway.http.endpoints import campaigns
from services.gateway.http.exchange import Answer, Request
from services.gateway.http.operations import Operation, Told, operation

LIMIT = preferences.page_size(50, 100)
AFTER = preferences.Whole("after_sequence", 0, 0, 999_999, "The `next_after` of the page before.")
POLL_SECONDS = 0.5


@operation(
    Operation(id="feed_pages.listed", tag="live", queries=(AFTER, LIMIT), waits=True, answers={200: Told(FeedPage)})
)
def listed(request: Request, desk: Desk, campaign_id: CampaignId) -> Answer:
    """What happened after a sequence, oldest first. Whoever prefers to wait is answered at the first event."""
    after, limit = AFTER.of(request), LIMIT.of(request)
    wait = preferences.wait_asked(request, desk.max_wait)
    campaigns.own_gate(request, desk, campaign_id)
    found = _awaited(desk, campaign_id, after, limit + 1, wait)
    shown = tuple(found[:limit])
    page = FeedPage(items=shown, next_after=shown[-1].sequence if shown else after, more=len(found) > limit)
    return Answer(200, page.model_dump_json(), preferences.applied(wait))


def _awaited(desk: Desk, campaign_id: CampaignId, after: int, limit: int, wait: int) -> list[FeedEvent]:
    found = desk.feed.after(campaign_id, after, limit)
    for _ in range(round(wait / POLL_SECONDS)):
        if found:
            break
        desk.pause(POLL_SECONDS)
        found = desk.feed.after(campaign_id, after, limit)
    return found
