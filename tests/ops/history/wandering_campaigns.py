"""Campaigns that wander through the shipped world by its rules, with the events and records a commit would write."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any

from contracts.campaign import Telling, TurnCommitted, TurnResolvedV1
from contracts.dm import GroundingReport, Usage
from contracts.state import CampaignState
from contracts.tools import ToolCall
from ninelives.evaluation.campaigns import begin_campaign, nekopolis
from ninelives.evaluation.local_turn import TurnStart, play_rounds
from ninelives.ops.history.retracing import Retraced, retrace
from services.campaign.domain.derive import open_scene
from services.campaign.domain.record import turn_events
from services.campaign.domain.turn import commit_reply, play_out
from services.lore.domain.slice import cut
from services.tools.domain.surroundings import Surroundings
from tests.rules.random_player import wander

SEED = "5eed" * 16
NOON = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
TELLING = Telling(narrative="It happens.", told_by="understudy", usage=Usage(), report=GroundingReport())
CLASSES = tuple(cat.id for cat in nekopolis().classes)


@dataclass
class WanderingCampaign:
    """A campaign, its events and its records, turn after turn."""

    first: CampaignState
    seed: str = SEED
    events: list[TurnResolvedV1] = field(default_factory=list)
    records: dict[str, TurnCommitted] = field(default_factory=dict)
    states: list[CampaignState] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.states = [self.first]

    @property
    def state(self) -> CampaignState:
        return self.states[-1]

    def wander(self, turns: int, random: Random) -> WanderingCampaign:
        """Play on until the story ends or this many turns are played; a few things at once in some of them."""
        while self.state.status == "active" and len(self.events) < turns:
            scene = open_scene(self.state)
            here = Surroundings(scene, cut(nekopolis(), scene.state))
            self.turn(*(wander(here, random) for _ in range(random.choice([1, 1, 2]))))
        return self

    def turn(self, *intents: tuple[str, dict[str, Any]]) -> WanderingCampaign:
        """Play these intents in one round and commit the turn."""
        calls = [ToolCall(call_id=f"c{n}", name=name, arguments=given) for n, (name, given) in enumerate(intents)]
        turn = play_rounds(TurnStart(self.state, self.seed), [calls], "I act.")
        request = turn.request.model_copy(update={"telling": TELLING})
        played = play_out(self.state, turn.outcomes)
        event, *_ = turn_events(request, played, owner="eve", seed=self.seed, sequence=len(self.events) + 2, now=NOON)
        assert isinstance(event, TurnResolvedV1)
        self.events.append(event)
        self.records[turn.start.envelope.idempotency_key] = commit_reply(request, played, NOON)
        self.states.append(played.state)
        return self

    def record(self, event: TurnResolvedV1) -> TurnCommitted | None:
        return self.records.get(event.metadata.turn_id or "")

    def retrace(self) -> list[Retraced]:
        return list(retrace(self.first, self.events, self.record))


def begin_wandering(class_id: str = CLASSES[0], **character: Any) -> WanderingCampaign:
    """A campaign that has just begun, its cat changed in these figures."""
    state = begin_campaign(class_id, SEED)
    return WanderingCampaign(state.model_copy(update={"character": state.character.model_copy(update=character)}))
