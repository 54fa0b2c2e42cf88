"""Attributes of spans, by OpenTelemetry's conventions for generative AI. docs/analytics.md lists them.

No text of a player or a story is in an event, and none of the fields that could quote one (a fact, a name) is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from contracts.campaign import TurnResolvedV1
from contracts.dm import DungeonMasterFailedV1, DungeonMasterRespondedV1, Usage
from contracts.envelope import Event
from contracts.gateway import TurnAnsweredV1, TurnFailedV1
from contracts.lore import LoreRetrievedV1
from contracts.tools import Roll, ToolExecutedV1, WorldPlayedV1
from ninelives.analytics.tracing.span import Attribute
from ninelives.analytics.tracing.told import TurnTold

AGENT = "dungeon-master"
UNDERSTUDY = "understudy"
Attributes = dict[str, Attribute]

_BEDROCK = re.compile(r"arn:aws[a-z-]*:bedrock:.*|([a-z]{2,6}\.)?[a-z][a-z0-9]*\.[a-z].*")


def of_turn(told: TurnTold) -> Attributes:
    """Of the root."""
    resolved, failed = told.first(TurnResolvedV1), told.first(TurnFailedV1)
    is_resolved = resolved or told.first(TurnAnsweredV1)
    return {
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.agent.name": AGENT,
        "gen_ai.provider.name": provider_of(told.model),
        **({"gen_ai.request.model": told.model} if told.model else {}),
        "ninelives.turn.id": told.turn_id,
        "ninelives.turn.outcome": "resolved" if is_resolved else "failed" if failed else "open",
        **(_totals(resolved) if resolved else {}),
        **({"ninelives.turn.stage": failed.data.stage} if failed else {}),
    }


def of_step(events: Iterable[Event]) -> Attributes:
    """The attributes of a step from its events. Replies have spans of their own."""
    said: Attributes = {}
    for event in events:
        if isinstance(event, LoreRetrievedV1):
            said["ninelives.place"] = event.data.place
            said["ninelives.lore.passages"] = event.data.passages
            said["ninelives.lore.candidates"] = event.data.candidates
        elif isinstance(event, ToolExecutedV1):
            said |= _tool(event)
        elif isinstance(event, WorldPlayedV1):
            said["ninelives.acts"] = event.data.acts
            said["ninelives.rolls"] = tuple(map(_format_roll, event.data.thrown))
    return said


def of_answer(event: DungeonMasterRespondedV1) -> Attributes:
    """Of a reply. The understudy is no model: it uses no tokens."""
    reply = event.data
    model = reply.usage.model if reply.told_by == "model" else None
    named = UNDERSTUDY if reply.told_by == UNDERSTUDY else model
    return {
        "gen_ai.provider.name": provider_of(model),
        **({"gen_ai.request.model": named} if named else {}),
        "gen_ai.response.finish_reasons": (reply.stop,),
        **(_usage(reply.usage) if reply.told_by == "model" else {}),
        "ninelives.tool_calls": reply.calls,
        **({"ninelives.claims": reply.claims} if reply.claims else {}),
    }


def of_failure(event: DungeonMasterFailedV1, told: TurnTold) -> Attributes:
    """Of an attempt without a reply. Which model was asked is not told."""
    if event.data.asked == UNDERSTUDY:
        return {"gen_ai.provider.name": provider_of(None), "gen_ai.request.model": UNDERSTUDY}
    return {"gen_ai.provider.name": provider_of(told.model)}


def provider_of(model: str | None) -> str:
    """No event says which provider was asked, but the forms of their model ids differ. Without a model: ourselves."""
    if model is None:
        return "ninelives"
    return "aws.bedrock" if _BEDROCK.fullmatch(model) else "openai"


def _totals(event: TurnResolvedV1) -> Attributes:
    """Under names of their own: whoever adds up `gen_ai.usage.*` or costs over spans counts nothing twice."""
    turn, totals = event.data, event.data.totals
    return {
        "ninelives.turn.number": turn.number,
        "ninelives.turn.told_by": turn.told_by,
        "ninelives.turn.model_calls": totals.model_calls,
        "ninelives.turn.micro_dollars": totals.micro_dollars,
        "ninelives.turn.repairs": totals.repairs,
        "ninelives.turn.tool_calls": totals.tool_calls,
        "ninelives.turn.refusals": totals.refusals,
        "ninelives.turn.rolls": totals.rolls,
    }


def _tool(event: ToolExecutedV1) -> Attributes:
    ran = event.data
    return {
        "gen_ai.tool.name": ran.tool,
        "gen_ai.tool.type": "function",
        "gen_ai.tool.call.id": event.metadata.idempotency_key,
        "ninelives.verdict": ran.verdict,
        **({"ninelives.refusal": ran.refusal} if ran.refusal else {}),
        "ninelives.effects": ran.effects,
        "ninelives.rolls": tuple(map(_format_roll, ran.thrown)),
    }


def _usage(usage: Usage) -> Attributes:
    """The convention counts cached tokens among those of the input; ours are counted beside them."""
    read, written = usage.cache_read_tokens, usage.cache_write_tokens
    return {
        "gen_ai.usage.input_tokens": usage.input_tokens + read + written,
        "gen_ai.usage.output_tokens": usage.output_tokens,
        "gen_ai.usage.cache_read.input_tokens": read,
        "gen_ai.usage.cache_creation.input_tokens": written,
        "ninelives.cost.micro_dollars": usage.micro_dollars,
    }


def _format_roll(roll: Roll) -> str:
    """Dice in a line, without whoever threw them."""
    faces = " ".join(map(str, roll.faces))
    against = "" if roll.target is None else f" against {roll.target}: {roll.outcome or 'no outcome'}"
    return f"{roll.purpose}: {roll.count}d{roll.sides} [{faces}] = {roll.total}{against}"
