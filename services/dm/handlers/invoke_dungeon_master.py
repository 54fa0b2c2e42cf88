"""Lambda entry point: one call to a game master, kept, so that a retry never pays for a second one."""

from __future__ import annotations

from contracts.dm import DungeonMasterFailedV1, DungeonMasterReplied, DungeonMasterRespondedV1, InvokeDungeonMaster
from contracts.errors import StageError
from services.dm.domain import progress
from services.dm.domain.fault_injection import inject_fault
from services.dm.wiring import game_master
from stagekit.chaos import should_fail
from stagekit.events import Announcement
from stagekit.observe import logger
from stagekit.stage import stage


def announce_reply(request: InvokeDungeonMaster, reply: DungeonMasterReplied) -> Announcement:
    return Announcement(DungeonMasterRespondedV1, progress.describe_answer(request, reply))


def announce_failure(request: InvokeDungeonMaster, error: StageError) -> Announcement | None:
    return Announcement(DungeonMasterFailedV1, data) if (data := progress.describe_failure(request, error)) else None


@stage(InvokeDungeonMaster, DungeonMasterReplied, announcement=announce_reply, failure=announce_failure)
def handler(*, request: InvokeDungeonMaster) -> DungeonMasterReplied:
    inject_fault(request, should_fail)
    reply = (master := game_master()).answer(request)
    logger().info("answered", extra={"told_by": reply.told_by, "stop": reply.stop, "prompt": master.prompt_version})
    return reply
