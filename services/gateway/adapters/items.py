"""Records to table items and back.

PLAYER#<sub>          KEY#<Idempotency-Key>   what a key was used for
PLAYER#<sub>          ERASURE                 that a player is being erased (erasures)
PLAYER#<sub>          ACCOUNT                 that a player is no guest (account_register)
EMAIL#<digest>        ACCOUNT, ACCOUNT#…      whom an e-mail signs in (account_register)
LIMIT#<who>           <what>#<window>         how often (request_counter; of turns, with their admission)
LIMIT#<who>           turns#<day>             the same where players have a share of a day's money (purses)
SPENT                 <day>                   that the day's money is (spending)
CAMPAIGN#<id>         META                    the gate: owner, status, active turn, counters; kept for good
CAMPAIGN#<id>         TURN#<turn id>          a turn, from acceptance to its finished view
STREAM#turns/<id>     <sequence>              the outbox: an event, published from the table's stream; those that
                                              accepted a turn are the order of turns
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from contracts.chaos import Sabotage
from services.gateway.domain.records import Gate, GateStatus, KeyRecord, Status, TurnRecord
from stagekit.packing import pack, unpack

if TYPE_CHECKING:
    from services.gateway.domain.quotas import Quota

Item = dict[str, Any]
_MONEY = ("held", "held_on", "spent_micro_dollars", "spent_tokens")
KEY_KEPT_SECONDS = 30 * 24 * 3600
"""Afterwards a key is still known by what it made: the turn, or the campaign."""


def key_of_key(player: str, key: str) -> Item:
    return _key(f"PLAYER#{player}", f"KEY#{key}")


def key_of_erasure(player: str) -> Item:
    return _key(f"PLAYER#{player}", "ERASURE")


def key_of_gate(campaign_id: str) -> Item:
    return _key(f"CAMPAIGN#{campaign_id}", "META")


def key_of_turn(campaign_id: str, turn_id: str) -> Item:
    return _key(f"CAMPAIGN#{campaign_id}", f"TURN#{turn_id}")


def key_of_count(quota: Quota) -> Item:
    return _key(f"LIMIT#{quota.subject}", f"{quota.what}#{quota.window}")


def key_item(player: str, key: str, record: KeyRecord, expires_at: int) -> Item:
    return {**key_of_key(player, key), **item({**vars(record), "entity": "key", "expires_at": expires_at})}


def gate_item(gate: Gate) -> Item:
    return {**key_of_gate(gate.campaign_id), **item({**vars(gate), "entity": "campaign"})}


def turn_item(turn: TurnRecord) -> Item:
    times = {"accepted_at": turn.accepted_at.isoformat(), "restart_at": turn.restart_at.isoformat()}
    long = {"view": pack(turn.view)} if turn.view else {}
    flags = {name: 1 if getattr(turn, name) else None for name in ("quiet", "frugal", "had_share")}
    values = {**vars(turn), **times, **long, **flags, "entity": "turn"}
    return {**key_of_turn(turn.campaign_id, turn.turn_id), **item(values)}


def key_record(stored: Mapping[str, Any]) -> KeyRecord:
    values = plain(stored)
    return KeyRecord(values["fingerprint"], values.get("answer"), values.get("version"))


def count_made(stored: Mapping[str, Any]) -> int:
    """The number of requests that were counted."""
    return int(stored["made"]["N"])


def gate(stored: Mapping[str, Any]) -> Gate:
    values = plain(stored)
    return Gate(
        campaign_id=values["campaign_id"],
        owner=values["owner"],
        status=cast(GateStatus, values["status"]),
        turns_resolved=values["turns_resolved"],
        sequence=values["sequence"],
        active_turn=values.get("active_turn"),
        **{name: values.get(name) for name in _MONEY},
    )


def turn(stored: Mapping[str, Any]) -> TurnRecord:
    values = plain(stored)
    return TurnRecord(
        turn_id=values["turn_id"],
        campaign_id=values["campaign_id"],
        owner=values["owner"],
        action=values["action"],
        fingerprint=values["fingerprint"],
        ordinal=values["ordinal"],
        accepted_at=datetime.fromisoformat(values["accepted_at"]),
        restart_at=datetime.fromisoformat(values["restart_at"]),
        status=cast(Status, values["status"]),
        traceparent=values.get("traceparent"),
        number=values.get("number"),
        chaos=cast(Sabotage | None, values.get("chaos")),
        quiet=bool(values.get("quiet")),
        frugal=bool(values.get("frugal")),
        had_share=bool(values.get("had_share")),
        resolved=values.get("resolved"),
        told=values.get("told"),
        view=unpack(values["view"]) if "view" in values else None,
    )


def item(values: Mapping[str, Any]) -> Item:
    """Strings and whole numbers as DynamoDB attributes; None is left out."""
    return {name: _attribute(value) for name, value in values.items() if value is not None}


def plain(stored: Mapping[str, Any]) -> dict[str, Any]:
    """An item's strings and whole numbers."""
    return {name: int(value["N"]) if "N" in value else value["S"] for name, value in stored.items()}


def _attribute(value: str | int) -> dict[str, str]:
    return {"N": str(value)} if isinstance(value, int) else {"S": value}


def _key(pk: str, sk: str) -> Item:
    return {"pk": {"S": pk}, "sk": {"S": sk}}
