"""An endpoint on loopback that speaks OpenAI's chat completions, built on the same scripted server. Asked for a stream,
it sends the same completion in small pieces."""

from __future__ import annotations

import json
from typing import Any

from tests.support.converse_server import Behaviour, ConverseServer, sends
from tests.support.event_stream import pieces

Json = dict[str, Any]
USAGE = {"prompt_tokens": 120, "completion_tokens": 30, "prompt_tokens_details": {"cached_tokens": 100}}


def completion(content: str | None = None, *functions: Json, finish: str = "stop", **more: Any) -> Behaviour:
    """A regular response."""
    return lambda asked: (stream_reply if asked.get("stream") else whole)(content, *functions, finish=finish, **more)(
        asked
    )


def whole(content: str | None = None, *functions: Json, finish: str = "stop", **more: Any) -> Behaviour:
    """A response in one piece, also for who asked for a stream."""
    called = [{"id": f"call_{n}", "type": "function", "function": f} for n, f in enumerate(functions)]
    message = {"role": "assistant", "content": content, **({"tool_calls": called} if called else {}), **more}
    return sends(
        json.dumps({"choices": [{"index": 0, "message": message, "finish_reason": finish}], "usage": USAGE}).encode()
    )


def stream_reply(
    content: str | None = None,
    *functions: Json,
    finish: str = "stop",
    chunks: int | None = None,
    error: Json | None = None,
    **more: Any,
) -> Behaviour:
    """A response as server-sent events: all of them, or so many `chunks` and then nothing, or an `error`."""
    deltas: list[Json] = [
        {"role": "assistant", "content": ""},
        *({"content": piece} for piece in pieces(content or "")),
    ]
    for n, called in enumerate(functions):
        named = {
            "index": n,
            "id": f"call_{n}",
            "type": "function",
            "function": {"name": called["name"], "arguments": ""},
        }
        deltas.append({"tool_calls": [named]})
        given = ({"index": n, "function": {"arguments": piece}} for piece in pieces(called["arguments"]))
        deltas.extend({"tool_calls": [call]} for call in given)
    deltas.append(more)
    sent: list[Json] = [{"choices": [{"index": 0, "delta": delta, "finish_reason": None}]} for delta in deltas]
    sent.append({"choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})
    sent.append({"choices": [], "usage": USAGE})
    sent = [*sent[:chunks], *([{"error": error}] if error else [])]
    lines = [b": keep-alive", *(b"data: " + json.dumps(chunk).encode() for chunk in sent)]
    ended = [b"data: [DONE]"] if chunks is None and not error else []
    return sends(b"\n\n".join([*lines, *ended, b""]), headers={"Content-Type": "text/event-stream"})


def function(name: str, arguments: Any) -> Json:
    """A called function; arguments that are a string go as they are."""
    return {"name": name, "arguments": arguments if isinstance(arguments, str) else json.dumps(arguments)}


def chat_server(*behaviours: Behaviour) -> ConverseServer:
    """A server whose default answer is plain text."""
    return ConverseServer(*behaviours, default=completion("The rain goes on."))
