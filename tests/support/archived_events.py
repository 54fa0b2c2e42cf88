"""Events in an archive after some campaigns: facts and progress as EventBridge delivers them, oldest first.

Made, not played: figures are plausible and add up inside a campaign (level, lives, place, sequences), and the same
arguments always give the same events. `tests/ops/replay/played.py` has campaigns that the rules really played.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Any
from uuid import UUID

from contracts.campaign import (
    CampaignEndedData,
    CampaignEndedV1,
    CampaignErasedData,
    CampaignErasedV1,
    CampaignStartedData,
    CampaignStartedV1,
    EffectRecord,
    FactRecord,
    TurnResolvedData,
    TurnResolvedV1,
    TurnTotals,
)
from contracts.canon import EntityRef
from contracts.dm import (
    DungeonMasterFailedData,
    DungeonMasterFailedV1,
    DungeonMasterRespondedData,
    DungeonMasterRespondedV1,
    Usage,
)
from contracts.envelope import Event, EventMetadata
from contracts.gateway import (
    ReportClosedData,
    ReportClosedV1,
    StageTiming,
    StoryReportedData,
    StoryReportedV1,
    TurnAcceptedData,
    TurnAcceptedV1,
    TurnAnsweredData,
    TurnAnsweredV1,
    TurnFailedData,
    TurnFailedV1,
)
from contracts.lore import LoreRetrievedData, LoreRetrievedV1
from contracts.metrics import DayCeilingReachedData, DayCeilingReachedV1
from contracts.steps import STEPS
from contracts.tools import (
    Roll,
    RollModifier,
    ToolExecutedData,
    ToolExecutedV1,
    WorldPlayedData,
    WorldPlayedV1,
)

BEGAN = datetime(2031, 5, 4, 9, 0, tzinfo=UTC)
PLACES = tuple(
    EntityRef(id=slug, name=name)
    for slug, name in (
        ("static-row", "Static Row"),
        ("drip-market", "The Drip Market"),
        ("boxtown-gate", "Boxtown Gate"),
        ("perch-nine", "Perch Nine"),
        ("the-stacks", "The Stacks"),
    )
)
MODELS = ("anthropic.claude-haiku-4-5", "amazon.nova-lite")
STAGES = ("OpenTurn", "RetrieveLore", "InvokeDungeonMaster", "ValidateAndRoute", "PersistCampaign", "FormatResponse")
TYPICAL = {"InvokeDungeonMaster": 1800, "PersistCampaign": 40}
TOOLS = ("attack", "talk", "search", "move", "use_ability")
REFUSALS = ("no-such-target", "too-far", "no-energy", "locked", "no-action-left")
FOES = ("rust-rat", "drone", "alley-tom")
ENDINGS = ("the-heart-beats",)


def make_events(campaigns: int = 20, turns: int = 25, seed: int = 1, replay: str | None = None) -> list[dict[str, Any]]:
    """The events of so many campaigns with at most so many turns each: `{id, source, detail-type, time, detail}`.

    Some turns fail, some are told by the understudy, some are repaired; some campaigns end, of a story told or of nine
    lives spent; the last turn of some is still open. `replay` is the name of the replay that delivers them again.
    """
    told = [event for number in range(campaigns) for event in _Life(number, turns, seed).tell()]
    told.sort(key=lambda event: (event.metadata.occurred_at, event.metadata.event_id))
    return [deliver(event, replay) for event in told]


def deliver(event: Event, replay: str | None = None) -> dict[str, Any]:
    """An event as EventBridge delivers it; `replay` is the name of the replay that brings it again."""
    known = event.metadata
    wrapped = {
        "version": "0",
        "id": str(UUID(bytes=sha256(known.event_id.encode()).digest()[:16])),
        "detail-type": event.detail_type,
        "source": event.producer,
        "account": "000000000000",
        "time": known.occurred_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": "us-east-1",
        "resources": [],
        "detail": json.loads(event.model_dump_json()),
    }
    return {**wrapped, "replay-name": replay} if replay else wrapped


def ident(kind: str, *parts: object) -> str:
    """A campaign's (`c`) or a turn's (`t`) id."""
    digest = sha256("|".join(map(str, parts)).encode()).digest()
    return f"{kind}_{base64.b32encode(digest).decode().lower()[:26]}"


@dataclass
class _Life:
    """One campaign, told turn by turn."""

    number: int
    most_turns: int
    seed: int
    level: int = 1
    xp: int = 0
    lives: int = 9
    turn: int = 0
    ending: str | None = None
    place: EntityRef = PLACES[0]
    sequences: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = Random(f"{self.seed}/{self.number}")
        self.id = ident("c", self.seed, self.number)
        self.owner = f"player-{self.number % 7}"
        self.now = BEGAN + timedelta(minutes=97 * self.number, seconds=self.random.randrange(60))
        self.dice = sha256(self.id.encode()).hexdigest()

    def tell(self) -> Iterator[Event]:
        yield from self._play()
        if self.number % 8 == 7:
            self.now += timedelta(days=1)
            yield self._event(CampaignErasedV1, CampaignErasedData(turn=self.turn), None, "erase")

    def _play(self) -> Iterator[Event]:
        yield self._start()
        turns = self.random.randint(max(1, self.most_turns // 2), self.most_turns)
        for attempt in range(1, turns + 1):
            pause = self.random.choice((20, 45, 60, 90, 90, 3600 if attempt % 9 == 0 else 30))
            self.now += timedelta(seconds=pause, milliseconds=self.random.randrange(1000))
            last = attempt == turns
            yield from self._turn(ident("t", self.id, attempt), is_open=last and self.number % 6 == 5, last=last)
            if self.ending:
                return

    # Turns

    def _turn(self, turn_id: str, *, is_open: bool, last: bool) -> Iterator[Event]:
        accepted = self.now
        letters = self.random.randint(5, 200)
        data = TurnAcceptedData(owner=self.owner, accepted_at=accepted, action_characters=letters)
        yield self._event(TurnAcceptedV1, data, turn_id, STEPS.accept)
        if is_open:
            return
        stages, failing = self._stages()
        milliseconds = sum(stage.milliseconds for stage in stages)
        yield from self._progress(turn_id)
        self.now = accepted + timedelta(milliseconds=milliseconds)
        if failing:
            error = stages[-1].error or "Deadline"
            failed = TurnFailedData(owner=self.owner, error=error, stage=stages[-1].stage, milliseconds=milliseconds)
            yield self._event(TurnFailedV1, failed, turn_id, STEPS.fail)
            return
        yield from self._resolve(turn_id, last)
        answered = TurnAnsweredData(owner=self.owner, number=self.turn, milliseconds=milliseconds, stages=stages)
        yield self._event(TurnAnsweredV1, answered, turn_id, STEPS.format)
        if self.turn % 10 == 7:
            reported = StoryReportedData(reason="wrong", number=self.turn)
            yield self._event(StoryReportedV1, reported, turn_id, "report")
            yield self._event(ReportClosedV1, ReportClosedData(reason="wrong"), turn_id, "report/closed")

    def _stages(self) -> tuple[tuple[StageTiming, ...], bool]:
        timings = []
        for stage in STAGES:
            attempts = 1 + (self.random.random() < 0.04)
            milliseconds = int(TYPICAL.get(stage, 12) * self.random.lognormvariate(0, 0.4)) + 400 * (attempts - 1)
            gave_up = stage == "InvokeDungeonMaster" and self.random.random() < 0.02
            error = "Transient" if gave_up else None
            timings.append(StageTiming(stage=stage, attempts=attempts, milliseconds=milliseconds, error=error))
            if gave_up:
                return tuple(timings), True
        return tuple(timings), False

    def _progress(self, turn_id: str) -> Iterator[Event]:
        found = LoreRetrievedData(place=self.place.id, passages=self.random.randint(0, 8), candidates=9)
        yield self._event(LoreRetrievedV1, found, turn_id, "lore/0")
        if self.turn % 5 == 4:
            throttled = DungeonMasterFailedData(asked="model", error="ModelThrottled")
            yield self._event(DungeonMasterFailedV1, throttled, turn_id, "dm/0/model/0")
        said = DungeonMasterRespondedData(told_by="model", stop="tools", calls=1, usage=Usage(calls=1))
        yield self._event(DungeonMasterRespondedV1, said, turn_id, "dm/0/model/0")
        ran = ToolExecutedData(tool=self.random.choice(TOOLS), verdict="done", rolls=1, effects=1)
        yield self._event(ToolExecutedV1, ran, turn_id, "0/0")
        if self.turn == 11:
            spent = DayCeilingReachedData(day=self.now.date(), micro_dollars=20_000_000, tokens=3_000_000)
            yield self._event(DayCeilingReachedV1, spent, turn_id, "day-ceiling")
        if self.turn % 3 == 2:
            yield self._event(WorldPlayedV1, WorldPlayedData(acts=("enemy-turn",)), turn_id, "world/0")

    def _resolve(self, turn_id: str, last: bool) -> Iterator[Event]:
        self.turn += 1
        effects, rolls = tuple(self._effects(turn_id)), tuple(self._rolls(turn_id))
        refusals = tuple(self.random.choice(REFUSALS) for _ in range(self.random.choice((0, 0, 0, 1, 1, 2))))
        if last and not self.ending and self.number % 5 == 0:
            self.ending = self.random.choice(ENDINGS)
            effects = (*effects, self._effect(turn_id, "campaign-ended", ending=self.ending))
        by_model = self.random.random() < 0.9
        model = self.random.choice(MODELS) if by_model else None
        data = TurnResolvedData(
            number=self.turn,
            version=self.turn + 1,
            owner=self.owner,
            told_by="model" if by_model else "understudy",
            model=model,
            totals=self._totals(by_model, len(refusals), len(rolls)),
            effects=effects,
            refusals=refusals,
            rolls=rolls,
            facts=(FactRecord(text="The rust rat falls.", about=("rust-rat",)),) if self.random.random() < 0.3 else (),
            place=self.place,
            level=self.level,
            lives=self.lives,
            status="ended" if self.ending else "active",
            ending=self.ending,
            state_hash=sha256(f"{self.id}/{self.turn}".encode()).hexdigest(),
        )
        yield self._event(TurnResolvedV1, data, turn_id, STEPS.persist)
        if self.ending:
            end = CampaignEndedData(owner=self.owner, ending=self.ending, turn=self.turn, seed=self.dice)
            yield self._event(CampaignEndedV1, end, turn_id, STEPS.persist)

    def _totals(self, by_model: bool, refusals: int, rolls: int) -> TurnTotals:
        calls = self.random.randint(1, 4) if by_model else 0
        read, said, kept = calls * self.random.randint(800, 2500), calls * self.random.randint(60, 300), calls * 3000
        return TurnTotals(
            tool_calls=self.random.randint(1, 4),
            refusals=refusals,
            rolls=rolls,
            model_calls=calls,
            input_tokens=read,
            output_tokens=said,
            cached_tokens=kept,
            micro_dollars=read + 5 * said + kept // 10,
            repairs=int(by_model and self.random.random() < 0.08),
        )

    def _effects(self, turn_id: str) -> Iterator[EffectRecord]:
        yield EffectRecord(kind="turn-began", call=f"{turn_id}/{STEPS.open}")
        if self.random.random() < 0.4:
            origin, self.place = self.place, self.random.choice([place for place in PLACES if place != self.place])
            yield self._effect(turn_id, "moved", origin=origin.id, to=self.place.model_dump(), exits=[])
        if self.random.random() < 0.5:
            amount = self.random.randint(10, 40)
            self.xp += amount
            yield self._effect(turn_id, "experience-gained", amount=amount, source=self.random.choice(FOES))
            if self.level < 10 and self.xp >= 50 * self.level * (self.level + 1):
                self.level += 1
                yield self._effect(turn_id, "level-gained", level=self.level, hp_gained=4)
        if self.random.random() < 0.3:
            found = self.random.randint(1, 9)
            yield self._effect(turn_id, "credits-gained", amount=found, source=self.random.choice(FOES))
        if self.random.random() < 0.4:
            yield from self._hurt(turn_id)

    def _hurt(self, turn_id: str) -> Iterator[EffectRecord]:
        foe, amount = self.random.choice(FOES), self.random.randint(1, 9)
        cat = {"target": "character", "amount": amount, "damage_type": "slash", "source": foe}
        yield self._effect(turn_id, "damaged", **cat)
        if amount > (4 if self.number % 5 == 1 else 7):
            self.lives -= 1
            self.place = PLACES[0]
            yield self._effect(turn_id, "life-lost", cause=foe, lives_left=self.lives, credits_lost=2)
            if not self.lives:
                self.ending = "nine-lives-spent"

    def _effect(self, turn_id: str, kind: str, **detail: Any) -> EffectRecord:
        return EffectRecord(kind=kind, call=f"{turn_id}/0/0", detail=detail)

    def _rolls(self, turn_id: str) -> Iterator[Roll]:
        for number in range(self.random.randint(0, 4)):
            sides, target = (
                (20, self.random.randint(8, 15)) if number % 2 == 0 else (self.random.choice((4, 6, 8)), None)
            )
            face, bonus = self.random.randint(1, sides), self.random.randint(0, 4)
            total = face + bonus
            yield Roll(
                key=f"{turn_id}/0/0/{number}",
                purpose="attack" if target else "damage",
                count=1,
                sides=sides,
                faces=(face,),
                kept=(face,),
                modifiers=(RollModifier(name="Claws", amount=bonus),) if bonus else (),
                total=total,
                target=target,
                outcome=None if target is None else _verdict(face, total >= target),
            )

    # Events

    def _start(self) -> Event:
        data = CampaignStartedData(
            owner=self.owner,
            class_id=("alley-cat", "netrunner", "ronin")[self.number % 3],
            world="nekopolis",
            world_version="1.0.0",
            seed_commitment=sha256(bytes.fromhex(self.dice)).hexdigest(),
            state_hash=sha256(self.id.encode()).hexdigest(),
            summary={"class_name": "Alley Cat", "level": 1, "lives": 9, "place": self.place.model_dump()},
        )
        return self._event(CampaignStartedV1, data, None, "create")

    def _event(self, kind: Any, data: Any, turn_id: str | None, step: str) -> Any:
        key = f"{turn_id or self.id}/{step}"
        stream, sequence = self._place(kind, turn_id)
        campaign = kind.producer == "ninelives.campaign"
        event_id = f"{stream}/{sequence}" if campaign else sha256(f"{kind.detail_type}|{key}".encode()).hexdigest()[:32]
        metadata = EventMetadata(
            event_id=event_id,
            schema_version=kind.schema_version,
            occurred_at=self.now,
            producer=kind.producer,
            correlation_id=turn_id or self.id,
            causation_id=key,
            idempotency_key=key,
            campaign_id=self.id,
            turn_id=turn_id,
            stream=stream,
            sequence=sequence,
        )
        return kind(metadata=metadata, data=data)

    def _place(self, kind: Any, turn_id: str | None) -> tuple[str, int | None]:
        streams = {"ninelives.campaign": f"campaign/{self.id}", "ninelives.gateway": f"turns/{self.id}"}
        stream = streams.get(kind.producer)
        if stream is None:
            return f"progress/{turn_id}", None
        self.sequences[stream] = self.sequences.get(stream, 0) + 1
        return stream, self.sequences[stream]


def _verdict(face: int, reached: bool) -> str:
    if face in (1, 20):
        return "fumble" if face == 1 else "critical"
    return "success" if reached else "failure"
