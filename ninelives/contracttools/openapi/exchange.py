"""Messages between an old client and the new API, compared schema by schema, as the contract gate sees them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ninelives.contracttools.compatibility.comparison import Comparison
from ninelives.contracttools.compatibility.document import parse

Json = Mapping[str, Any]
COMPONENTS, DEFINITIONS = "#/components/schemas/", "#/$defs/"
CLIENT, API = "an old client", "the new API"
"""Names for writer and reader in the gate's messages."""


@dataclass(frozen=True)
class Narrowing:
    """A finding. `where`: a parameter, `request`, a status, one of its headers, or a path in one of their bodies."""

    where: str
    rule: str
    message: str


class Exchange:
    """Compares schemas of two documents. `old` and `new` are the documents themselves."""

    def __init__(self, old: Json, new: Json) -> None:
        self.old, self.new = old, new

    def compare_requests(self, where: str, before: Any, after: Any) -> Iterator[Narrowing]:
        """Narrowings for requests: what an old client may send and the new API does not take. Raises Unusable."""
        was, now = _whole(self.old, before), _whole(self.new, after)
        if was != now:
            yield from _gaps(where, was, now, (CLIENT, API))

    def compare_answers(self, where: str, before: Any, after: Any) -> Iterator[Narrowing]:
        """Narrowings for answers: what the new API may say and an old client does not understand, or waits for in vain.
        Raises Unusable."""
        (plain, kinds), (plain_now, kinds_now) = _problem(before), _problem(after)
        for kind in kinds:
            if kind not in kinds_now:
                yield Narrowing(where, "removed", f"an old client may match on {kind}, which is not told any more")
        was, now = _whole(self.old, plain), _whole(self.new, plain_now)
        if was != now:
            yield from _gaps(where, now, was, (API, CLIENT))
            yield from _find_vanished(where, was, now)


def _gaps(where: str, writer: str, reader: str, sides: tuple[str, str]) -> Iterator[Narrowing]:
    for gap in Comparison(parse(writer), parse(reader)).gaps():
        message = gap.message.replace("the writer", sides[0]).replace("the reader", sides[1])
        yield Narrowing(f"{where} ${gap.path}", gap.rule, message)


def _find_vanished(where: str, before: str, after: str) -> Iterator[Narrowing]:
    """Properties that were told and are not any more: what the old answer had, no closed new one takes."""
    for gap in Comparison(parse(before), parse(json.dumps(_close(json.loads(after))))).gaps():
        if gap.rule == "additionalProperties":
            yield Narrowing(f"{where} ${gap.path}", "removed", "an old client may look for it, it is not told any more")


def _whole(document: Json, schema: Any) -> str:
    """A schema as a document of its own, with all that it refers to: equal texts need no comparison."""
    known = document.get("components", {}).get("schemas", {})
    needed, ahead = set[str](), _named_in(schema)
    while ahead:
        name = ahead.pop()
        if name not in needed and name in known:
            needed.add(name)
            ahead |= _named_in(known[name])
    definitions = {"$defs": {name: known[name] for name in sorted(needed)}} if needed else {}
    whole = schema if isinstance(schema, bool) else {**schema, **definitions}
    return json.dumps(whole).replace(COMPONENTS, DEFINITIONS)


def _named_in(schema: Any) -> set[str]:
    return set(re.findall(f'"{COMPONENTS}([^"/]+)"', json.dumps(schema)))


def _problem(schema: Any) -> tuple[Any, tuple[str, ...]]:
    """A problem is its plain schema and the types it may have: new types are for clients to tolerate."""
    if not isinstance(schema, Mapping) or len(schema.get("allOf", ())) != 2:
        return schema, ()
    plain, narrowed = schema["allOf"]
    return plain, tuple(narrowed.get("properties", {}).get("type", {}).get("enum", ()))


def _close(part: Any) -> Any:
    """The same schema, taking no property that it does not describe."""
    if isinstance(part, list):
        return [_close(each) for each in part]
    if not isinstance(part, dict):
        return part
    inside = {name: _close(each) for name, each in part.items()}
    if isinstance(part.get("properties"), dict) and part.get("type") == "object":
        return {**inside, "additionalProperties": False}
    return inside
