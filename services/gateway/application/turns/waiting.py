"""Wait for a turn that is under way."""

from __future__ import annotations

from services.gateway.application.ports import PlayerDependencies
from services.gateway.domain.records import TurnRecord

POLL_SECONDS = 0.25


def await_end(turn: TurnRecord, deps: PlayerDependencies, wait: int) -> TurnRecord:
    """The turn once it has ended, or as it is after `wait` seconds. Reads it again every POLL_SECONDS.

    Waits are counted: each keeps a copy of the function busy, and one player's would soon be all there may be. Raises
    TooManyRequests.
    """
    if wait and not turn.finished:
        deps.limiter.count(turn.owner, "waits", deps.now())
    for _ in range(round(wait / POLL_SECONDS)):
        if turn.finished:
            break
        deps.pause(POLL_SECONDS)
        turn = read_current(turn, deps)
    return turn


def read_current(turn: TurnRecord, deps: PlayerDependencies) -> TurnRecord:
    """The turn as it is stored now."""
    return deps.turns.turn(turn.campaign_id, turn.turn_id) or turn
