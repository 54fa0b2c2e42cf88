"""A model behind Bedrock's API that is paid for every reply, good or bad, and often enough misbehaves."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.simulation.chance import Chance
from tests.simulation.errors import client_error
from tests.simulation.scheduler import Scheduler

Reply = dict[str, Any]
INPUT_TOKENS, OUTPUT_TOKENS = 1000, 100
MASTER = "dm/invoke_dungeon_master"
_IDS = re.compile(r"\b[a-z]+(?:-[a-z]+)+\b")
MISBEHAVIOURS = ("throttled", "filtered", "babbles", "unknown tool", "wrong arguments", "claims", "empty", "down")


@dataclass
class Model:
    """The service. `paid` counts the replies that were billed, by the step that asked."""

    scheduler: Scheduler
    chance: Chance
    bad: float
    """The share of its replies in which it misbehaves."""
    paid: Counter[str] = field(default_factory=Counter)
    kept: set[str] = field(default_factory=set)
    """Steps that were answered once: their replies are kept."""
    paid_again: list[tuple[str, str]] = field(default_factory=list)
    """Such steps that were paid for once more, by their campaign."""
    campaign_of: dict[str, str] = field(default_factory=dict)
    step_of: dict[str, str] = field(default_factory=dict)
    """The step that each run of the function works at."""
    asked: int = 0

    def perform(self, operation: str, params: Any, token: Any, partial: bool, within: float) -> Any:
        assert operation == "converse", operation
        self.asked += 1
        at = f"model*{self.asked}"
        self.scheduler.sleep(self.chance.between(0.2, 4.0, "thinks", at))
        manner = self.chance.pick(MISBEHAVIOURS, "manner", at) if self.chance.happens(self.bad, "bad", at) else ""
        if manner in ("throttled", "down"):
            code = {"throttled": "ThrottlingException", "down": "ServiceUnavailableException"}[manner]
            raise client_error(code, "Converse")
        step = self.step_of[token.partition(".")[0]]
        self.paid[step] += 1
        if step in self.kept:
            self.paid_again.append((self.campaign_of[step], step))
        return self._reply(manner, params, at)

    def hear(self, function: str, number: int, request: Any) -> None:
        """A function begins to run."""
        if function == MASTER:
            step = request["envelope"]["idempotency_key"]
            self.step_of[f"{function}#{number}"] = step
            self.campaign_of[step] = request["envelope"]["campaign_id"]

    def hear_end(self, function: str, number: int) -> None:
        """A function has answered."""
        if function == MASTER:
            self.kept.add(self.step_of[f"{function}#{number}"])

    def _reply(self, manner: str, params: Any, at: str) -> Reply:
        match manner:
            case "filtered":
                return _response([{"text": "I cannot."}], stop="content_filtered")
            case "babbles":
                return _response([{"text": '{"tool": "attack", "beats": [{"kind": "fact" and then the rain'}])
            case "empty":
                return _response([])
            case "unknown tool":
                return _calls("become_king", {"of": "everything"})
            case "wrong arguments":
                return _calls("attack", {"target": 12, "damage": 99})
            case "claims":
                return _story({"kind": "fact", "text": "You gain 500 gold and the Mayor dies."})
        return self._sensible(params, at)

    def _sensible(self, params: Any, at: str) -> Reply:
        """Calls of some of the tools on things that the prompt names, or the end of the story."""
        tools = [each["toolSpec"] for each in params["toolConfig"]["tools"]]
        if "tool" in params["toolConfig"]["toolChoice"] or self.chance.happens(0.5, "tells", at):
            return _story({"kind": "colour", "text": "The rain goes on."})
        told = " ".join(str(block.get("text", "")) for each in params["messages"] for block in each["content"])
        ids = sorted(set(_IDS.findall(told))) or ["nothing"]
        uses: list[Reply] = []
        for number in range(self.chance.pick((1, 1, 2, 3), "calls", at)):
            tool = self.chance.pick(tools[:-1], "tool", number, at)
            schema = tool["inputSchema"]["json"]
            names = schema.get("required", schema["properties"])
            arguments = {name: self.chance.pick(ids, "id", name, number, at) for name in names}
            uses.append({"toolUse": {"toolUseId": f"use-{number}", "name": tool["name"], "input": arguments}})
        return _response(uses, stop="tool_use")


def _story(beat: Reply) -> Reply:
    whole = {"facts": [], "who": None, "about": None, **beat}
    return _calls("tell_story", {"beats": [whole], "suggested_actions": ["Look around"]})


def _calls(name: str, arguments: Any) -> Reply:
    return _response([{"toolUse": {"toolUseId": "one", "name": name, "input": arguments}}], stop="tool_use")


def _response(content: list[Reply], stop: str = "end_turn") -> Reply:
    return {
        "output": {"message": {"role": "assistant", "content": content}},
        "stopReason": stop,
        "usage": {"inputTokens": INPUT_TOKENS, "outputTokens": OUTPUT_TOKENS},
    }
