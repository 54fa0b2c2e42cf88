"""Lambda entry point of `play-world`: a function of the request, its dice included. Nothing is kept."""

from __future__ import annotations

from contracts.tools import PlayWorld, WorldPlayed, WorldPlayedV1
from services.tools.domain.progress import world_progress
from services.tools.domain.world import play
from stagekit.events import Announcement
from stagekit.stage import Keeps, stage


def announcement(request: PlayWorld, reply: WorldPlayed) -> Announcement | None:
    if not reply.outcomes:
        return None
    return Announcement(WorldPlayedV1, world_progress(reply.outcomes, request.scene.state.character.name))


@stage(PlayWorld, WorldPlayed, keeps=Keeps.NOTHING, announcement=announcement)
def handler(*, request: PlayWorld) -> WorldPlayed:
    """The world answers a settled scene."""
    key = request.envelope.idempotency_key
    outcomes = play(key, request.scene, request.canon, request.seed)
    return WorldPlayed(envelope=request.envelope, outcomes=outcomes)
