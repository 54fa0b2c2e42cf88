"""A prompt for servers that hold a model to a JSON schema and not to a choice of tools.

The tools are told in the system text, what was called stands in the conversation as such an answer, and the schema is
an envelope, `{"calls": [{"name", "arguments"}]}`, or the arguments of the last tool where only that will do.
"""

from __future__ import annotations

import json
from typing import Any

from services.dm.domain.catalogue import ToolSpec
from services.dm.domain.prompt import Prompt
from services.dm.domain.transcript import PromptMessage

Json = dict[str, Any]
MOST_CALLS = 3
_ENVELOPE = 'Answer with one JSON object, {"calls": [{"name": …, "arguments": {…}}]}, and nothing else. The tools:'
_LAST = "Answer now with one JSON object, the arguments of {}, and nothing else."


def write_messages(prompt: Prompt) -> list[Json]:
    """The conversation: the system text with the tools, then what was asked, answered and came of it."""
    tools = "\n".join(_describe(tool) for tool in prompt.tools)
    system = "\n\n".join(text for text in (prompt.system, prompt.common, f"{_ENVELOPE}\n{tools}") if text)
    messages = [message for each in prompt.messages for message in _messages(each)]
    if prompt.must_tell:
        messages.append({"role": "user", "content": _LAST.format(prompt.last_tool)})
    return [{"role": "system", "content": system}, *_join_neighbours(messages)]


def response_format(prompt: Prompt) -> Json:
    """The JSON schema that the server is asked to hold the model to."""
    schema = prompt.tools[-1].input_schema if prompt.must_tell else _envelope(prompt.tools)
    return {"type": "json_schema", "json_schema": {"name": "reply", "strict": True, "schema": schema}}


def _envelope(tools: tuple[ToolSpec, ...]) -> Json:
    calls = [_object(name={"const": tool.name}, arguments=tool.input_schema) for tool in tools]
    return _object(calls={"type": "array", "minItems": 1, "maxItems": MOST_CALLS, "items": {"anyOf": calls}})


def _object(**properties: Json) -> Json:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }


def _describe(tool: ToolSpec) -> str:
    """A line for one tool. What an argument may be stands in the schema, and in the scene."""
    arguments = ", ".join(_argument(name, schema) for name, schema in tool.input_schema["properties"].items())
    return f"- {tool.name}({arguments}): {tool.description}"


def _argument(name: str, schema: Json) -> str:
    choices = schema.get("enum")
    return f"{name}: {' | '.join(str(each or 'null') for each in choices)}" if choices else name


def _messages(message: PromptMessage) -> list[Json]:
    told = [message.text] if message.text else []
    if not message.results:
        return [{"role": "user", "content": text} for text in told]
    calls = [{"name": result.call.name, "arguments": result.call.arguments} for result in message.results]
    results = (f"{result.call.name}: {result.text}" for result in message.results)
    answered = {"role": "assistant", "content": json.dumps({"calls": calls}, ensure_ascii=False)}
    return [answered, {"role": "user", "content": "\n".join(("Results:", *results, *told))}]


def _join_neighbours(messages: list[Json]) -> list[Json]:
    """The messages with neighbours of one speaker as one: templates of some models want them to take turns."""
    joined: list[Json] = []
    for message in messages:
        if joined and joined[-1]["role"] == message["role"]:
            joined[-1] = {**message, "content": f"{joined[-1]['content']}\n\n{message['content']}"}
        else:
            joined.append(message)
    return joined
