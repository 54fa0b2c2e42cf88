"""Lambda entry point of `describe-world`: wiring, nothing else."""

from __future__ import annotations

from contracts.lore import DescribeWorld, WorldDescribed
from services.lore.adapters.world import world
from services.lore.domain.prospectus import describe
from stagekit.stage import stage


@stage(DescribeWorld, WorldDescribed, kept=False)
def handler(*, request: DescribeWorld) -> WorldDescribed:
    """What a player may know before starting."""
    return describe(world(), request)
