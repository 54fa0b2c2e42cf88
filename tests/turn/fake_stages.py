"""Scripted stages that speak the contracts: every request is parsed, every reply is a contract's reply."""

from __future__ import annotations

import json
import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from contracts import campaign, chronicle, dm, gateway, lore, tools
from contracts.envelope import Envelope, Message
from contracts.state import Scene
from services.gateway.tests import builders
from tests.turn.interpreter import Raised, run

REQUESTS: dict[str, type[Message]] = {
    "OpenTurn": campaign.OpenTurn,
    "RetrieveLore": lore.RetrieveLore,
    "RecallChronicle": chronicle.RecallChronicle,
    "InvokeDungeonMaster": dm.InvokeDungeonMaster,
    "ValidateAndRoute": dm.ValidateAndRoute,
    "JudgeNarrative": dm.JudgeNarrative,
    "ExecuteTool": tools.ExecuteTool,
    "SettleEffects": campaign.SettleEffects,
    "PlayWorld": tools.PlayWorld,
    "PersistCampaign": campaign.PersistCampaign,
    "VoidTurn": campaign.VoidTurn,
    "FormatResponse": gateway.FormatResponse,
    "FailTurn": gateway.FailTurn,
}
Script = Callable[[Any], Message]
MEMORY = chronicle.Memory(turn=1, text="Old Mags nods.", about=("old-mags",))


class FakeStages:
    """Plays a turn and remembers every request. `routes` are the verdicts on the master's replies, in order."""

    def __init__(self, *routes: str) -> None:
        self.routes = list(routes) or ["respond"]
        self.failures: dict[str, list[str]] = defaultdict(list)
        self.asked: list[tuple[str, Any]] = []
        self.bytes = Counter[str]()
        self.scripts: dict[str, Script] = {}
        self.committed: campaign.TurnCommitted | None = None
        self.given_up_for: str | None = None
        self._turn = threading.Lock()

    def failing(self, stage: str, *errors: str) -> FakeStages:
        """Let the next calls of this stage fail with these errors, in order."""
        self.failures[stage].extend(errors)
        return self

    def acting(self, stage: str, script: Script) -> FakeStages:
        """Let this stage answer by `script` instead."""
        self.scripts[stage] = script
        return self

    def play(self, **given: Any) -> dict[str, Any]:
        """Play a turn, of which this was given otherwise than usual."""
        return run(self, builders.turn().model_copy(update=given).model_dump(mode="json"))

    def requests(self, stage: str) -> list[Any]:
        return [request for name, request in self.asked if name == stage]

    def keys(self, stage: str) -> list[str]:
        """The steps of this stage, as positions within the turn."""
        prefix = f"{builders.ENVELOPE.turn_id}/"
        return [request.envelope.idempotency_key.removeprefix(prefix) for request in self.requests(stage)]

    def __call__(self, stage: str, payload: dict[str, Any]) -> Any:
        with self._turn:
            request = REQUESTS[stage].model_validate(payload)
            assert _no_surplus(payload, request), f"{stage} was sent fields its contract does not have"
            self.asked.append((stage, request))
            self.bytes[stage] = max(self.bytes[stage], len(json.dumps(payload).encode()))
            if self.failures[stage]:
                raise Raised(self.failures[stage].pop(0))
            script = self.scripts.get(stage) or getattr(self, f"_{_snake(stage)}")
            return script(request).model_dump(mode="json")

    def _open_turn(self, request: campaign.OpenTurn) -> Message:
        return builders.open_turn(request.envelope)

    def _retrieve_lore(self, request: lore.RetrieveLore) -> Message:
        return builders.lore_of(request.envelope, request.scene)

    def _recall_chronicle(self, request: chronicle.RecallChronicle) -> Message:
        return chronicle.ChronicleRecalled(envelope=request.envelope, memories=(MEMORY,))

    def _invoke_dungeon_master(self, request: dm.InvokeDungeonMaster) -> Message:
        used = dm.Usage(model="a-model", calls=1, input_tokens=100, output_tokens=10, micro_dollars=7)
        usage = used if request.provider == "model" else dm.Usage()
        return dm.DungeonMasterReplied(
            envelope=request.envelope, told_by=request.provider, narrative="Rain.", usage=usage
        )

    def _validate_and_route(self, request: dm.ValidateAndRoute) -> Message:
        route = self.routes.pop(0) if len(self.routes) > 1 else self.routes[0]
        return builders.route_reply(request, route)

    def _judge_narrative(self, request: dm.JudgeNarrative) -> Message:
        judged = tuple(
            dm.SentenceVerdict(number=each.number, verdict="colour", agency=False, secret=False)
            for each in request.unread
        )
        used = dm.Usage(model="a-reader", calls=1, input_tokens=50, output_tokens=5, micro_dollars=2)
        return dm.NarrativeJudged(envelope=request.envelope, verdicts=judged, usage=used)

    def _execute_tool(self, request: tools.ExecuteTool) -> Message:
        return tools.ToolExecuted(envelope=request.envelope, outcome=builders.outcome(request.envelope, request.call))

    def _settle_effects(self, request: campaign.SettleEffects) -> Message:
        return builders.settle(request)

    def _play_world(self, request: tools.PlayWorld) -> Message:
        return tools.WorldPlayed(envelope=request.envelope)

    def _persist_campaign(self, request: campaign.PersistCampaign) -> Message:
        self.committed = self.committed or builders.commit(request)
        return self.committed

    def _void_turn(self, request: campaign.VoidTurn) -> Message:
        return campaign.TurnVoided(envelope=request.envelope, committed=self.committed, reason=self.given_up_for)

    def _format_response(self, request: gateway.FormatResponse) -> Message:
        return gateway.TurnClosed(envelope=request.envelope, status="resolved", number=request.committed.number)

    def _fail_turn(self, request: gateway.FailTurn) -> Message:
        return gateway.TurnClosed(envelope=request.envelope, status="failed")


def fighting(scene: Scene) -> Scene:
    """The same scene with a fight running."""
    state = scene.state.model_copy(update={"encounter": builders.ENCOUNTER})
    return scene.model_copy(update={"state": state})


def at(envelope: Envelope, *names: str) -> tuple[tools.Outcome, ...]:
    """Outcomes of the world under these names."""
    calls = [tools.ToolCall(call_id=name, name=name) for name in names]
    keys = [f"{envelope.idempotency_key}/{index}" for index in range(len(names))]
    return tuple(tools.Outcome(key=key, call=call, verdict="done") for key, call in zip(keys, calls, strict=True))


def _no_surplus(payload: Any, model: Any) -> bool:
    if isinstance(model, BaseModel):
        return isinstance(payload, dict) and all(
            name in type(model).model_fields and _no_surplus(value, getattr(model, name))
            for name, value in payload.items()
        )
    return True


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
