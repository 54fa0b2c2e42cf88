"""May this OpenAPI document replace that one? Named is what a client of the old one would stumble over.

An old client goes on asking the new API: whatever it may send must still be taken, and whatever it gets must be what
it was told. New operations, optional parameters and fields, problems and properties of answers are no breaks: readers
ignore what they do not know. Schemas are compared by the contract gate (`exchange.py`), which refuses what it cannot
decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ninelives.contracttools.openapi.exchange import Exchange, Narrowing

Json = Mapping[str, Any]
VERBS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")
_NAMED = re.compile(r"{[^}]*}")


@dataclass(frozen=True)
class ApiBreak:
    """One finding: which operation, where in it, which rule, and in words."""

    operation: str
    where: str
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.operation} {self.where} {self.rule} {self.message}"


def breaks(old: Json, new: Json) -> list[ApiBreak]:
    """The reasons why `new` may not replace `old` within a major version; empty when it may. Raises Unusable."""
    exchange = Exchange(old, new)
    now = _operations(new)
    found = []
    for wire, before in _operations(old).items():
        name = f"{before.verb} {before.path}"
        if wire not in now:
            found.append(ApiBreak(name, "operation", "removed", "the operation is no longer there"))
        else:
            found += [ApiBreak(name, each.where, each.rule, each.message) for each in _of(before, now[wire], exchange)]
    return found


@dataclass(frozen=True)
class _Operation:
    verb: str
    path: str
    told: Json
    shared: list[Json]


def _operations(document: Json) -> dict[str, _Operation]:
    """By what goes over the wire: what a path calls its variables does not."""
    return {
        f"{verb} {_NAMED.sub('{}', path)}": _Operation(verb.upper(), path, item[verb], item.get("parameters", []))
        for path, item in document.get("paths", {}).items()
        for verb in VERBS
        if verb in item
    }


def _of(before: _Operation, after: _Operation, exchange: Exchange) -> Iterator[Narrowing]:
    if after.told.get("security") and not before.told.get("security"):
        yield Narrowing("security", "narrowed", "it was open to everybody, and asks for a token now")
    yield from _parameters(before, after, exchange)
    yield from _body(before.told.get("requestBody"), after.told.get("requestBody"), exchange)
    yield from _answers(before.told["responses"], after.told["responses"], exchange)


def _parameters(before: _Operation, after: _Operation, exchange: Exchange) -> Iterator[Narrowing]:
    were = _by_name(before, exchange.old)
    are = _by_name(after, exchange.new)
    for name, parameter in are.items():
        if parameter.get("required") and not were.get(name, {}).get("required"):
            yield Narrowing(name, "required", "an old client may leave it out, it is required now")
    for name, parameter in were.items():
        if name not in are:
            yield Narrowing(name, "removed", "an old client may send it, and nobody heeds it now")
        else:
            yield from exchange.compare_requests(name, parameter.get("schema", True), are[name].get("schema", True))


def _by_name(operation: _Operation, document: Json) -> dict[str, Json]:
    """Parameters by where they stand and what they are called; those of a path by their place in it."""
    stated = [resolve(document, each) for each in (*operation.shared, *operation.told.get("parameters", []))]
    order = [name.strip("{}") for name in _NAMED.findall(operation.path)]
    named = {f"{each['in']}:{each['name']}": each for each in stated if each["in"] != "path"}
    placed = {f"path:{order.index(each['name']) + 1}": each for each in stated if each["in"] == "path"}
    # The names of headers have no case.
    return {name.lower() if name.startswith("header:") else name: each for name, each in (named | placed).items()}


def _body(before: Json | None, after: Json | None, exchange: Exchange) -> Iterator[Narrowing]:
    if after is not None and after.get("required") and not (before or {}).get("required"):
        yield Narrowing("request", "required", "an old client may send no body, one is required now")
    if before is None:
        return
    if after is None:
        yield Narrowing("request", "removed", "an old client sends a body, and nobody heeds it now")
        return
    for media, told in before["content"].items():
        if media not in after["content"]:
            yield Narrowing(f"request[{media}]", "removed", "an old client may send this type, it is not taken now")
        else:
            yield from exchange.compare_requests("request", told["schema"], after["content"][media]["schema"])


def _answers(before: Json, after: Json, exchange: Exchange) -> Iterator[Narrowing]:
    for status in before:
        if status not in after:
            yield Narrowing(status, "removed", "an old client waits for this status")
        else:
            was, now = resolve(exchange.old, before[status]), resolve(exchange.new, after[status])
            yield from _answer(status, was, now, exchange)
    for status in after:
        if status not in before and status[0] in "123":
            yield Narrowing(status, "added", "an old client does not know that this is a success")


def _answer(status: str, before: Json, after: Json, exchange: Exchange) -> Iterator[Narrowing]:
    for name, header in before.get("headers", {}).items():
        yield from _header(f"{status}:{name}", header, after.get("headers", {}).get(name), exchange)
    for media, told in before.get("content", {}).items():
        if media not in after.get("content", {}):
            yield Narrowing(f"{status}[{media}]", "removed", "an old client waits for this type of answer")
        else:
            yield from exchange.compare_answers(status, told["schema"], after["content"][media]["schema"])


def _header(where: str, before: Json, after: Json | None, exchange: Exchange) -> Iterator[Narrowing]:
    was, now = resolve(exchange.old, before), resolve(exchange.new, after) if after is not None else None
    if now is None:
        yield Narrowing(where, "removed", "an old client may look for this header")
        return
    if was.get("required") and not now.get("required"):
        yield Narrowing(where, "required", "an old client counts on this header, it may be absent now")
    yield from exchange.compare_answers(where, was.get("schema", True), now.get("schema", True))


def resolve(document: Json, part: Json) -> Json:
    """The component that a reference stands for; any other part as it is."""
    reference = part.get("$ref")
    if reference is None:
        return part
    found: Any = document
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return resolve(document, found)
