"""As many facts as a benchmark wants, from campaigns as long as it wants, as EventBridge delivers them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Any

from contracts.campaign import CampaignStartedV1, TurnResolvedV1
from contracts.gateway import TurnAcceptedV1, TurnAnsweredV1
from tests.support.archived_events import BEGAN, ident, make_events

Delivery = dict[str, Any]
KINDS_OF_A_TURN = (TurnAcceptedV1.detail_type, TurnResolvedV1.detail_type, TurnAnsweredV1.detail_type)
STREAMS = {"ninelives.campaign": "campaign", "ninelives.gateway": "turns"}


def facts_of(campaigns: int, turns: int) -> list[Delivery]:
    """All facts of so many campaigns with so many turns each, turn by turn: 1 + 3 × turns of each campaign.

    They are those of `make_events`, put under other campaigns and numbers: a cat of those does not live for a thousand
    turns, and what an event weighs must not depend on how many there are.
    """
    counters: dict[str, int] = {}
    ids = [ident("c", "volume", number) for number in range(campaigns)]
    found = [_put(_beginning(), campaign, None, 0, counters) for campaign in ids]
    for turn in range(1, turns + 1):
        for number, campaign in enumerate(ids):
            turn_id = ident("t", campaign, turn)
            three = _turns()[(31 * number + turn) % len(_turns())]
            found += [_put(each, campaign, turn_id, turn, counters) for each in three]
    return found


def _put(event: Delivery, campaign: str, turn_id: str | None, turn: int, counters: dict[str, int]) -> Delivery:
    """The event as one of this campaign, next in its stream."""
    stream = f"{STREAMS[event['source']]}/{campaign}"
    sequence = counters[stream] = counters.get(stream, 0) + 1
    metadata = {
        **event["detail"]["metadata"],
        "event_id": f"{stream}/{sequence}",
        "occurred_at": (BEGAN + timedelta(minutes=turn)).isoformat(),
        "campaign_id": campaign,
        "turn_id": turn_id,
        "stream": stream,
        "sequence": sequence,
    }
    data = event["detail"]["data"]
    numbered = {"number": turn} if "number" in data else {}
    return {**event, "detail": {"metadata": metadata, "data": {**data, **numbered}}}


@cache
def _turns() -> tuple[tuple[Delivery, ...], ...]:
    """Turns that were accepted, resolved and answered, and ended no story."""
    by_turn: dict[str, dict[str, Delivery]] = {}
    for event in _examples():
        by_turn.setdefault(event["detail"]["metadata"]["turn_id"] or "", {})[event["detail-type"]] = event
    return tuple(
        tuple(turn[kind] for kind in KINDS_OF_A_TURN)
        for turn in by_turn.values()
        if all(kind in turn for kind in KINDS_OF_A_TURN)
        and not turn[TurnResolvedV1.detail_type]["detail"]["data"]["ending"]
    )


@cache
def _beginning() -> Delivery:
    return next(event for event in _examples() if event["detail-type"] == CampaignStartedV1.detail_type)


@cache
def _examples() -> tuple[Delivery, ...]:
    return tuple(make_events(campaigns=20, turns=25))


def of_kinds(events: list[Delivery], *kinds: Any) -> Iterator[Delivery]:
    """Those that a rule for these kinds lets pass."""
    names = {kind.detail_type for kind in kinds}
    return (event for event in events if event["detail-type"] in names)
