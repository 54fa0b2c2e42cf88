"""Any endpoint that speaks OpenAI's chat completions with tools (Ollama, llama.cpp, vLLM …): one call, no SDK."""

from __future__ import annotations

import http.client
import json
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster, Usage
from contracts.errors import ModelRefused, ModelThrottled, ModelUnavailable, StageError
from services.dm.adapters.catalogue import catalogue
from services.dm.adapters.chat_stream import COMMENT, DONE, Unfolding, payload
from services.dm.adapters.deadline import DeadlinePassed, seconds_allowed, within
from services.dm.adapters.prices import priced
from services.dm.application.reply_stream import Telling
from services.dm.domain.prompt import TELL_STORY, Prompt, compose
from services.dm.domain.replies import Used, assembled, tokens
from services.dm.domain.transcript import Exchange

MAX_TOKENS = 1500
LARGEST_ANSWER = 1_000_000
Json = dict[str, Any]


def answer(request: InvokeDungeonMaster, model: str, telling: Telling | None = None) -> DungeonMasterReplied:
    """One chat completion by this model. Raises ModelThrottled, ModelUnavailable or ModelRefused."""
    asked = arguments_for(compose(request, catalogue(), telling.opening if telling else None), model)
    try:
        response = _streamed(asked, telling) if telling and telling.streams else _object(b"".join(_posted(asked)))
    except urllib.error.HTTPError as error:
        raise _named(error.code) from None
    except (OSError, DeadlinePassed, http.client.HTTPException) as error:
        raise ModelUnavailable(type(error).__name__) from None
    choices = response.get("choices")
    choice = _dict(choices[0]) if isinstance(choices, list) and choices else {}
    message = _dict(choice.get("message"))
    if choice.get("finish_reason") == "content_filter" or message.get("refusal"):
        raise ModelRefused("content filter")
    called = message.get("tool_calls")
    functions = [_dict(_dict(call).get("function")) for call in called] if isinstance(called, list) else []
    uses = (Used(function.get("name"), function.get("arguments")) for function in functions)
    texts = [message["content"]] if isinstance(message.get("content"), str) else []
    cut = choice.get("finish_reason") == "length"
    return assembled(request, texts, uses, cut=cut, usage=_usage(_dict(response.get("usage")), model))


def arguments_for(prompt: Prompt, model: str) -> Json:
    """The body of one request. Fixed parts first: servers that cache prefixes find the same one every turn."""
    system = "\n\n".join(text for text in (prompt.system, prompt.common) if text)
    messages = [{"role": "system", "content": system}]
    functions = [{"name": t.name, "description": t.description, "parameters": t.input_schema} for t in prompt.tools]
    told = {"type": "function", "function": {"name": TELL_STORY.name}}
    return {
        "model": model,
        "messages": [*messages, *(message for exchange in prompt.exchanges for message in _messages(exchange))],
        "tools": [{"type": "function", "function": function} for function in functions],
        "tool_choice": told if prompt.must_tell else "required",
        "max_tokens": MAX_TOKENS,
    }


def _messages(exchange: Exchange) -> list[Json]:
    told: list[Json] = [{"role": "user", "content": exchange.text}] if exchange.text else []
    if not exchange.results:
        return told
    calls = [
        {
            "id": result.id,
            "type": "function",
            "function": {"name": result.call.name, "arguments": json.dumps(result.call.arguments)},
        }
        for result in exchange.results
    ]
    results = [{"role": "tool", "tool_call_id": result.id, "content": result.text} for result in exchange.results]
    return [{"role": "assistant", "content": None, "tool_calls": calls}, *results, *told]


def _streamed(body: Json, telling: Telling) -> Json:
    """The same completion, told while it comes; from a server that does not stream, the one it sent."""
    unfolding, plain, streams = Unfolding(), b"", False
    asked = {**body, "stream": True, "stream_options": {"include_usage": True}}
    for line in within(seconds_allowed(), lambda: _posted(asked)):
        chunk = payload(line)
        streams = streams or chunk is not None or line.startswith(COMMENT)
        if chunk is None:
            plain += line
        elif chunk == DONE:
            return unfolding.response()
        else:
            for piece in unfolding.takes(_object(chunk)):
                telling.hears(piece)
    if unfolding.finished:
        return unfolding.response()
    if streams:
        raise ModelUnavailable("the stream ended before the message")
    return _object(plain)


def _posted(body: Json) -> Iterator[bytes]:
    """The lines of the answer, all of them: a bounded read does not complain by itself when the line breaks off."""
    base = os.environ.get("OPENAI_BASE_URL", "").rstrip("/")
    if not base.startswith(("http://", "https://")):
        raise ModelRefused("OPENAI_BASE_URL must be an http(s) URL")
    headers = {"Content-Type": "application/json"}
    if os.environ.get("OPENAI_API_KEY"):
        headers["Authorization"] = f"Bearer {os.environ['OPENAI_API_KEY']}"
    asked = urllib.request.Request(f"{base}/chat/completions", json.dumps(body).encode(), headers)
    left = LARGEST_ANSWER
    with urllib.request.urlopen(asked, timeout=seconds_allowed()) as answered:
        while left and (line := answered.readline(left)):
            left -= len(line)
            yield line
        if answered.length:
            raise http.client.IncompleteRead(b"", answered.length)


def _object(body: bytes) -> Json:
    """The answer, or an empty one when it is not a JSON object: reading that gives a malformed reply."""
    try:
        return _dict(json.loads(body))
    except (ValueError, RecursionError):
        return {}


def _dict(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _named(status: int) -> StageError:
    if status == 429:
        return ModelThrottled(str(status))
    return ModelUnavailable(str(status)) if status >= 500 or status == 408 else ModelRefused(str(status))


def _usage(reported: Json, model: str) -> Usage:
    """These services count cached tokens among the input; ours are counted apart."""
    asked = tokens(reported.get("prompt_tokens"))
    cached = min(asked, tokens(_dict(reported.get("prompt_tokens_details")).get("cached_tokens")))
    return priced(
        Usage(
            model=model[:200],
            calls=1,
            input_tokens=asked - cached,
            output_tokens=tokens(reported.get("completion_tokens")),
            cache_read_tokens=cached,
        )
    )
