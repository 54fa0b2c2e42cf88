"""Turns as their events tell them, with times as a model takes them, and words that no trace may repeat."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from contracts.campaign import EffectRecord, FactRecord, TurnResolvedData, TurnResolvedV1, TurnTotals
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
    StageTiming,
    TurnAcceptedData,
    TurnAcceptedV1,
    TurnAnsweredData,
    TurnAnsweredV1,
    TurnFailedData,
    TurnFailedV1,
)
from contracts.lore import LoreRetrievedData, LoreRetrievedV1
from contracts.tools import Roll, RollModifier, ToolExecutedData, ToolExecutedV1, WorldPlayedData, WorldPlayedV1

BEGAN = datetime(2031, 5, 4, 9, 0, tzinfo=UTC)
CAMPAIGN, TURN = "c_" + "a" * 26, "t_" + "b" * 26
MODEL = "eu.anthropic.claude-haiku-4-5"
SECRET = "Whiskerella the Unspeakable"
"""The name that a player gave the cat."""

STAGES = (
    ("OpenTurn", 10, None),
    ("RetrieveLore", 20, None),
    ("InvokeDungeonMaster", 3000, None),
    ("ExecuteTool", 40, None),
    ("ExecuteTool", 60, None),
    ("SettleEffects", 10, None),
    ("PlayWorld", 15, None),
    ("SettleWorld", 10, None),
    ("InvokeDungeonMaster", 2000, "ModelThrottled"),
    ("InvokeDungeonMaster", 100, None),
    ("PersistCampaign", 30, None),
)


def event_after(kind: type[Event], key: str, milliseconds: int, data: Any, *, event_id: str = "", **more: Any) -> Any:
    """An event so long after the turn was accepted."""
    metadata = EventMetadata(
        event_id=event_id or sha256(f"{kind.detail_type}|{key}".encode()).hexdigest()[:32],
        schema_version=kind.schema_version,
        occurred_at=BEGAN + timedelta(milliseconds=milliseconds),
        producer=kind.producer,
        correlation_id=TURN,
        causation_id=TURN,
        idempotency_key=f"{TURN}/{key}",
        campaign_id=CAMPAIGN,
        turn_id=TURN,
        stream=f"progress/{TURN}",
        **more,
    )
    return kind.model_validate({"metadata": metadata, "data": data})


def acceptance(**more: Any) -> Event:
    data = TurnAcceptedData(owner=SECRET, accepted_at=BEGAN, action_characters=12)
    return event_after(TurnAcceptedV1, "accept", 0, data, **more)


def _roll(face: int) -> Roll:
    return Roll(
        key=f"{TURN}/0/0/0",
        purpose="attack",
        roller=SECRET,
        count=1,
        sides=20,
        faces=(face,),
        kept=(face,),
        modifiers=(RollModifier(name="Claws", amount=3),),
        total=face + 3,
        target=12,
        outcome="success",
    )


def _reply(key: str, milliseconds: int, told_by: str, stop: str, usage: Usage) -> Event:
    data = DungeonMasterRespondedData(told_by=told_by, stop=stop, calls=2 if stop == "tool_use" else 0, usage=usage)
    return event_after(DungeonMasterRespondedV1, key, milliseconds, data)


def failed_attempt(key: str, milliseconds: int, attempt: str) -> Event:
    data = DungeonMasterFailedData(asked="model", error="ModelThrottled")
    return event_after(DungeonMasterFailedV1, key, milliseconds, data, event_id=attempt)


def tool(index: int, milliseconds: int, name: str, refusal: str | None = None, *, round: int = 0) -> Event:
    data = ToolExecutedData(
        tool=name,
        verdict="refused" if refusal else "done",
        refusal=refusal,
        rolls=0 if refusal else 1,
        effects=0 if refusal else 2,
        thrown=() if refusal else (_roll(14),),
    )
    return event_after(ToolExecutedV1, f"{round}/{index}", milliseconds, data)


def lore(milliseconds: int) -> Event:
    return event_after(
        LoreRetrievedV1, "lore/0", milliseconds, LoreRetrievedData(place="drip-market", passages=4, candidates=9)
    )


def resolved_turn(**more: Any) -> list[Event]:
    """Throttled once and asked again, two tools, the world; then the model is lost and the understudy tells it."""
    spent = Usage(
        model=MODEL,
        calls=1,
        input_tokens=900,
        output_tokens=80,
        cache_read_tokens=4000,
        cache_write_tokens=100,
        micro_dollars=1700,
    )
    stages = tuple(
        StageTiming(stage=name, attempts=2 if milliseconds == 3000 else 1, milliseconds=milliseconds, error=error)
        for name, milliseconds, error in STAGES
    )
    return [
        acceptance(**more),
        lore(130),
        failed_attempt("dm/0/model/0", 1100, "attempt-1"),
        _reply("dm/0/model/0", 3150, "model", "tool_use", spent),
        tool(0, 3210, "attack"),
        tool(1, 3215, "buy", "no-credits"),
        event_after(WorldPlayedV1, "world/0", 3300, WorldPlayedData(acts=("enemy-turn",), thrown=(_roll(9),))),
        failed_attempt("dm/1/model/0", 5350, "attempt-2"),
        _reply("dm/1/understudy/0", 5470, "understudy", "end", Usage(calls=1)),
        event_after(TurnResolvedV1, "persist", 5500, _resolution()),
        event_after(
            TurnAnsweredV1, "format", 5540, TurnAnsweredData(owner=SECRET, number=3, milliseconds=5540, stages=stages)
        ),
    ]


def failed_turn() -> list[Event]:
    """Given up in its first round of tools: nothing tells how long its steps took."""
    return [
        acceptance(),
        lore(130),
        _reply("dm/0/model/0", 2000, "model", "tool_use", Usage(model="qwen2.5:7b", calls=1)),
        tool(0, 2100, "attack"),
        tool(1, 2120, "buy", "no-credits"),
        event_after(
            TurnFailedV1,
            "fail",
            9000,
            TurnFailedData(owner=SECRET, error="Broken", stage="ExecuteTool", milliseconds=9000),
        ),
    ]


def _resolution() -> TurnResolvedData:
    return TurnResolvedData(
        number=3,
        version=4,
        owner=SECRET,
        told_by="understudy",
        model=MODEL,
        totals=TurnTotals(
            tool_calls=2,
            refusals=1,
            rolls=2,
            model_calls=1,
            input_tokens=900,
            output_tokens=80,
            cached_tokens=4000,
            micro_dollars=1700,
            repairs=0,
        ),
        effects=(EffectRecord(kind="damaged", call=f"{TURN}/0/0", detail={"source": SECRET}),),
        rolls=(_roll(14),),
        facts=(FactRecord(text=f"{SECRET} hits the drone."),),
        place=EntityRef(id="drip-market", name="The Drip Market"),
        level=1,
        lives=9,
        status="active",
        state_hash="0" * 64,
    )
