"""Lambda entry point of `play-world`: wiring, nothing else."""

from __future__ import annotations

from contracts.tools import PlayWorld, WorldPlayed
from services.tools.domain.world import play
from stagekit.stage import stage


@stage(PlayWorld, WorldPlayed)
def handler(*, request: PlayWorld) -> WorldPlayed:
    """The world answers a settled scene."""
    key = request.envelope.idempotency_key
    outcomes = play(key, request.scene, request.canon, request.seed)
    return WorldPlayed(envelope=request.envelope, outcomes=outcomes)
