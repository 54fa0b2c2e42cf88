"""Campaigns that the rules really played, as their own service tells them: every effect is complete and adds up."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from contracts.campaign import CampaignStartedData, CampaignStartedV1, PersistCampaign, Telling
from contracts.dm import GroundingReport, Usage
from contracts.envelope import Envelope, Event, EventMetadata
from contracts.state import CampaignState
from contracts.steps import STEPS
from services.campaign.domain.derive import open_scene
from services.campaign.domain.record import turn_events
from services.campaign.domain.state_hash import state_hash
from services.campaign.domain.turn import play_out
from services.tools.domain.surroundings import Surroundings
from services.tools.tests.pack import CLASSES
from tests.rules.random_player import wander
from tests.rules.small_campaign import Game, new_campaign, small_pack
from tests.support.archived_events import BEGAN, deliver, ident

TELLING = Telling(narrative="So it went.", told_by="understudy", usage=Usage(), report=GroundingReport())


def play(number: int, turns: int) -> tuple[CampaignState, CampaignState, list[dict[str, Any]]]:
    """A wandering cat's first state, its last one, and the events of its campaign's stream."""
    random = Random(number)
    campaign = ident("c", "played", number)
    first = new_campaign(CLASSES[number % len(CLASSES)]).model_copy(update={"campaign_id": campaign})
    game, told, sequence = Game(state=first, seed=f"{number:064x}"), [_start_event(first)], 2
    for turn in range(1, turns + 1):
        before = game.state
        scene = open_scene(before)
        game.turn([wander(Surroundings(scene, small_pack(scene.state)), random)])
        request = PersistCampaign(
            envelope=_envelope(campaign, ident("t", campaign, turn), STEPS.persist),
            base_version=before.version,
            action="Something.",
            outcomes=game.turns[-1],
            telling=TELLING,
        )
        at = BEGAN + timedelta(seconds=30 * turn)
        events = turn_events(
            request, play_out(before, game.turns[-1]), owner="player", seed="0" * 64, sequence=sequence, now=at
        )
        sequence += len(events)
        told += events
        if game.state.status == "ended":
            break
    return first, game.state, [deliver(event) for event in told]


def _envelope(campaign: str, turn: str | None, step: str) -> Envelope:
    key = f"{turn or campaign}/{step}"
    return Envelope(idempotency_key=key, correlation_id=key, campaign_id=campaign, turn_id=turn)


def _start_event(first: CampaignState) -> Event:
    stream, key = f"campaign/{first.campaign_id}", f"{first.campaign_id}/create"
    metadata = EventMetadata(
        event_id=f"{stream}/1",
        schema_version="1.0",
        occurred_at=BEGAN,
        producer="ninelives.campaign",
        correlation_id=key,
        causation_id=key,
        idempotency_key=key,
        campaign_id=first.campaign_id,
        stream=stream,
        sequence=1,
    )
    data = CampaignStartedData(
        owner="player",
        class_id=first.character.class_id,
        world=first.world,
        world_version=first.world_version,
        seed_commitment=first.seed_commitment,
        state_hash=state_hash(first),
        summary={"level": 1, "lives": 9},
    )
    return CampaignStartedV1(metadata=metadata, data=data)
