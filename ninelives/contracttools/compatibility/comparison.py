"""One direction: everything an exact writer of one document sends, a tolerant reader of the other takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from contracts.canonical import canonical_json
from ninelives.contracttools.compatibility.arrays import array_gaps
from ninelives.contracttools.compatibility.document import Document
from ninelives.contracttools.compatibility.findings import TOO_DEEP, UNDECIDABLE, Gap, Unusable, quote
from ninelives.contracttools.compatibility.grammar import Schema
from ninelives.contracttools.compatibility.objects import extras, known_properties, object_gaps
from ninelives.contracttools.compatibility.scalars import number_gaps, string_gaps
from ninelives.contracttools.compatibility.unions import (
    Branch,
    Leaf,
    branches,
    leaves,
    property_values,
    takes_type,
    type_of,
    types,
    values,
)
from ninelives.contracttools.compatibility.vocabulary import unread

REPEATED = 20
"""Gaps of a shared definition are listed in full wherever it is used, up to this many."""

DEEPEST = 100
"""The depth to which definitions may lead into one another; no message of ours is nested a tenth as deep."""

Pair = tuple[str, str]


class Comparison:
    """Compares schemas of two documents, and remembers.

    A recursive pair of schemas is assumed to hold while it is being proved: messages are finite, so the proof
    by induction on the message goes through. An assumption made in a branch that was given up is forgotten.
    """

    def __init__(self, writer: Document, reader: Document) -> None:
        self.writer, self.reader = writer, reader
        self._depth = 0
        self._assumed: set[Pair] = set()
        self._failed: dict[Pair, list[Gap]] = {}

    def gaps(self) -> list[Gap]:
        """Every gap between the two documents; none means that the reader takes all the writer may send."""
        return self._covers(self.writer.root, self.reader.root)

    def same(self, sent: Schema, taken: Schema) -> bool:
        """Whether both schemas say the same in the same words, whatever the words mean."""
        meaning = self.writer.meaning(sent)
        return meaning is not None and meaning == self.reader.meaning(taken)

    def _covers(self, sent: Schema, taken: Schema) -> list[Gap]:
        pair = canonical_json(sent), canonical_json(taken)
        if pair in self._failed:
            return _shorten(self._failed[pair])
        if pair in self._assumed or self.same(sent, taken):
            return []
        self._assumed.add(pair)
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unusable(TOO_DEEP)
        found = [gap.under(leaf.label) for leaf in leaves(self.writer, sent) for gap in self._fits(leaf, taken)]
        self._depth -= 1
        if found:
            self._failed[pair] = found = list(dict.fromkeys(found))
        return found

    def _fits(self, leaf: Leaf, taken: Schema) -> list[Gap]:
        """The gaps of the reader's nearest branch; none when one branch takes the leaf and its rivals do not."""
        ways = branches(self.reader, taken)
        if len(ways) == 1:
            return self._within(leaf.schema, ways[0].schema)
        likely = [way for way in ways if not self._unlike(leaf.schema, way.schema)]
        if not likely:
            return [Gap("union", f"the writer may send {_describe(leaf)}, no branch of the reader takes it")]
        attempts = []
        for way in likely:
            attempts.append(self._attempt(leaf, way))
            if not attempts[-1]:
                return []
        return min(attempts, key=len)

    def _attempt(self, leaf: Leaf, way: Branch) -> list[Gap]:
        before = set(self._assumed)
        found = self._within(leaf.schema, way.schema)
        if not found and not all(self._refuses(rival, leaf.schema) for rival in way.rivals):
            found = [Gap("oneOf", f"whether two branches of the reader take {_describe(leaf)} cannot be decided")]
        if found:
            self._assumed = before
        return found

    def _within(self, leaf: Mapping[str, Any], way: Schema) -> list[Gap]:
        """The gaps between one kind of value and one branch."""
        for side, schema in (("writer", leaf), ("reader", way)):
            reason = unread(schema)
            if reason:
                return [] if self.same(leaf, way) else [Gap(UNDECIDABLE, f"{reason} (the {side}'s)")]
        if isinstance(way, bool):
            return [] if way else [Gap("false", "the reader takes nothing here")]
        listed = values(way)
        if listed is not None and not _lists(listed, leaf):
            return [Gap("enum", f"the writer may send {_describe(Leaf(leaf))}, the reader takes {quote(listed)}")]
        if not takes_type(way, leaf["type"]):
            wanted = " or ".join(types(way))
            return [Gap("type", f"the writer may send {_describe(Leaf(leaf))}, the reader takes {wanted}")]
        return list(self._family(leaf, way))

    def _family(self, leaf: Mapping[str, Any], way: Mapping[str, Any]) -> Iterable[Gap]:
        match leaf["type"]:
            case "object":
                return object_gaps(leaf, way, self._covers)
            case "array":
                return array_gaps(leaf, way, self._covers)
            case "string":
                return string_gaps(leaf, way)
            case "integer" | "number":
                return number_gaps(leaf, way)
        return ()

    def _unlike(self, leaf: Mapping[str, Any], way: Schema) -> bool:
        """Whether type, listed values or a tag show at once that this branch takes nothing of the leaf."""
        if isinstance(way, bool):
            return not way
        if unread(leaf) or unread(way):
            return False
        listed = values(way)
        if listed is not None and "const" in leaf:
            return not _lists(listed, leaf)
        theirs = types(way) if listed is None else tuple(map(type_of, listed))
        return not _common_type(leaf["type"], theirs) or self._other_tag(leaf, way)

    def _other_tag(self, leaf: Mapping[str, Any], way: Mapping[str, Any]) -> bool:
        for name in leaf.get("required", ()) if leaf["type"] == "object" else ():
            mine = property_values(self.writer, leaf, name)
            theirs = None if mine is None else property_values(self.reader, way, name)
            if mine is not None and theirs is not None and _disjoint(mine, theirs):
                return True
        return False

    def _refuses(self, rival: Schema, leaf: Mapping[str, Any]) -> bool:
        """Whether this branch certainly takes nothing of the leaf."""
        if self._unlike(leaf, rival):
            return True
        if isinstance(rival, bool) or unread(rival) or unread(leaf) or leaf["type"] != "object":
            return False
        return extras(leaf) is False and not set(rival.get("required", ())) <= known_properties(leaf).keys()


def _disjoint(some: list[Any], others: list[Any]) -> bool:
    return set(map(canonical_json, some)).isdisjoint(map(canonical_json, others))


def _common_type(kind: str, others: tuple[str, ...]) -> bool:
    """Whether some value is of both: an integer is a number, and a number may be an integer."""
    numeric = {"integer", "number"}
    return kind in others or (kind in numeric and not numeric.isdisjoint(others))


def _lists(listed: list[Any], leaf: Mapping[str, Any]) -> bool:
    return "const" in leaf and canonical_json(leaf["const"]) in map(canonical_json, listed)


def _describe(leaf: Leaf) -> str:
    if leaf.label:
        return leaf.label.strip("<>")
    return quote(leaf.schema["const"]) if "const" in leaf.schema else str(leaf.schema.get("type", "anything"))


def _shorten(gaps: list[Gap]) -> list[Gap]:
    """The known gaps of a pair met again; a summary when many, or the findings would double at every level."""
    if len(gaps) <= REPEATED:
        return gaps
    return [Gap(gaps[0].rule, f"{gaps[0].message} (and {len(gaps) - 1} more, as listed before)", gaps[0].path)]
