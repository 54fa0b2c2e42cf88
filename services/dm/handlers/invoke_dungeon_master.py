"""Lambda entry point: one call to a game master, kept, so that a retry never pays for a second one."""

from __future__ import annotations

from contracts.dm import DungeonMasterFailedV1, DungeonMasterReplied, DungeonMasterRespondedV1, InvokeDungeonMaster
from contracts.errors import StageError
from services.dm.application.answer import answer
from services.dm.domain import progress, prompt
from services.dm.domain.fault_injection import sabotage
from stagekit.chaos import strikes
from stagekit.events import Announcement
from stagekit.observe import logger
from stagekit.stage import stage


def responded(request: InvokeDungeonMaster, reply: DungeonMasterReplied) -> Announcement:
    return Announcement(DungeonMasterRespondedV1, progress.answered(request, reply))


def failed(request: InvokeDungeonMaster, error: StageError) -> Announcement | None:
    return Announcement(DungeonMasterFailedV1, data) if (data := progress.failed(request, error)) else None


@stage(InvokeDungeonMaster, DungeonMasterReplied, announcement=responded, failure=failed)
def handler(*, request: InvokeDungeonMaster) -> DungeonMasterReplied:
    sabotage(request, strikes)
    reply = answer(request)
    logger().info("answered", extra={"told_by": reply.told_by, "stop": reply.stop, "prompt": prompt.PROMPT_VERSION})
    return reply
