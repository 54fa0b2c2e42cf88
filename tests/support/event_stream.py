"""Amazon's event-stream encoding, and a Converse response as the events of a ConverseStream.

A frame: total length, length of the headers, their CRC; headers; payload; the CRC of it all.
"""

from __future__ import annotations

import json
import struct
from binascii import crc32
from collections.abc import Iterator
from itertools import cycle
from typing import Any

Json = dict[str, Any]
SIZES = (1, 2, 7, 3, 11)
"""Characters of one delta after another: they cut words, escapes and names where nobody would."""


def frame(kind: str, payload: Json, message: str = "event") -> bytes:
    """One event, or one exception."""
    named = {":message-type": message, f":{message}-type": kind, ":content-type": "application/json"}
    headers = b"".join(_header(name, value) for name, value in named.items())
    body = json.dumps(payload).encode()
    prelude = struct.pack(">II", 16 + len(headers) + len(body), len(headers))
    whole = prelude + struct.pack(">I", crc32(prelude)) + headers + body
    return whole + struct.pack(">I", crc32(whole))


def frames(response: Json) -> Iterator[bytes]:
    """The frames that ConverseStream sends where Converse answers this."""
    yield frame("messageStart", {"role": "assistant"})
    message = (response.get("output") or {}).get("message") or {}
    for part, block in enumerate(message.get("content") or ()):
        yield from _block(part, block)
    yield frame("messageStop", {"stopReason": response["stopReason"]} if "stopReason" in response else {})
    traced = {"trace": response["trace"]} if "trace" in response else {}
    yield frame("metadata", {"usage": response.get("usage") or {}, "metrics": {"latencyMs": 1}, **traced})


def pieces(text: str) -> Iterator[str]:
    """A text cut in small pieces."""
    sizes, at = cycle(SIZES), 0
    while at < len(text):
        size = next(sizes)
        yield text[at : at + size]
        at += size


def _block(part: int, block: Json) -> Iterator[bytes]:
    where = {"contentBlockIndex": part}
    if use := block.get("toolUse"):
        yield frame("contentBlockStart", {**where, "start": {"toolUse": {k: use[k] for k in ("toolUseId", "name")}}})
        given = use["input"] if isinstance(use["input"], str) else json.dumps(use["input"])
        for piece in pieces(given):
            yield frame("contentBlockDelta", {**where, "delta": {"toolUse": {"input": piece}}})
    for piece in pieces(block.get("text", "")):
        yield frame("contentBlockDelta", {**where, "delta": {"text": piece}})
    yield frame("contentBlockStop", where)


def _header(name: str, value: str) -> bytes:
    """Type 7 is a string."""
    return bytes([len(name)]) + name.encode() + b"\x07" + struct.pack(">H", len(value)) + value.encode()
