"""Exports: what is held about the caller, as one archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contracts.playerapi import AccountExport
from services.gateway.application.exports import asking
from services.gateway.application.ports import PlayerDependencies
from services.gateway.domain.links import link_export
from services.gateway.http import bodies, problems
from services.gateway.http.exchange import HttpRequest, HttpResponse
from services.gateway.http.operations import Operation, SuccessResponse, operation

if TYPE_CHECKING:
    from contracts.playerapi import ExportId

_SOON = {"Retry-After": "2"}


@operation(
    Operation(
        id="exports.begin",
        tag="players",
        answers={202: SuccessResponse(AccountExport, ("Location", "Retry-After"))},
        refuses=(problems.TOO_LARGE, problems.RATE_LIMITED),
    )
)
def begin_export(request: HttpRequest, deps: PlayerDependencies) -> HttpResponse:
    """Ask for everything this API can tell about the caller, as one archive. A body is not read.

    It is made while nobody waits: ask for it until it is `ready`; whoever has a WebSocket open is told. While one is
    made, asking for another gets that one.
    """
    bodies.check_size(request)
    export = asking.begin_export(request.player, request.username, deps)
    return HttpResponse(202, _render(export), {"Location": link_export(export.export_id), **_SOON})


@operation(Operation(id="exports.show", tag="players", answers={200: SuccessResponse(AccountExport)}))
def show_export(request: HttpRequest, deps: PlayerDependencies, export_id: ExportId) -> HttpResponse:
    """An archive of the caller's as it is. A ready one has a link that opens it for some minutes."""
    export = asking.show_export(request.player, export_id, deps)
    return HttpResponse(200, _render(export), _SOON if export.state == "running" else {})


def _render(export: AccountExport) -> str:
    return export.model_dump_json(exclude_none=True)
