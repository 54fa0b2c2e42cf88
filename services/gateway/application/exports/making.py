"""Make the archive that a player asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from contracts.errors import Transient
from services.gateway.application.exports.contents import list_files
from services.gateway.application.exports.ports import MakingDependencies
from services.gateway.domain.archives import ArchiveFile, make_manifest
from services.gateway.domain.exports import DataExport, ExportArchive, ExportJob, describe_export, name_file
from services.gateway.domain.rejections import BeingErased, ResourceMissing

TRIES = 5
"""Most attempts to write down what became of an export, while other copies of the job do."""


def make_export(job: ExportJob, deps: MakingDependencies) -> None:
    """Make the archive, keep it, and tell the player's connections. Any number of times: the first that is finished is
    the one.

    What was asked for and is not wanted any more (the player went, or asked for another) is not kept, even if somebody
    died who had just stored it.
    """
    export = deps.exports.of(job.player)
    if export is None or deps.contents.erasures.has_begun(job.player) or export.export_id != job.export_id:
        _remove_files(job, export, deps)
        return
    if export.archive:
        return
    for each in export.replaces:
        deps.archives.remove(each)
    try:
        made = _store(export, job, deps)
    except (BeingErased, ResourceMissing):
        if not deps.contents.erasures.has_begun(job.player):
            raise
        return  # the player went while it was made
    if made is None:
        return
    finished = _change(job, deps, lambda export: replace(export, archive=made))
    if finished is None or finished.archive is None or finished.archive.file != made.file:
        deps.archives.remove(made.file)
        return
    told = describe_export(finished, deps.now())
    for socket in deps.sockets.of(job.player):
        deps.tell(socket.connection, told)


def _remove_files(job: ExportJob, export: DataExport | None, deps: MakingDependencies) -> None:
    """Remove what copies of this job have stored: the export in its place knows of them, or it is there itself."""
    for each in export.files if export else ():
        if each.startswith(job.export_id):
            deps.archives.remove(each)


def _store(export: DataExport, job: ExportJob, deps: MakingDependencies) -> ExportArchive | None:
    """Store the archive in a file that is written down before; None when it is not wanted any more."""
    now = deps.now()
    with deps.open_archive() as archive:
        entries = [archive.add(file, now) for file in list_files(export.player, job.username, deps.contents)]
        manifest = make_manifest(export, entries, now)
        archive.add(ArchiveFile("manifest.json", "What is in this archive.", [manifest]), now)
        size, digest = archive.seal()
        file = name_file(export.export_id, digest)
        noted = _change(job, deps, lambda export: replace(export, stored=(*export.stored, file)))
        if noted is None or noted.archive:
            return None
        deps.archives.store(file, archive.content)
    return ExportArchive(size, digest, now, file)


def _change(job: ExportJob, deps: MakingDependencies, change: Callable[[DataExport], DataExport]) -> DataExport | None:
    """The export of the job, changed; as it is, if it is finished; None when the player went, or asked for another.
    Raises Transient when other copies of the job kept changing it."""
    for _ in range(TRIES):
        export = deps.exports.of(job.player)
        if export is None or export.export_id != job.export_id:
            return None
        if export.archive:
            return export
        changed = change(export)
        if deps.exports.put(changed, export):
            return changed
    raise Transient("other copies of the job kept changing the export")
