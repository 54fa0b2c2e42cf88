"""How the campaign's table is laid out: keys, and what each item holds.

pk                          sk                  what
CAMPAIGN#<id>               STATE               version, state, seed, owner, started_at, sequence, spent,
                                                lineage (of a fork)
CAMPAIGN#<id>               START               the reply that started it: the first state
CAMPAIGN#<id>               TURN#<turn id>      a committed turn, or the tombstone of one given up
CAMPAIGN#<id>               TURNNO#<number>     what the story remembers of a turn word for word
STREAM#campaign/<id>        <sequence>          an event of the outbox
"""

from __future__ import annotations

import json
from typing import Any

from contracts.envelope import Event

Item = dict[str, Any]
"""An item in DynamoDB's own JSON: {"version": {"N": "3"}}."""


def state_key(campaign_id: str) -> Item:
    return _key(f"CAMPAIGN#{campaign_id}", "STATE")


def start_key(campaign_id: str) -> Item:
    return _key(f"CAMPAIGN#{campaign_id}", "START")


def turn_key(campaign_id: str, turn_id: str) -> Item:
    return _key(f"CAMPAIGN#{campaign_id}", f"TURN#{turn_id}")


def number_key(campaign_id: str, number: int) -> Item:
    return _key(f"CAMPAIGN#{campaign_id}", f"TURNNO#{number:010d}")


def outbox_item(event: Event) -> Item:
    """The event as the relay expects it; its key makes a second one of the same sequence impossible."""
    meta = event.metadata
    body = {"detail_type": event.detail_type, "source": event.producer, "detail": event.model_dump(mode="json")}
    return {
        **_key(f"STREAM#{meta.stream}", f"{meta.sequence:010d}"),
        "entity": {"S": "event"},
        "event": {"S": json.dumps(body, ensure_ascii=False, separators=(",", ":"))},
    }


def _key(pk: str, sk: str) -> Item:
    return {"pk": {"S": pk}, "sk": {"S": sk}}
