"""The events of a ConverseStream, put together to what Converse would have answered."""

from __future__ import annotations

from typing import Any

from services.dm.domain.narration.speech import Piece

Json = dict[str, Any]


class ConverseAssembler:
    """A response that is still coming. What it does not know, it leaves out: reasoning, citations, new kinds."""

    def __init__(self) -> None:
        self._blocks: dict[int, Json] = {}
        self._stop: Json | None = None
        self._usage: Json = {}
        self._trace: Json = {}

    def add(self, event: Json) -> Piece | None:
        """Add an event; the piece of text or of a tool use that it brought, if any."""
        self._stop = event.get("messageStop", self._stop)
        self._usage = event.get("metadata", {}).get("usage", self._usage)
        self._trace = event.get("metadata", {}).get("trace", self._trace)
        if use := event.get("contentBlockStart", {}).get("start", {}).get("toolUse"):
            self._blocks[_part(event["contentBlockStart"])] = {"toolUse": {"name": use.get("name"), "input": ""}}
            return Piece(_part(event["contentBlockStart"]), str(use.get("name")), "")
        return self._grows(event.get("contentBlockDelta", {}))

    def response(self) -> Json | None:
        """The whole response in Converse's shape; None when the stream ended before the message did."""
        if self._stop is None:
            return None
        content = [self._blocks[part] for part in sorted(self._blocks)]
        return {"output": {"message": {"content": content}}, "usage": self._usage, "trace": self._trace, **self._stop}

    def _grows(self, delta: Json) -> Piece | None:
        brought, part = delta.get("delta", {}), _part(delta)
        if isinstance(brought.get("text"), str):
            block = self._blocks.setdefault(part, {"text": ""})
            block["text"] = block.get("text", "") + brought["text"]
            return Piece(part, None, brought["text"])
        use = self._blocks.get(part, {}).get("toolUse")
        if use and isinstance(brought.get("toolUse", {}).get("input"), str):
            use["input"] += brought["toolUse"]["input"]
            return Piece(part, str(use["name"]), brought["toolUse"]["input"])
        return None


def _part(event: Json) -> int:
    return int(event.get("contentBlockIndex", 0))
