"""Ask for an archive of what is held about oneself, and look whether it is there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from contracts.errors import Transient
from services.gateway.application.erased_players import refuse_erased
from services.gateway.application.ports import PlayerDependencies
from services.gateway.domain.exports import DataExport, ExportJob, describe_export
from services.gateway.domain.keys import derive_export_id
from services.gateway.domain.rejections import ResourceMissing

if TYPE_CHECKING:
    from contracts.playerapi import AccountExport, ExportId


def begin_export(player: str, username: str, deps: PlayerDependencies) -> AccountExport:
    """Begin an archive, or tell of the one that is being made: there is one at a time. Raises TooManyRequests."""
    refuse_erased(player, deps.erasures)
    now, register = deps.now(), deps.exports.register
    before = register.of(player)
    if before and before.state(now) == "running":
        return describe_export(before, now)
    deps.limiter.count(player, "exports", now)
    replaces = before.files if before else ()
    export = DataExport(derive_export_id(player, now), player, now, replaces=replaces)
    if not register.put(export, before):
        return describe_export(_of_another_request(player, deps), now)
    try:
        deps.exports.begin(ExportJob(player=player, username=username, export_id=export.export_id))
    except Exception:
        register.put(replace(export, lost=True), export)
        raise
    return describe_export(export, now)


def show_export(player: str, export_id: ExportId, deps: PlayerDependencies) -> AccountExport:
    """The player's own archive as it is, with a link once it is ready. Raises ResourceMissing."""
    refuse_erased(player, deps.erasures)
    now = deps.now()
    export = deps.exports.register.of(player)
    if export is None or export.export_id != export_id or now >= export.kept_until:
        raise ResourceMissing("export")
    link = deps.exports.link(export.archive.file, now) if export.archive else None
    return describe_export(export, now, link)


def _of_another_request(player: str, deps: PlayerDependencies) -> DataExport:
    found = deps.exports.register.of(player)
    if found is None:
        raise Transient("an archive went while another one was asked for")
    return found
