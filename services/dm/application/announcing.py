"""Progress events of an attempt to get an answer."""

from __future__ import annotations

from contracts.dm import DungeonMasterFailedV1, DungeonMasterReplied, DungeonMasterRespondedV1, InvokeDungeonMaster
from contracts.errors import StageError
from services.dm.domain import progress
from stagekit.events import Announcement


def announce_reply(request: InvokeDungeonMaster, reply: DungeonMasterReplied) -> Announcement:
    return Announcement(DungeonMasterRespondedV1, progress.describe_answer(request, reply))


def announce_failure(request: InvokeDungeonMaster, error: StageError) -> Announcement | None:
    """The failure of a master; None for one of ours."""
    return Announcement(DungeonMasterFailedV1, data) if (data := progress.describe_failure(request, error)) else None
