"""Lambda entry point: one call to a game master, kept, so that a retry never pays for a second one."""

from __future__ import annotations

from contracts.dm import DungeonMasterReplied, DungeonMasterRespondedData, DungeonMasterRespondedV1, InvokeDungeonMaster
from services.dm.adapters.provider import answer
from services.dm.domain.claims import claimed
from services.dm.domain.prompt import PROMPT_VERSION
from stagekit.events import Announcement
from stagekit.observe import logger
from stagekit.stage import stage


def responded(request: InvokeDungeonMaster, reply: DungeonMasterReplied) -> Announcement:
    data = DungeonMasterRespondedData(
        told_by=reply.told_by,
        stop=reply.stop,
        calls=len(reply.calls),
        usage=reply.usage,
        claims=claimed(request.action),
    )
    return Announcement(DungeonMasterRespondedV1, data)


@stage(InvokeDungeonMaster, DungeonMasterReplied, announcement=responded)
def handler(*, request: InvokeDungeonMaster) -> DungeonMasterReplied:
    reply = answer(request)
    logger().info("answered", extra={"told_by": reply.told_by, "stop": reply.stop, "prompt": PROMPT_VERSION})
    return reply
