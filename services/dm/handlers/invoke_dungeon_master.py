"""Lambda entry point: one call to a game master, kept, so that a retry never pays for a second one; and its verdict.

The reply is checked here, where it is, and after it is kept: what the check makes of it is worked out each time.
"""

from __future__ import annotations

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster
from services.dm.application.announcing import announce_failure, announce_reply
from services.dm.domain.fault_injection import inject_fault
from services.dm.wiring import game_master
from stagekit.chaos import should_fail
from stagekit.observe import logger
from stagekit.stage import Keeps, stage


@stage(
    InvokeDungeonMaster,
    DungeonMasterReplied,
    keeps=lambda: Keeps.CLAIM if game_master().costs else Keeps.NOTHING,
    finish=lambda request, reply: game_master().check(request, reply),
    announcement=announce_reply,
    failure=announce_failure,
)
def handler(*, request: InvokeDungeonMaster) -> DungeonMasterReplied:
    inject_fault(request, should_fail)
    reply = (master := game_master()).answer(request)
    logger().info("answered", extra={"told_by": reply.told_by, "stop": reply.stop, "prompt": master.prompt_version})
    return reply
