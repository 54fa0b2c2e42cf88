"""Proposed intents, checked: each is known, fits its schema, and points at what is here."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.canonical import canonical_json
from contracts.dm import Finding
from contracts.tools import ToolCall
from services.dm.domain.catalogue import Catalogue
from services.dm.domain.findings import make_finding
from services.dm.domain.presence import Presence, resolve_reference
from services.dm.domain.schema import complete, find_misfits

MOST_CALLS = 5


@dataclass(frozen=True)
class CheckedCalls:
    """The calls that stand, the faults of those that do not, and what was dropped without any harm."""

    calls: tuple[ToolCall, ...]
    faults: tuple[Finding, ...]
    dropped: tuple[Finding, ...]


def check(proposed: tuple[ToolCall, ...], catalogue: Catalogue, present: Presence) -> CheckedCalls:
    """Check calls one by one, in order. A second call that says the same as one before it is dropped."""
    standing: list[ToolCall] = []
    wrong: list[Finding] = []
    dropped: list[Finding] = []
    seen: set[str] = set()
    for call in proposed:
        read, found = _read(call, catalogue, present)
        said = canonical_json([read.name, read.arguments])
        if found:
            wrong.extend(found)
        elif said in seen:
            dropped.append(
                make_finding("same-intent-twice", call.name, "The same intent stands in this reply already.")
            )
        elif len(standing) == MOST_CALLS:
            dropped.append(make_finding("too-many-intents", call.name, f"A round holds at most {MOST_CALLS} intents."))
        else:
            standing.append(read)
        seen.add(said)
    return CheckedCalls(tuple(standing), tuple(wrong), tuple(dropped))


def _read(call: ToolCall, catalogue: Catalogue, present: Presence) -> tuple[ToolCall, list[Finding]]:
    tool = catalogue.tool(call.name)
    if tool is None:
        names = ", ".join(each.name for each in catalogue.tools)
        return call, [make_finding("unknown-tool", call.name, f"There is no such intent. There are: {names}.")]
    arguments = complete(call.arguments, tool.input_schema)
    misfits = [
        make_finding("bad-arguments", call.name, f"{fault}.") for fault in find_misfits(arguments, tool.input_schema)
    ]
    if misfits:
        return call, misfits
    strangers: list[Finding] = []
    for name, word in arguments.items():
        known = present.of(tool, name)
        if known is None or not isinstance(word, str):
            continue
        known_id = resolve_reference(word, known)
        if known_id is None:
            strangers.append(_stranger(call.name, name, word, tuple(known)))
        else:
            arguments[name] = known_id
    return call.model_copy(update={"arguments": arguments}), strangers


def _stranger(tool: str, argument: str, word: str, known: tuple[str, ...]) -> Finding:
    here = ", ".join(known[:24]) or "nothing"
    return make_finding("not-here", word, f"{tool}: {argument} “{word[:80]}” is not here. It could be: {here}.")
