"""An endpoint on loopback that speaks OpenAI's chat completions, built on the same scripted server."""

from __future__ import annotations

import json
from typing import Any

from tests.doubles.converse_server import Behaviour, ConverseServer, sends

Json = dict[str, Any]


def completion(content: str | None = None, *functions: Json, finish: str = "stop", **more: Any) -> Behaviour:
    """A regular response."""
    called = [{"id": f"call_{n}", "type": "function", "function": f} for n, f in enumerate(functions)]
    message = {"role": "assistant", "content": content, **({"tool_calls": called} if called else {}), **more}
    usage = {"prompt_tokens": 120, "completion_tokens": 30, "prompt_tokens_details": {"cached_tokens": 100}}
    return sends(
        json.dumps({"choices": [{"index": 0, "message": message, "finish_reason": finish}], "usage": usage}).encode()
    )


def function(name: str, arguments: Any) -> Json:
    """A called function; arguments that are a string go as they are."""
    return {"name": name, "arguments": arguments if isinstance(arguments, str) else json.dumps(arguments)}


def chat_server(*behaviours: Behaviour) -> ConverseServer:
    """A server whose default answer is plain text."""
    return ConverseServer(*behaviours, default=completion("The rain goes on."))
