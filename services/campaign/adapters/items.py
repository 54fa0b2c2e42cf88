"""The layout of the campaign's table: keys, and the attributes of each item.

pk                          sk                  what
CAMPAIGN#<id>               STATE               version, state, seed, owner, started_at, sequence, spent,
                                                lineage (of a fork), opening; of an erased one only the
                                                sequence, for good
CAMPAIGN#<id>               START               the reply that started it: the first state
CAMPAIGN#<id>               TURN#<turn id>      a committed turn, or the tombstone of one given up
CAMPAIGN#<id>               TURNNO#<number>     what the story remembers of a turn word for word
STREAM#campaign/<id>        <sequence>          an event of the outbox
"""

from __future__ import annotations

from typing import Any

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


def _key(pk: str, sk: str) -> Item:
    return {"pk": {"S": pk}, "sk": {"S": sk}}
