"""Events of campaigns, brought to their players: facts into the feed and to listeners, progress to listeners alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from contracts.envelope import CampaignId, Event
from contracts.playerapi import FeedPage, ProgressEvent, SocketMessage
from services.gateway.application.live.ports import Feed, LiveDependencies
from services.gateway.application.live.pushing import make_message, push
from services.gateway.domain.feed import MOST_LISTENERS, FeedEntry, make_entry

POLL_SECONDS = 0.5
MOST_AT_ONCE = 10
"""Steps in one message: API Gateway sends 128 KB at most."""


def record_facts(events: Iterable[Event], deps: LiveDependencies) -> None:
    """Append events to the feeds of their campaigns and push them, once. Those that have a place already are not pushed
    again. An erased campaign has no feed, however late it is told of; should it be erased this very moment, the
    erasure's last step finds what is written here."""
    for campaign_id, entries in _by_campaign(events):
        gate = deps.turns.gate(campaign_id)
        if gate and gate.status == "erased":
            continue
        appended = deps.feed.append(campaign_id, entries, deps.now())
        for event in appended.events:
            push(make_message(event), campaign_id, appended.listeners, deps)


def tell_progress(events: Iterable[Event], deps: LiveDependencies) -> None:
    """Push steps of running turns to whoever listens. Nothing is kept."""
    for campaign_id, entries in _by_campaign(events):
        listeners = deps.connections.listeners(campaign_id, MOST_LISTENERS)
        steps = tuple(ProgressEvent(**vars(entry), sent_at=deps.now()) for entry in entries) if listeners else ()
        for start in range(0, len(steps), MOST_AT_ONCE):
            part = steps[start : start + MOST_AT_ONCE]
            push(SocketMessage(type="progress", campaign_id=campaign_id, progress=part), campaign_id, listeners, deps)


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


def _by_campaign(events: Iterable[Event]) -> Iterator[tuple[CampaignId, list[FeedEntry]]]:
    """The entries of these events, each once, by campaign."""
    found: dict[CampaignId, dict[str, FeedEntry]] = {}
    for entry in map(make_entry, events):
        found.setdefault(entry.campaign_id, {}).setdefault(entry.id, entry)
    return ((campaign_id, list(entries.values())) for campaign_id, entries in found.items())
