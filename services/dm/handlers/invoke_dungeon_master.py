"""Lambda entry point: one call to a game master, kept, so that a retry never pays for a second one; and its verdict.

The reply is checked here, where it is, and after it is kept: what the check does to it is worked out each time.
"""

from __future__ import annotations

from contracts.dm import DungeonMasterFailedV1, DungeonMasterReplied, DungeonMasterRespondedV1, InvokeDungeonMaster
from contracts.errors import StageError
from services.dm.application.settings import UNDERSTUDY
from services.dm.domain import progress
from services.dm.domain.fault_injection import inject_fault
from services.dm.domain.validate import check_reply
from services.dm.wiring import catalogue, game_master
from stagekit.chaos import should_fail
from stagekit.events import Announcement
from stagekit.observe import logger
from stagekit.stage import Keeps, stage


def announce_reply(request: InvokeDungeonMaster, reply: DungeonMasterReplied) -> Announcement:
    return Announcement(DungeonMasterRespondedV1, progress.describe_answer(request, reply))


def announce_failure(request: InvokeDungeonMaster, error: StageError) -> Announcement | None:
    return Announcement(DungeonMasterFailedV1, data) if (data := progress.describe_failure(request, error)) else None


def route(request: InvokeDungeonMaster, reply: DungeonMasterReplied) -> DungeonMasterReplied:
    """The reply with the verdict on it, if the request asks for one."""
    if request.report is None:
        return reply
    return reply.model_copy(update={"routed": check_reply(request, reply, catalogue())})


def what_is_kept() -> Keeps:
    """The understudy's reply follows from the request and costs nothing."""
    return Keeps.NOTHING if game_master().settings.provider == UNDERSTUDY else Keeps.CLAIM


@stage(
    InvokeDungeonMaster,
    DungeonMasterReplied,
    keeps=what_is_kept,
    finish=route,
    announcement=announce_reply,
    failure=announce_failure,
)
def handler(*, request: InvokeDungeonMaster) -> DungeonMasterReplied:
    inject_fault(request, should_fail)
    reply = (master := game_master()).answer(request)
    logger().info("answered", extra={"told_by": reply.told_by, "stop": reply.stop, "prompt": master.prompt_version})
    return reply
