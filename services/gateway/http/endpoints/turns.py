"""Turns: take one, show one, list them."""

from __future__ import annotations

from contracts.envelope import CampaignId, TurnId
from contracts.playerapi import NewTurn, Turn, TurnPage
from services.gateway.application.ports import PlayerDependencies
from services.gateway.application.turns import reading, taking
from services.gateway.domain.actions import clean_action
from services.gateway.domain.admission import TurnRequest
from services.gateway.domain.keys import derive_turn_id
from services.gateway.domain.limits import client_network
from services.gateway.domain.links import link_turn
from services.gateway.domain.records import TurnRecord
from services.gateway.http import bodies, problems
from services.gateway.http.exchange import HttpRequest, HttpResponse
from services.gateway.http.idempotency import read_key
from services.gateway.http.operations import Operation, SuccessResponse, operation
from services.gateway.http.preferences import confirm_wait, read_wait
from services.gateway.http.queries import CursorParameter, page_size

LIMIT = page_size(20, 50)
BEFORE = CursorParameter("before", "The `next_before` of the page before: the id of a turn.", r"t_[a-z2-7]{26}")
UNSEEN = {"pointer": "#/action", "detail": "Needs a letter, a digit or another sign that can be seen."}


@operation(
    Operation(
        id="turns.take",
        tag="turns",
        body=NewTurn,
        keyed=True,
        waits=True,
        answers={
            200: SuccessResponse(Turn, ("Location",)),
            202: SuccessResponse(Turn, ("Location", "Retry-After")),
        },
        refuses=(
            problems.CHAOS_DISABLED,
            problems.TURN_IN_PROGRESS,
            problems.TURN_CONFLICT,
            problems.CAMPAIGN_OVER,
            problems.RATE_LIMITED,
        ),
    )
)
def take_turn(request: HttpRequest, deps: PlayerDependencies, campaign_id: CampaignId) -> HttpResponse:
    """Admit a turn and start it. The same key again gives the same turn, started again only when its start was lost."""
    wait = read_wait(request, deps.max_wait)
    asked = _parse(request, campaign_id, waits=wait >= deps.max_wait)
    turn, was_replayed = taking.take_turn(asked, wait, deps)
    location = {"Location": link_turn(turn.campaign_id, turn.turn_id)}
    replayed = {"Idempotency-Replayed": "true"} if was_replayed else {}
    headers = {**location, **_retry_after(turn), **confirm_wait(wait), **replayed}
    return HttpResponse(200 if turn.finished else 202, turn.json(), headers)


@operation(
    Operation(
        id="turns.show",
        tag="turns",
        waits=True,
        answers={200: SuccessResponse(Turn)},
        refuses=(problems.RATE_LIMITED,),
    )
)
def show_turn(request: HttpRequest, deps: PlayerDependencies, campaign_id: CampaignId, turn_id: TurnId) -> HttpResponse:
    """A turn as it is, or as it has become once the client has waited."""
    wait = read_wait(request, deps.max_wait)
    turn = reading.read_turn(request.player, campaign_id, turn_id, wait, deps)
    return HttpResponse(200, turn.json(), {**_retry_after(turn), **confirm_wait(wait)})


@operation(Operation(id="turns.listed", tag="turns", queries=(LIMIT, BEFORE), answers={200: SuccessResponse(TurnPage)}))
def list_turns(request: HttpRequest, deps: PlayerDependencies, campaign_id: CampaignId) -> HttpResponse:
    """Turns of a campaign, newest first; `before` is the id of the last one already seen."""
    limit, before = LIMIT.read(request), BEFORE.read(request)
    page = reading.list_turns(request.player, campaign_id, before, limit, deps)
    return HttpResponse(200, page.model_dump_json())


def _parse(request: HttpRequest, campaign_id: CampaignId, *, waits: bool) -> TurnRequest:
    key = read_key(request)
    sent = bodies.parse(request, NewTurn)
    action = clean_action(sent.body.action)
    if not action:
        raise problems.INVALID_BODY.error(errors=(UNSEEN,))
    return TurnRequest(
        player=request.player,
        key=key,
        fingerprint=sent.fingerprint,
        campaign_id=campaign_id,
        turn_id=derive_turn_id(request.player, campaign_id, key),
        action=action,
        expected_turn=sent.body.expected_turn,
        traceparent=request.traceparent,
        chaos=sent.body.chaos,
        waits=waits,
        household=client_network(request.address),
    )


def _retry_after(turn: TurnRecord) -> dict[str, str]:
    return {} if turn.finished else {"Retry-After": "1"}
