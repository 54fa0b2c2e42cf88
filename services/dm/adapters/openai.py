"""Any endpoint that speaks OpenAI's chat completions (Ollama, llama.cpp, vLLM …): one call, no SDK.

Not every server holds a model to `tool_choice: required`; many hold it to a JSON schema. `format` says which is asked
for: `tools`, `json`, or `auto`, which begins with tools, goes over to JSON when a model has answered without calling
one, and back for good when the server refuses that.
"""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Literal

from contracts.dm import Usage
from contracts.errors import ModelRefused, ModelThrottled, ModelUnavailable, StageError
from services.dm.adapters import json_dialect
from services.dm.adapters.chat_stream import COMMENT, DONE, CompletionAssembler, payload
from services.dm.adapters.deadline import DeadlinePassed, read_within
from services.dm.adapters.prices import price_usage
from services.dm.domain.narration.speech import Piece
from services.dm.domain.prompt import Prompt
from services.dm.domain.replies import Completion, ToolUse, read_count
from services.dm.domain.transcript import PromptMessage

MAX_TOKENS, SMALL_TOKENS = 1500, 500
"""The most tokens of a reply, in general and with the profile `small`: models that find no end use all of them."""
LARGEST_ANSWER = 1_000_000
Json = dict[str, Any]
Format = Literal["tools", "json", "auto"]
Hear = Callable[[Piece], None]
NOT_TAKEN = ("400", "422")
"""Statuses with which servers answer a field of a request that they do not know."""


class OpenAi:
    """An endpoint of this kind. `seconds`: for each byte, and one deadline for a whole stream."""

    def __init__(
        self,
        base_url: str,
        api_key: str,
        *,
        seconds: float,
        format: Format = "tools",
        max_tokens: int = MAX_TOKENS,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._api_key = api_key
        self._seconds = seconds
        self._format = format
        self._max_tokens = max_tokens
        self._wants_json = format == "json"

    def complete(self, prompt: Prompt, model: str, hear: Hear | None = None) -> Completion:
        """One chat completion by this model. Raises ModelThrottled, ModelUnavailable or ModelRefused."""
        if not self._wants_json:
            completion = self._ask(arguments_for(prompt, model), model, hear)
            self._wants_json = self._format == "auto" and not completion.uses
            return completion
        hear_story = _as_story(hear, prompt.last_tool) if hear and prompt.must_tell else hear
        try:
            return self._ask(json_arguments_for(prompt, model), model, hear_story)
        except ModelRefused as refused:
            if self._format == "json" or str(refused) not in NOT_TAKEN:
                raise
            self._wants_json, self._format = False, "tools"
            return self._ask(arguments_for(prompt, model), model, hear)

    def _ask(self, body: Json, model: str, hear: Hear | None) -> Completion:
        asked = {**body, "max_tokens": self._max_tokens}
        try:
            response = self._stream(asked, hear) if hear else _object(b"".join(self._post(asked)))
        except urllib.error.HTTPError as error:
            raise _map_status(error.code) from None
        except (OSError, DeadlinePassed, http.client.HTTPException) as error:
            raise ModelUnavailable(type(error).__name__) from None
        return _read(response, model)

    def _stream(self, body: Json, hear: Hear) -> Json:
        """The same completion, told while it comes; from a server that does not stream, the one it sent."""
        assembler, plain, streams = CompletionAssembler(), b"", False
        asked = {**body, "stream": True, "stream_options": {"include_usage": True}}
        for line in read_within(self._seconds, lambda: self._post(asked)):
            chunk = payload(line)
            streams = streams or chunk is not None or line.startswith(COMMENT)
            if chunk is None:
                plain += line
            elif chunk == DONE:
                return assembler.response()
            else:
                for piece in assembler.add(_object(chunk)):
                    hear(piece)
        if assembler.finished:
            return assembler.response()
        if streams:
            raise ModelUnavailable("the stream ended before the message")
        return _object(plain)

    def _post(self, body: Json) -> Iterator[bytes]:
        """The lines of the answer, all of them: a bounded read does not complain by itself when the line breaks off."""
        if not self._base_url.startswith(("http://", "https://")):
            raise ModelRefused("OPENAI_BASE_URL must be an http(s) URL")
        headers = {"Content-Type": "application/json"}
        if self._api_key:
            headers["Authorization"] = f"Bearer {self._api_key}"
        asked = urllib.request.Request(f"{self._base_url}/chat/completions", json.dumps(body).encode(), headers)
        left = LARGEST_ANSWER
        with urllib.request.urlopen(asked, timeout=self._seconds) as answered:
            while left and (line := answered.readline(left)):
                left -= len(line)
                yield line
            if answered.length:
                raise http.client.IncompleteRead(b"", answered.length)


def arguments_for(prompt: Prompt, model: str) -> Json:
    """The body of one request. Fixed parts first: servers that cache prefixes find the same one every turn."""
    system = "\n\n".join(text for text in (prompt.system, prompt.common) if text)
    messages = [{"role": "system", "content": system}]
    functions = [{"name": t.name, "description": t.description, "parameters": t.input_schema} for t in prompt.tools]
    told = {"type": "function", "function": {"name": prompt.last_tool}}
    return {
        "model": model,
        "messages": [*messages, *(message for each in prompt.messages for message in _messages(each))],
        "tools": [{"type": "function", "function": function} for function in functions],
        "tool_choice": told if prompt.must_tell else "required",
    }


def json_arguments_for(prompt: Prompt, model: str) -> Json:
    """The body of a request for JSON by a schema, with the tools told in words."""
    return {
        "model": model,
        "messages": json_dialect.write_messages(prompt),
        "response_format": json_dialect.response_format(prompt),
    }


def _as_story(hear: Hear, tool: str) -> Hear:
    """Pass on text as the arguments of this tool, where only the story will do."""
    return lambda piece: hear(replace(piece, tool=tool) if piece.tool is None else piece)


def _messages(message: PromptMessage) -> list[Json]:
    told: list[Json] = [{"role": "user", "content": message.text}] if message.text else []
    if not message.results:
        return told
    calls = [
        {
            "id": result.id,
            "type": "function",
            "function": {"name": result.call.name, "arguments": json.dumps(result.call.arguments)},
        }
        for result in message.results
    ]
    results = [{"role": "tool", "tool_call_id": result.id, "content": result.text} for result in message.results]
    return [{"role": "assistant", "content": None, "tool_calls": calls}, *results, *told]


def _read(response: Json, model: str) -> Completion:
    choices = response.get("choices")
    choice = _dict(choices[0]) if isinstance(choices, list) and choices else {}
    message = _dict(choice.get("message"))
    if choice.get("finish_reason") == "content_filter" or message.get("refusal"):
        raise ModelRefused("content filter")
    called = message.get("tool_calls")
    functions = [_dict(_dict(call).get("function")) for call in called] if isinstance(called, list) else []
    return Completion(
        texts=(message["content"],) if isinstance(message.get("content"), str) else (),
        uses=tuple(ToolUse(function.get("name"), function.get("arguments")) for function in functions),
        cut=choice.get("finish_reason") == "length",
        usage=_usage(_dict(response.get("usage")), model),
    )


def _object(body: bytes) -> Json:
    """The answer, or an empty one when it is not a JSON object: reading that gives a malformed reply."""
    try:
        return _dict(json.loads(body))
    except (ValueError, RecursionError):
        return {}


def _dict(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _map_status(status: int) -> StageError:
    if status == 429:
        return ModelThrottled(str(status))
    return ModelUnavailable(str(status)) if status >= 500 or status == 408 else ModelRefused(str(status))


def _usage(reported: Json, model: str) -> Usage:
    """These services count cached tokens among the input; ours are counted apart."""
    asked = read_count(reported.get("prompt_tokens"))
    cached = min(asked, read_count(_dict(reported.get("prompt_tokens_details")).get("cached_tokens")))
    return price_usage(
        Usage(
            model=model[:200],
            calls=1,
            input_tokens=asked - cached,
            output_tokens=read_count(reported.get("completion_tokens")),
            cache_read_tokens=cached,
        )
    )
