"""Chat completion chunks, put together to the completion they are pieces of."""

from __future__ import annotations

from typing import Any

from contracts.errors import ModelThrottled, ModelUnavailable
from services.dm.domain.narration.speech import Piece

Json = dict[str, Any]
DONE = b"[DONE]"
COMMENT = b":"
_CONTENT = -1
"""Part number of plain text: it stands before what is called."""


def payload(line: bytes) -> bytes | None:
    """The data of a line of server-sent events; None for comments, other fields and the lines between events."""
    return line[5:].strip() if line.startswith(b"data:") else None


class CompletionAssembler:
    """A completion that is still coming. Malformed parts are left out."""

    def __init__(self) -> None:
        self._content: str | None = None
        self._functions: dict[int, Json] = {}
        self._refusal = ""
        self._finish: str | None = None
        self._usage: Json = {}

    def add(self, chunk: Json) -> list[Piece]:
        """Add a chunk; the pieces of text and of calls that it brought. Raises what an error in the stream means."""
        if chunk.get("error"):
            raise _map_error(chunk["error"])
        self._usage = _dict(chunk.get("usage")) or self._usage
        choices = chunk.get("choices")
        choice = _dict(choices[0]) if isinstance(choices, list) and choices else {}
        self._finish = choice.get("finish_reason") or self._finish
        delta = _dict(choice.get("delta"))
        self._refusal += str(delta.get("refusal") or "")
        called = delta.get("tool_calls")
        return [*self._says(delta.get("content")), *(self._calls(_dict(call)) for call in called or ())]

    def response(self) -> Json:
        """The whole completion in the shape of one that was not streamed."""
        calls = [{"function": self._functions[part]} for part in sorted(self._functions)]
        message = {"content": self._content, "refusal": self._refusal or None, "tool_calls": calls}
        return {"choices": [{"message": message, "finish_reason": self._finish}], "usage": self._usage}

    @property
    def finished(self) -> bool:
        """Whether the message has come to its end."""
        return self._finish is not None

    def _says(self, content: Any) -> list[Piece]:
        if not isinstance(content, str) or not content:
            return []
        self._content = (self._content or "") + content
        return [Piece(_CONTENT, None, content)]

    def _calls(self, call: Json) -> Piece:
        given, function = call.get("index"), _dict(call.get("function"))
        part = given if isinstance(given, int) else len(self._functions)
        known = self._functions.setdefault(part, {"name": function.get("name"), "arguments": ""})
        arguments = function.get("arguments")
        text = arguments if isinstance(arguments, str) else ""
        known["arguments"] += text
        return Piece(part, str(known["name"]), text)


def _map_error(error: Any) -> ModelThrottled | ModelUnavailable:
    told = _dict(error)
    code = str(told.get("code") or told.get("type") or "error")[:60]
    throttled = code == "429" or "rate_limit" in f"{code} {told.get('type')}"
    return ModelThrottled(code) if throttled else ModelUnavailable(code)


def _dict(value: Any) -> Json:
    return value if isinstance(value, dict) else {}
