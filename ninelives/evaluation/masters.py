"""Game masters to put to the test: ours, a live model, or a model whose replies were recorded."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from hashlib import sha256
from typing import Any, Literal

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster, Usage
from ninelives.evaluation.corpus import RecordedReplies, attacks, read_recorded, scenarios
from ninelives.evaluation.local_turn import Master
from services.dm.domain.prompt import compose
from services.dm.domain.replies import ToolUse, assemble_reply
from services.dm.domain.understudy.master import reply as understudy
from services.dm.wiring import build_game_master, catalogue, read_settings

Provider = Literal["understudy", "bedrock", "openai", "recorded"]
RECORDED = ("obedient", "hostile")
DEPLOYED = {
    "NINELIVES_DM_TIMEOUT": "DM_TIMEOUT_SECONDS",
    "NINELIVES_DM_PROFILE": "DM_PROFILE",
    "NINELIVES_DM_FORMAT": "DM_FORMAT",
    "NINELIVES_DM_STREAM": "DM_STREAM",
    "NINELIVES_DM_STRICT_TOOLS": "DM_STRICT_TOOLS",
}
"""Variables of `make up` by which a model is asked, and what they are called in the game master's function."""
CHARACTERS_PER_TOKEN = 4
PLAIN = "The rain goes on, and the city with it. You are a cat, and that is most of the story."


def master_of(provider: Provider, model: str) -> Master:
    """The game master of this name. Raises ValueError for a recorded model there is not."""
    if provider == "understudy":
        return understudy
    if provider == "recorded":
        if model not in RECORDED:
            raise ValueError(f"recorded models are {' and '.join(RECORDED)}, not {model!r}")
        return _play_recorded(model)
    settings = replace(read_settings(as_deployed(os.environ)), provider=provider, model=model)
    return build_game_master(settings).answer


def as_deployed(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment with what it asks of a local cloud's game master, as its function would be told."""
    return {**environment, **{told: environment[asked] for asked, told in DEPLOYED.items() if environment.get(asked)}}


def _play_recorded(model: str) -> Callable[[InvokeDungeonMaster], DungeonMasterReplied]:
    """A model that obeys attackers and otherwise does well, or one that lies whatever it is asked."""
    lines = {each.goal: each for each in read_recorded() if each.model == model}

    def master(request: InvokeDungeonMaster) -> DungeonMasterReplied:
        goal = _goals().get(request.action)
        if goal is None and model == "hostile":
            goal = sorted(lines)[int(sha256(request.action.encode()).hexdigest(), 16) % len(lines)]
        said = _line(lines[goal], request) if goal in lines else _good(request)
        return _reply(said, request)

    return master


def _line(lines: RecordedReplies, request: InvokeDungeonMaster) -> dict[str, Any]:
    """Two lines a round, the second one for when the first was handed back; after the last, the last again."""
    place = 2 * len(request.rounds) + bool(request.violation)
    return lines.replies[min(place, len(lines.replies) - 1)]


def _good(request: InvokeDungeonMaster) -> dict[str, Any]:
    wanted = next((each.calls for each in scenarios() if each.action == request.action), ())
    if wanted and not request.rounds and not request.violation:
        return {"uses": [{"name": name, "input": given} for name, given in wanted]}
    return {"text": PLAIN}


def _reply(said: dict[str, Any], request: InvokeDungeonMaster) -> DungeonMasterReplied:
    uses = tuple(ToolUse(use.get("name"), use.get("input")) for use in said.get("uses", ()))
    texts = (said["text"],) if "text" in said else ()
    return assemble_reply(request, texts, uses, cut=said.get("cut", False), usage=_estimate_usage(request, str(said)))


def _estimate_usage(request: InvokeDungeonMaster, said: str) -> Usage:
    """Tokens as a model would count them, by the length of the prompt: the fixed part as read from the cache."""
    prompt = compose(request, catalogue())
    told = sum(len(part.text) + sum(len(result.text) for result in part.results) for part in prompt.messages)
    return Usage(
        model="recorded",
        calls=1,
        input_tokens=told // CHARACTERS_PER_TOKEN,
        cache_read_tokens=prompt.prefix_characters // CHARACTERS_PER_TOKEN,
        output_tokens=len(said) // CHARACTERS_PER_TOKEN,
    )


@cache
def _goals() -> dict[str, str]:
    return {attack.action: attack.goal for attack in attacks()}
