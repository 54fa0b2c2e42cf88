"""Turns over HTTP: take one, show one, list them."""

from __future__ import annotations

from contracts.envelope import CampaignId, TurnId
from contracts.errors import Transient
from contracts.playerapi import NewTurn, Turn, TurnPage
from services.gateway.application.ports import Desk, NotStarted
from services.gateway.domain import keys
from services.gateway.domain.admission import Asked, decide
from services.gateway.domain.records import RESTART_AFTER, Admission, TurnRecord
from services.gateway.http import bodies, preferences, problems
from services.gateway.http.exchange import Answer, Request
from services.gateway.http.operations import Operation, Told, operation

TRIES = 6
PAUSE = 0.05
POLL_SECONDS = 0.25
LIMIT = preferences.page_size(20, 50)
BEFORE = preferences.Mark("before", "The `next_before` of the page before: the id of a turn.", r"t_[a-z2-7]{26}")


@operation(
    Operation(
        id="turns.take",
        tag="turns",
        body=NewTurn,
        keyed=True,
        waits=True,
        answers={200: Told(Turn, ("Location",)), 202: Told(Turn, ("Location", "Retry-After"))},
        refuses=(
            problems.chaos_disabled,
            problems.turn_in_progress,
            problems.turn_conflict,
            problems.campaign_over,
            problems.rate_limited,
        ),
    )
)
def take(request: Request, desk: Desk, campaign_id: CampaignId) -> Answer:
    """Admit a turn and start it. The same key again gives the same turn, started again only when its start was lost."""
    asked = _asked(request, desk, campaign_id)
    wait = preferences.wait_asked(request, desk.max_wait)
    turn, replayed = _admitted(asked, desk)
    if replayed:
        turn = _resumed(turn, desk, wait)
        return _taken(turn, wait).with_headers({"Idempotency-Replayed": "true"})
    return _taken(_started(turn, desk, wait), wait)


@operation(Operation(id="turns.show", tag="turns", waits=True, answers={200: Told(Turn)}))
def show(request: Request, desk: Desk, campaign_id: CampaignId, turn_id: TurnId) -> Answer:
    """A turn as it is, or as it has become once the client has waited."""
    wait = preferences.wait_asked(request, desk.max_wait)
    turn = desk.ledger.turn(campaign_id, turn_id)
    if turn is None or turn.owner != request.player:
        raise problems.not_found("turn")
    turn = _awaited(turn, desk, wait)
    later = {} if turn.finished else {"Retry-After": "1"}
    return Answer(200, turn.json(), {**later, **preferences.applied(wait)})


@operation(Operation(id="turns.listed", tag="turns", queries=(LIMIT, BEFORE), answers={200: Told(TurnPage)}))
def listed(request: Request, desk: Desk, campaign_id: CampaignId) -> Answer:
    """Turns of a campaign, newest first; `before` is the id of the last one already seen."""
    limit, before = LIMIT.of(request), BEFORE.of(request)
    gate = desk.ledger.gate(campaign_id)
    if gate is None or gate.owner != request.player:
        raise problems.not_found("campaign")
    start = desk.ledger.turn(campaign_id, before) if before else None
    if before and start is None:
        raise problems.bad_query("before", "is not a turn of this campaign")
    found = desk.ledger.turns(campaign_id, start.ordinal if start else None, limit + 1)
    page = TurnPage(
        items=tuple(Turn.model_validate_json(turn.json()) for turn in found[:limit]),
        next_before=found[limit - 1].turn_id if len(found) > limit else None,
    )
    return Answer(200, page.model_dump_json())


def _asked(request: Request, desk: Desk, campaign_id: CampaignId) -> Asked:
    key = keys.idempotency_key(request)
    wish = bodies.read(request, NewTurn)
    if wish.body.chaos and not desk.chaos:
        raise problems.chaos_disabled()
    return Asked(
        player=request.player,
        key=key,
        fingerprint=wish.fingerprint,
        campaign_id=campaign_id,
        turn_id=keys.turn_id_of(request.player, campaign_id, key),
        action=wish.body.action,
        expected_turn=wish.body.expected_turn,
        traceparent=request.traceparent,
        chaos=wish.body.chaos,
    )


def _admitted(asked: Asked, desk: Desk) -> tuple[TurnRecord, bool]:
    """The turn, and whether it had been admitted before. Whoever loses a race looks again and decides anew."""
    for attempt in range(TRIES):
        seen = desk.ledger.snapshot(asked.player, asked.key, asked.campaign_id, asked.turn_id)
        decision = decide(asked, seen, desk.now())
        if not isinstance(decision, Admission):
            return decision, True
        if attempt == 0:
            desk.limits.spend(asked.player, "turns", desk.now())
        if desk.ledger.admit(decision):
            return decision.turn, False
        desk.pause(PAUSE * attempt)
    raise Transient("admission kept losing races")


def _started(turn: TurnRecord, desk: Desk, wait: int) -> TurnRecord:
    """The turn after its workflow was started. A start that fails costs nothing but time: see _resumed."""
    try:
        if wait and desk.workflow.play(turn.play(), wait):
            return _current(turn, desk)
        if not wait:
            desk.workflow.start(turn.play())
    except NotStarted as error:
        desk.notice(f"turn not started: {error}")
        desk.ledger.restart_from(turn, desk.now())
        return turn
    desk.ledger.running(turn)
    return _current(turn, desk) if wait else turn


def _resumed(turn: TurnRecord, desk: Desk, wait: int) -> TurnRecord:
    """A turn asked for again: started when nobody seems to have done so, else waited for."""
    now = desk.now()
    lost = turn.status == "accepted" and turn.restart_at <= now
    if lost and desk.ledger.restart_from(turn, now + RESTART_AFTER):
        return _started(turn, desk, wait)
    return _awaited(turn, desk, wait)


def _awaited(turn: TurnRecord, desk: Desk, wait: int) -> TurnRecord:
    for _ in range(round(wait / POLL_SECONDS)):
        if turn.finished:
            break
        desk.pause(POLL_SECONDS)
        turn = _current(turn, desk)
    return turn


def _current(turn: TurnRecord, desk: Desk) -> TurnRecord:
    return desk.ledger.turn(turn.campaign_id, turn.turn_id) or turn


def _taken(turn: TurnRecord, wait: int) -> Answer:
    location = {"Location": problems.turn_url(turn.campaign_id, turn.turn_id)}
    later = {} if turn.finished else {"Retry-After": "1"}
    headers = {**location, **later, **preferences.applied(wait)}
    return Answer(200 if turn.finished else 202, turn.json(), headers)
