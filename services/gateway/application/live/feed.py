"""The feed of a campaign: record what happened, push it, and read it after a sequence."""

from __future__ import annotations

from collections.abc import Callable

from contracts.envelope import CampaignId, Event
from contracts.playerapi import FeedEvent, FeedPage, SocketMessage
from services.gateway.application.live.ports import Feed, LiveDependencies
from services.gateway.application.live.pushing import push
from services.gateway.domain.feed import make_entry

POLL_SECONDS = 0.5


def record_event(event: Event, deps: LiveDependencies) -> None:
    """Append an event to the feed and push it, once. One that has a place already is not pushed again."""
    fresh = deps.feed.append(make_entry(event), deps.now())
    if fresh:
        push(make_message(fresh), fresh.campaign_id, deps)


def make_message(event: FeedEvent) -> SocketMessage:
    return SocketMessage(type="event", event=event, campaign_id=event.campaign_id)


def read_feed(
    feed: Feed, campaign_id: CampaignId, after: int, limit: int, wait: int, pause: Callable[[float], None]
) -> FeedPage:
    """Events after a sequence, oldest first; when there is none, waits up to `wait` seconds for the first."""
    found = feed.after(campaign_id, after, limit + 1)
    for _ in range(round(wait / POLL_SECONDS)):
        if found:
            break
        pause(POLL_SECONDS)
        found = feed.after(campaign_id, after, limit + 1)
    shown = tuple(found[:limit])
    return FeedPage(items=shown, next_after=shown[-1].sequence if shown else after, more=len(found) > limit)
