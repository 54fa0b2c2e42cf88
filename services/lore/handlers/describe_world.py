"""Lambda entry point of `describe-world`: wiring, nothing else."""

from __future__ import annotations

from contracts.lore import DescribeWorld, WorldDescribed
from services.lore.domain.world_summary import describe
from services.lore.wiring import world
from stagekit.stage import Keeps, stage


@stage(DescribeWorld, WorldDescribed, keeps=Keeps.NOTHING)
def handler(*, request: DescribeWorld) -> WorldDescribed:
    """The parts of the world that a player may know before starting."""
    return describe(world(), request)
