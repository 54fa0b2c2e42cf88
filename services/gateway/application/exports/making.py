"""Make the archive that a player asked for."""

from __future__ import annotations

from dataclasses import replace

from services.gateway.application.exports.contents import list_files
from services.gateway.application.exports.ports import MakingDependencies
from services.gateway.domain.archives import ArchiveFile, make_manifest
from services.gateway.domain.exports import DataExport, ExportArchive, ExportJob, describe_export
from services.gateway.domain.rejections import BeingErased, ResourceMissing


def make_export(job: ExportJob, deps: MakingDependencies) -> None:
    """Make the archive, keep it, and tell the player's connections. Any number of times: it is made once.

    What was asked for and is not wanted any more (the player went, or asked for another) is not kept, even if somebody
    died who had just stored it.
    """
    export = None if deps.contents.erasures.has_begun(job.player) else deps.exports.of(job.player)
    if export is None or export.export_id != job.export_id:
        deps.archives.remove(job.export_id)
        return
    if export.archive:
        return
    for each in export.replaces:
        deps.archives.remove(each)
    try:
        made = replace(export, archive=_write(export, job.username, deps))
    except (BeingErased, ResourceMissing):
        if not deps.contents.erasures.has_begun(job.player):
            raise
        return  # the player went while it was made
    if not deps.exports.finish(made):
        deps.archives.remove(job.export_id)
        return
    told = describe_export(made, deps.now())
    for socket in deps.sockets.of(job.player):
        deps.tell(socket.connection, told)


def _write(export: DataExport, username: str, deps: MakingDependencies) -> ExportArchive:
    now = deps.now()
    with deps.open_archive() as archive:
        entries = [archive.add(file, now) for file in list_files(export.player, username, deps.contents)]
        manifest = make_manifest(export, entries, now)
        archive.add(ArchiveFile("manifest.json", "What is in this archive.", [manifest]), now)
        size, digest = archive.seal()
        deps.archives.store(export.export_id, archive.content)
    return ExportArchive(size, digest, now)
