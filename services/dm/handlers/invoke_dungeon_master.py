"""Lambda entry point: one call to a game master, kept, so that a retry never pays for a second one; and its verdict."""

from __future__ import annotations

from contracts.dm import DungeonMasterFailedV1, DungeonMasterReplied, DungeonMasterRespondedV1, InvokeDungeonMaster
from services.dm.domain.fault_injection import inject_fault
from services.dm.domain.progress import describe_answer, describe_failure
from services.dm.wiring import game_master
from stagekit.chaos import should_fail
from stagekit.events import Announcement
from stagekit.observe import logger
from stagekit.stage import Keeps, stage


@stage(
    InvokeDungeonMaster,
    DungeonMasterReplied,
    keeps=lambda: Keeps.CLAIM if game_master().costs else Keeps.NOTHING,
    may_differ=("memories",),  # nobody keeps what was recalled
    finish=lambda request, reply: game_master().check(request, reply),  # after it is kept, and so each time
    announcement=lambda request, reply: Announcement(DungeonMasterRespondedV1, describe_answer(request, reply)),
    failure=lambda asked, why: Announcement(DungeonMasterFailedV1, d) if (d := describe_failure(asked, why)) else None,
)
def handler(*, request: InvokeDungeonMaster) -> DungeonMasterReplied:
    inject_fault(request, should_fail)
    reply = (master := game_master()).answer(request)
    logger().info("answered", extra={"told_by": reply.told_by, "stop": reply.stop, "prompt": master.prompt_version})
    return reply
