"""Campaigns as lore sees them."""

from __future__ import annotations

from typing import Any

from contracts.canon import EntityRef
from contracts.envelope import Envelope
from contracts.lore import LoreRetrieved, RetrieveLore
from contracts.state import AbilityState, CampaignState, Character, Derived, ItemInstance, QuestState, Scene
from services.lore.domain.pack import Pack
from services.lore.domain.retrieval import retrieve

CAMPAIGN = "c_" + "a" * 26
ENVELOPE = Envelope(idempotency_key="t/lore/0", correlation_id="t", campaign_id=CAMPAIGN)


def campaign(pack: Pack, place: str | None = None, **changes: Any) -> CampaignState:
    """A young campaign in this world, standing at `place` (the start when None)."""
    here = pack.place[place or pack.manifest.start]
    cat = pack.classes[0]
    carried = tuple(carrying(pack, id, n) for n, id in enumerate(changes.pop("carried", ())))
    return CampaignState(
        campaign_id=CAMPAIGN,
        version=1,
        world=pack.manifest.id,
        world_version=pack.manifest.version,
        seed_commitment="0" * 64,
        character=Character(
            name="Test",
            class_id=cat.id,
            class_name=cat.name,
            stats=cat.stats,
            hp=cat.hp,
            max_hp=cat.hp,
            hp_per_level=cat.hp_per_level,
            energy=cat.energy,
            max_energy=cat.energy,
            armour=cat.armour,
            credits=cat.credits,
            abilities=tuple(AbilityState(ability=a) for a in cat.abilities),
            inventory=carried,
        ),
        place=EntityRef(id=here.id, name=here.name),
        haven=pack.haven,
        **changes,
    )


def carrying(pack: Pack, item: str, number: int = 0) -> ItemInstance:
    canon = pack.item[item]
    return ItemInstance(id=f"{item}-{number}", item=item, name=canon.name, kind=canon.kind)


def on_quest(pack: Pack, id: str, stage: int = 0, status: str = "active") -> QuestState:
    quest = pack.quest[id]
    now = quest.stages[stage]
    return QuestState.model_validate(
        {"id": id, "name": quest.name, "arc": quest.arc, "status": status, "stage": now.id, "text": now.text}
    )


def asking(state: CampaignState, action: str = "I look around") -> RetrieveLore:
    return RetrieveLore(
        envelope=ENVELOPE, action=action, scene=Scene(state=state, derived=Derived(stats={}, armour=0, load=0))
    )


def retrieve_for(pack: Pack, state: CampaignState, action: str = "I look around") -> LoreRetrieved:
    return retrieve(pack, asking(state, action))
