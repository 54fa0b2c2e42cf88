"""The real stages of all services in one process, on simulated tables: a turn as deployed, without a deployment."""

from __future__ import annotations

import importlib
import json
from collections import Counter
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, TypeVar

from pydantic import BaseModel

from contracts.gateway import PlayTurn
from services.gateway.adapters.service_functions import FUNCTIONS
from tests.turn.interpreter import Raised, run

HANDLERS = {
    "OpenTurn": ("campaign", "open_turn"),
    "RetrieveLore": ("lore", "retrieve_lore"),
    "RecallChronicle": ("chronicle", "recall"),
    "InvokeDungeonMaster": ("dm", "invoke_dungeon_master"),
    "ValidateAndRoute": ("dm", "validate_and_route"),
    "JudgeNarrative": ("dm", "judge_narrative"),
    "ExecuteTool": ("tools", "execute_tool"),
    "SettleEffects": ("campaign", "settle_effects"),
    "PlayWorld": ("tools", "play_world"),
    "PersistCampaign": ("campaign", "persist_campaign"),
    "VoidTurn": ("campaign", "void_turn"),
    "FormatResponse": ("gateway", "format_response"),
    "FailTurn": ("gateway", "fail_turn"),
}
Reply = TypeVar("Reply", bound=BaseModel)


def invoke(service: str, function: str, payload: Any) -> Any:
    """Call a handler as Lambda would: JSON in, JSON out."""
    module = importlib.import_module(f"services.{service}.handlers.{function}")
    context = SimpleNamespace(function_name=function, get_remaining_time_in_millis=lambda: 6000)
    return json.loads(json.dumps(module.handler(json.loads(json.dumps(payload)), context)))


@dataclass
class Repertory:
    """Plays turns with the real stages. `deliveries` says how often each request reaches its stage."""

    deliveries: int = 1
    lost: dict[str, str] = field(default_factory=dict)
    bytes: Counter[str] = field(default_factory=Counter)
    executions: list[dict[str, Any]] = field(default_factory=list)
    requests: list[tuple[str, Any]] = field(default_factory=list)

    def play(self, turn: PlayTurn) -> bool:
        self.executions.append(run(self, turn.model_dump(mode="json")))
        return True

    def requests_to(self, stage: str) -> list[Any]:
        """The requests to this stage, in order."""
        return [payload for name, payload in self.requests if name == stage]

    def __call__(self, stage: str, payload: dict[str, Any]) -> Any:
        if stage in self.lost:
            raise Raised(self.lost[stage])
        self.requests.append((stage, payload))
        self.bytes[stage] = max(self.bytes[stage], len(json.dumps(payload).encode()))
        try:
            answers = [invoke(*HANDLERS[stage], payload) for _ in range(self.deliveries)]
        except Exception as error:
            raise Raised(type(error).__name__) from error
        assert all(answer == answers[0] for answer in answers), f"{stage} answered its second delivery differently"
        return answers[0]


class RealStages:
    """The gateway's view of the other services."""

    def call(self, request: BaseModel, reply: type[Reply]) -> Reply:
        return reply.model_validate(invoke(*FUNCTIONS[type(request)], request.model_dump(mode="json")))
