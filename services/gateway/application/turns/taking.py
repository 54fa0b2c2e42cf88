"""Take a turn: admit it once, start its workflow, and wait as long as the client does."""

from __future__ import annotations

from contracts.errors import Transient
from services.gateway.application.ports import PlayerDependencies
from services.gateway.application.turns.waiting import await_end, read_current
from services.gateway.domain.admission import TurnRequest, decide
from services.gateway.domain.quotas import Quota
from services.gateway.domain.records import RESTART_AFTER, Admission, NotStarted, Snapshot, TurnRecord
from services.gateway.domain.rejections import GATE_SHUT, ChaosDisabled

TRIES = 6
PAUSE = 0.05


def take_turn(request: TurnRequest, wait: int, deps: PlayerDependencies) -> tuple[TurnRecord, bool]:
    """Returns (turn, was_replayed). The same key again gives the same turn, started again only when its start was lost.

    Waits at most `wait` seconds for the end of the turn. Raises the Rejection that stands against a new one.
    """
    if request.chaos and not deps.chaos:
        raise ChaosDisabled
    turn, was_replayed = _admit(request, deps)
    return (_resume(turn, deps, wait) if was_replayed else _start(turn, deps, wait)), was_replayed


def _admit(request: TurnRequest, deps: PlayerDependencies) -> tuple[TurnRecord, bool]:
    """Returns (turn, was_replayed). Tries up to TRIES times when a concurrent request changed the gate."""
    quota = deps.limiter.quota(request.player, "turns", deps.now())
    for attempt in range(TRIES):
        seen, decision = _look_and_decide(request, quota, deps)
        if not isinstance(decision, Admission):
            return decision, True
        if deps.turns.admit(decision):
            deps.tell(decision.told, seen.feed.listeners)
            return decision.turn, False
        deps.pause(PAUSE * attempt)
    raise Transient("admission kept losing races")


def _look_and_decide(
    request: TurnRequest, quota: Quota | None, deps: PlayerDependencies
) -> tuple[Snapshot, TurnRecord | Admission]:
    """Raises a Rejection only of a look that began after the gate was found shut: a look is no moment, and it may have
    found the gate as another copy of this very request had left it, and the key as it was before."""
    try:
        seen = _look(request, quota, deps)
        return seen, decide(request, seen, deps.now(), quota, deps.share)
    except GATE_SHUT:
        seen = _look(request, quota, deps)
        return seen, decide(request, seen, deps.now(), quota, deps.share)


def _look(request: TurnRequest, quota: Quota | None, deps: PlayerDependencies) -> Snapshot:
    household = request.household if deps.share else None
    return deps.turns.snapshot(request.player, request.key, request.campaign_id, request.turn_id, quota, household)


def _start(turn: TurnRecord, deps: PlayerDependencies, wait: int) -> TurnRecord:
    """The turn after its workflow was started. A start that fails costs nothing but time: see _resume."""
    try:
        if wait:
            played = deps.workflow.play(turn.workflow_input(), wait)
            if played.closed and played.closed.turn:
                return turn.ended_as(played.closed)
            if played.ended:
                return read_current(turn, deps)
        else:
            deps.workflow.start(turn.workflow_input())
    except NotStarted as error:
        deps.notice(f"turn not started: {error}")
        deps.turns.restart_from(turn, deps.now())
        return turn
    deps.turns.mark_running(turn)
    return read_current(turn, deps) if wait else turn


def _resume(turn: TurnRecord, deps: PlayerDependencies, wait: int) -> TurnRecord:
    """A turn that is requested again: started when nobody seems to have done so, else waited for."""
    now = deps.now()
    lost = turn.status == "accepted" and turn.restart_at <= now
    if lost and deps.turns.restart_from(turn, now + RESTART_AFTER):
        return _start(turn, deps, wait)
    return await_end(turn, deps, wait)
