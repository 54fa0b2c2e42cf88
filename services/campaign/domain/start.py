"""The start of a campaign: a cat of its class, in the first place of its world."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from contracts.canon import EntityRef
from contracts.effects import ItemGained
from contracts.errors import InvalidRequest
from contracts.state import AbilityState, Budget, CampaignState, Character, ItemInstance, KnownPlace, Scene
from services.campaign.domain.derive import STATS, scene_of
from services.campaign.domain.folding.items import item_gained
from services.campaign.domain.folding.working import No, with_cat

if TYPE_CHECKING:
    from contracts.campaign import CreateCampaign
    from contracts.canon import CatClass, Item

FIRST_VERSION = 1


def commitment(seed: bytes) -> str:
    """The commitment to the seed that is published while the campaign runs."""
    return sha256(seed).hexdigest()


def start(request: CreateCampaign, seed_commitment: str) -> CampaignState:
    """The first state. Raises InvalidRequest when the class starts with something that cannot be carried."""
    place = EntityRef(id=request.start.id, name=request.start.name)
    state = CampaignState(
        campaign_id=request.envelope.campaign_id,
        version=FIRST_VERSION,
        world=request.world.id,
        world_version=request.world.version,
        seed_commitment=seed_commitment,
        character=_cat(request.name, request.cat),
        place=place,
        haven=request.haven,
        content=request.content,
        places=(KnownPlace(id=place.id, name=place.name),),  # the first look around draws the ways out
    )
    return _equip(_pack(scene_of(state, Budget()), request)).state


def _cat(name: str, cat: CatClass) -> Character:
    return Character(
        name=name,
        class_id=cat.id,
        class_name=cat.name,
        stats={stat: cat.stats.get(stat, 0) for stat in STATS},
        hp=cat.hp,
        max_hp=cat.hp,
        hp_per_level=cat.hp_per_level,
        energy=cat.energy,
        max_energy=cat.energy,
        armour=cat.armour,
        credits=cat.credits,
        abilities=tuple(
            AbilityState(ability=ability.model_copy(update={"aliases": ()}), charges=ability.charges)
            for ability in cat.abilities
        ),
    )


def _pack(scene: Scene, request: CreateCampaign) -> Scene:
    """The bag filled with what the class starts with."""
    canon = {item.id: item for item in request.items}
    for slug in request.cat.items:
        if slug not in canon:
            raise InvalidRequest(f"{request.cat.id} starts with {slug}, which the request does not describe")
        folded = item_gained(ItemGained(item=instance_of(canon[slug]), source=request.cat.id), scene)
        if isinstance(folded, No):
            raise InvalidRequest(f"{request.cat.id} cannot start with {slug}: {folded.reason}")
        scene = folded
    return scene


def instance_of(item: Item) -> ItemInstance:
    """One of this thing, as it is carried. The fold gives it its own id."""
    shared = {name: value for name, value in item if name in ItemInstance.model_fields}
    return ItemInstance.model_validate({**shared, "id": item.id, "item": item.id})


def _equip(scene: Scene) -> Scene:
    """A cat does not start its first day with its gear in the bag: the first thing for each slot is worn."""
    equipment: dict[str, str] = {}
    for item in scene.state.character.inventory:
        if item.slot is not None:
            equipment.setdefault(item.slot, item.id)
    return with_cat(scene, equipment=equipment)
