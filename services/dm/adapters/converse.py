"""A prompt in the dialect of the Converse API. The parts that never change come first, and a cache point after them."""

from __future__ import annotations

from typing import Any

from services.dm.adapters.families import Family, find_family, is_cacheable
from services.dm.domain.catalogue import ToolSpec
from services.dm.domain.prompt import Prompt
from services.dm.domain.transcript import CallResult, PromptMessage

MAX_TOKENS = 1500
"""A story of 4,000 characters, its suggestions and the JSON around them."""

MOST_STRICT = 20
"""Tools with strict schemas that Bedrock takes in one request; one more makes it refuse the call."""

Json = dict[str, Any]


def arguments_for(prompt: Prompt, model: str, *, strict: bool, guarded: bool = False) -> Json:
    """The arguments of one `converse` call. Tools and system are the same bytes whatever the turn. `guarded`: the
    player's words are marked as what a guardrail judges."""
    family, guarded_words = find_family(model), prompt.player if guarded else ""
    return {
        "modelId": model,
        "system": _system(prompt, family),
        "toolConfig": {
            "tools": [_tool(tool, strict=strict and tool in _strict(prompt)) for tool in prompt.tools],
            "toolChoice": _choice(prompt, family),
        },
        "messages": [each for message in prompt.messages for each in _messages(message, guarded_words)],
        "inferenceConfig": {"maxTokens": MAX_TOKENS},
    }


def _system(prompt: Prompt, family: Family) -> list[Json]:
    """A service hashes tools, then system: one point at the end of the system covers both."""
    blocks: list[Json] = [{"text": text} for text in (prompt.system, prompt.common) if text]
    point: list[Json] = [{"cachePoint": {"type": "default"}}] if is_cacheable(family, prompt.prefix_characters) else []
    return blocks + point


def _strict(prompt: Prompt) -> tuple[ToolSpec, ...]:
    """The tools whose schemas the service is to enforce: the last one, which ends a
    turn, then as many others as it takes, from the first."""
    return (*prompt.tools[-1:], *prompt.tools[:-1][: MOST_STRICT - 1])


def _tool(tool: ToolSpec, *, strict: bool) -> Json:
    spec: Json = {"name": tool.name, "description": tool.description, "inputSchema": {"json": tool.input_schema}}
    return {"toolSpec": {**spec, "strict": True} if strict else spec}


def _choice(prompt: Prompt, family: Family) -> Json:
    if family.choice == "auto":
        return {"auto": {}}
    if prompt.must_tell and family.choice == "forced":
        return {"tool": {"name": prompt.last_tool}}
    return {"any": {}}


def _messages(message: PromptMessage, guarded: str) -> list[Json]:
    """The master's calls, if any, and what it is told in return."""
    text = _blocks(message.text, guarded)
    told: Json = {"role": "user", "content": [*map(_result, message.results), *text]}
    if not message.results:
        return [told]
    uses = [{"toolUse": {"toolUseId": r.id, "name": r.call.name, "input": r.call.arguments}} for r in message.results]
    return [{"role": "assistant", "content": uses}, told]


def _blocks(text: str, guarded: str) -> list[Json]:
    """A text in blocks; the last time that the guarded words stand in it, in a block of their own."""
    before, found, after = text.rpartition(guarded) if guarded else ("", "", text)
    parts: list[Json] = [{"text": before}] if before else []
    parts += [{"guardContent": {"text": {"text": found}}}] if found else []
    return parts + ([{"text": after}] if after else [])


def _result(result: CallResult) -> Json:
    return {"toolResult": {"toolUseId": result.id, "content": [{"text": result.text}]}}
