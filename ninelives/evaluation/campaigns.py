"""Shipped worlds, and campaigns that have just started in one."""

from __future__ import annotations

from functools import cache

from contracts.campaign import CreateCampaign
from contracts.envelope import Envelope
from contracts.lore import DescribeWorld
from contracts.state import CampaignState
from services.campaign.domain.start import commitment, start
from services.lore.adapters.pack_files import load_pack
from services.lore.domain.pack import Pack
from services.lore.domain.world_summary import describe
from services.lore.wiring import WORLDS

CAMPAIGN = "c_" + "e" * 26
NAME = "Tester"


@cache
def pack(world: str) -> Pack:
    """A shipped world. Raises PackInvalid when there is none of this id."""
    return load_pack(WORLDS / world)


def nekopolis() -> Pack:
    """The world that is played when nothing else is said."""
    return pack("nekopolis")


def begin_campaign(class_id: str, seed: str) -> CampaignState:
    """A campaign that has just started. Raises StopIteration for a class there is not."""
    world = describe(nekopolis(), DescribeWorld())
    cat = next(each for each in world.classes if each.id == class_id)
    request = CreateCampaign(
        envelope=Envelope(idempotency_key="start", correlation_id="start", campaign_id=CAMPAIGN),
        owner="eval",
        name=NAME,
        cat=cat,
        items=tuple(item for item in world.items if item.id in cat.items),
        world=world.manifest,
        start=world.start,
        haven=world.haven,
    )
    return start(request, commitment(bytes.fromhex(seed)))
