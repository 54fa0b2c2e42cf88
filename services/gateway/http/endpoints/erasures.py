"""Erasing a player: begun once, for good, and looked at by its id when the player is gone."""

from __future__ import annotations

from contracts.playerapi import EraseAccount, Erasure
from services.gateway.application.accounts.ports import AccountDependencies
from services.gateway.application.erasing.beginning import begin_erasure, read_erasure
from services.gateway.domain.rejections import NotConfirmed
from services.gateway.http import bodies, problems
from services.gateway.http.exchange import HttpRequest, HttpResponse
from services.gateway.http.operations import Operation, SuccessResponse, operation

CONFIRMATION = "erase"


@operation(
    Operation(
        id="accounts.erase",
        tag="players",
        body=EraseAccount,
        answers={200: SuccessResponse(Erasure), 202: SuccessResponse(Erasure)},
        refuses=(problems.NOT_CONFIRMED,),
    )
)
def erase_account(request: HttpRequest, deps: AccountDependencies) -> HttpResponse:
    """Erase the caller: the account, its names, every campaign with all that was typed and told. Guests, too.

    It begins at once and cannot be stopped: from now on the player's token is refused elsewhere. The same call again,
    and `GET /v1/erasures/{erasure_id}`, which needs no token, tell how far it is. 200 once it is done.
    """
    if not request.body or bodies.parse(request, EraseAccount).body.confirm != CONFIRMATION:
        raise NotConfirmed
    erasure = begin_erasure(request.player, request.username, deps)
    return _render(erasure, 200 if erasure.state == "done" else 202)


@operation(Operation(id="erasures.show", tag="players", answers={200: SuccessResponse(Erasure)}))
def show_erasure(request: HttpRequest, deps: AccountDependencies, erasure_id: str) -> HttpResponse:
    """The progress of an erasure. Forgotten 30 days after it is done."""
    return _render(read_erasure(erasure_id, deps), 200)


def _render(erasure: Erasure, status: int) -> HttpResponse:
    return HttpResponse(status, erasure.model_dump_json())
