"""Hypothesis strategies: schemas as pydantic writes them, small edits of them, and what an exact writer sends."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

Schema = Any
DEFINITIONS = ("Cat", "Node")
NAMES = ("a", "b", "kind")
PATTERNS = ("^[ab]+$", r"^1\.\d$")
CONSTANTS = (0, 1, 1.5, True, None, "a", "b", "1.0", [1], {"a": 1})


def _with_some(base: dict[str, Any], **optional: st.SearchStrategy[Any]) -> st.SearchStrategy[Schema]:
    return st.fixed_dictionaries({key: st.just(value) for key, value in base.items()}, optional=optional)


small = st.integers(0, 3)
texts = _with_some({"type": "string"}, minLength=st.integers(0, 1), maxLength=small, pattern=st.sampled_from(PATTERNS))
bounds: dict[str, st.SearchStrategy[Any]] = {
    "minimum": st.integers(-2, 1),
    "exclusiveMinimum": st.sampled_from([-2, -0.5, 0]),
    "maximum": st.integers(1, 4),
    "exclusiveMaximum": st.sampled_from([2, 2.5, 4]),
    "multipleOf": st.sampled_from([1, 2]),
}
LIMITS: dict[str, st.SearchStrategy[Any]] = {
    **bounds,
    **{word: small for word in ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")},
    "uniqueItems": st.booleans(),
}
numbers = _with_some({"type": "integer"}, **bounds) | _with_some({"type": "number"}, **bounds)
constants = st.builds(lambda value: {"const": value}, st.sampled_from(CONSTANTS)) | st.builds(
    lambda values: {"enum": values}, st.lists(st.sampled_from(CONSTANTS), min_size=1, max_size=3)
)
several = st.builds(
    lambda kinds: {"type": kinds},
    st.lists(st.sampled_from(["null", "string", "integer", "boolean"]), min_size=1, max_size=2, unique=True),
)
references = st.sampled_from(DEFINITIONS).map(lambda name: {"$ref": f"#/$defs/{name}"})
plain = st.sampled_from([{}, True, {"type": "boolean"}, {"type": "null"}])
scalars = (texts | numbers | constants | several | plain).map(copy.deepcopy)
"""Copies, because an edit works in place."""


def _records(inner: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    extras = st.sampled_from([False, True, {"type": "integer"}]).map(copy.deepcopy)
    return st.builds(
        lambda properties, required, more: {
            "type": "object",
            "properties": properties,
            "required": [name for name in required if name in properties],
            **more,
        },
        st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
        st.lists(st.sampled_from(NAMES), max_size=2, unique=True),
        st.fixed_dictionaries({}, optional={"additionalProperties": extras, "minProperties": st.integers(0, 1)}),
    )


def _maps(inner: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    names = st.sampled_from([{"enum": ["a", "b"]}, {"maxLength": 1}, {"pattern": "^[ab]+$"}])
    free = st.fixed_dictionaries(
        {"type": st.just("object"), "additionalProperties": inner},
        optional={"propertyNames": names, "maxProperties": small},
    )
    return free | inner.map(lambda value: {"type": "object", "patternProperties": {"^[ab]+$": value}})


def _arrays(inner: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    lists = st.fixed_dictionaries(
        {"type": st.just("array"), "items": inner},
        optional={"minItems": st.integers(0, 1), "maxItems": small, "uniqueItems": st.booleans()},
    )
    tuples = st.lists(inner, min_size=1, max_size=2).map(
        lambda items: {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}
    )
    open_tuples = st.fixed_dictionaries(
        {"type": st.just("array"), "prefixItems": st.lists(inner, min_size=1, max_size=2)},
        optional={"items": inner | st.just(False), "minItems": small},
    )
    return lists | tuples | open_tuples


def _unions(inner: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    arms = st.lists(inner, min_size=1, max_size=3)
    return st.builds(lambda word, arms: {word: arms}, st.sampled_from(["anyOf", "anyOf", "oneOf"]), arms)


def _tag(inner: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    def variant(tag: str, value: Schema) -> Schema:
        return {"type": "object", "properties": {"kind": {"const": tag, "type": "string"}, "n": value}}

    def union(values: dict[str, Schema]) -> Schema:
        arms = [variant(tag, value) for tag, value in values.items()]
        return {"oneOf": arms, "discriminator": {"propertyName": "kind"}}

    return st.dictionaries(st.sampled_from(["x", "y", "z"]), inner, min_size=1, max_size=3).map(union)


def _composites(inner: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    return _records(inner) | _maps(inner) | _arrays(inner) | _unions(inner) | _tag(inner)


_trees = st.recursive(scalars | references, _composites, max_leaves=6)
_guarded = _records(_trees) | _arrays(_trees)
"""Schemas that definitions hold: their references stand below a property or an item, so that none loops."""

schemas: st.SearchStrategy[Schema] = st.builds(
    lambda root, cat, node: {**root, "$defs": {"Cat": cat, "Node": node}},
    _composites(_trees) | scalars.filter(lambda scalar: isinstance(scalar, dict)),
    scalars,
    _guarded,
)


@st.composite
def edits(draw: st.DrawFn, schema: Schema) -> Schema:
    """The schema after one or two of the changes that people make, each at a random place."""
    new = copy.deepcopy(schema)
    for _ in range(draw(st.integers(1, 2))):
        place = draw(st.sampled_from(_inside(new)))
        draw(st.sampled_from([*_edits_of_anything, *_edits_of(place)]))(draw, place)
    return new


def _inside(schema: Schema) -> list[dict[str, Any]]:
    """The schemas in a schema, itself included, that are objects."""
    if not isinstance(schema, dict):
        return []
    found = [schema]
    for word in ("items", "additionalProperties"):
        found += _inside(schema.get(word))
    for word in ("anyOf", "oneOf", "prefixItems"):
        found += [each for item in schema.get(word, []) for each in _inside(item)]
    for word in ("properties", "patternProperties", "$defs"):
        found += [each for item in schema.get(word, {}).values() for each in _inside(item)]
    return found


Edit = Callable[[st.DrawFn, dict[str, Any]], object]


def _replace(draw: st.DrawFn, place: dict[str, Any]) -> None:
    _become(place, draw(scalars.filter(lambda scalar: isinstance(scalar, dict))))


def _allow_null(draw: st.DrawFn, place: dict[str, Any]) -> None:
    old = {word: value for word, value in place.items() if word != "$defs"}
    _become(place, {"anyOf": draw(st.permutations([old, {"type": "null"}]))})


def _become(place: dict[str, Any], schema: dict[str, Any]) -> None:
    definitions = {"$defs": place["$defs"]} if "$defs" in place else {}
    place.clear()
    place.update(copy.deepcopy(schema), **definitions)


def _edit_limit(draw: st.DrawFn, place: dict[str, Any]) -> None:
    word = draw(st.sampled_from(sorted(place.keys() & LIMITS.keys())))
    place.update({word: draw(LIMITS[word])}) if draw(st.booleans()) else place.pop(word)


def _limit(draw: st.DrawFn, place: dict[str, Any]) -> None:
    word = draw(st.sampled_from(sorted(LIMITS)))
    place[word] = draw(LIMITS[word])


def _edit_members(draw: st.DrawFn, place: dict[str, Any]) -> None:
    name = draw(st.sampled_from(["a", "new"]))
    place["properties"].update({name: draw(scalars)}) if draw(st.booleans()) else place["properties"].pop(name, None)


def _edit_required(draw: st.DrawFn, place: dict[str, Any]) -> None:
    place["required"] = draw(st.lists(st.sampled_from([*NAMES, "new"]), unique=True, max_size=2))


def _edit_extras(draw: st.DrawFn, place: dict[str, Any]) -> None:
    extras = st.sampled_from([True, False, {"type": "number"}, {"type": "integer"}])
    place["additionalProperties"] = copy.deepcopy(draw(extras))


def _edit_number(draw: st.DrawFn, place: dict[str, Any]) -> None:
    place["type"] = "number" if place["type"] == "integer" else "integer"


def _edit_enum(draw: st.DrawFn, place: dict[str, Any]) -> None:
    place["enum"] = draw(st.lists(st.sampled_from(CONSTANTS), min_size=1, max_size=3))


def _edit_arms(draw: st.DrawFn, place: dict[str, Any]) -> None:
    word = "anyOf" if "anyOf" in place else "oneOf"
    arms = place.pop(word)
    extra = [] if "discriminator" in place else draw(st.lists(scalars, max_size=1))
    kept = arms[: draw(st.integers(1, len(arms)))]
    place[draw(st.sampled_from(["anyOf", "oneOf"]))] = draw(st.permutations([*kept, *extra]))


def _edits_of(place: dict[str, Any]) -> list[Edit]:
    possible: dict[str, list[Edit]] = {
        "properties": [_edit_members, _edit_required, _edit_extras],
        "enum": [_edit_enum],
        "anyOf": [_edit_arms],
        "oneOf": [_edit_arms],
    }
    edits = [edit for word in place for edit in possible.get(word, [])]
    edits += [_limit] if "type" in place and "patternProperties" not in place else []
    edits += [_edit_limit] if place.keys() & LIMITS.keys() else []
    edits += [_edit_number] if place.get("type") in ("integer", "number") else []
    return edits * 3


_edits_of_anything: list[Edit] = [_replace, _allow_null]


anything = st.recursive(
    st.sampled_from([None, True, 0, 1, 2, 1.5, "", "a", "1.0", "xyz"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from([*NAMES, "zz"]), inner, max_size=2),
    max_leaves=3,
)


def messages(document: Schema, schema: Schema, fuel: int = 4) -> st.SearchStrategy[Any]:
    """Messages that an exact writer of this schema may send. May offer too much where a bound is hard to aim at: the
    caller drops what the writer's own schema refuses."""
    if isinstance(schema, bool):
        return anything if schema else st.nothing()
    if fuel == 0:
        return st.nothing()
    if "$ref" in schema:
        return messages(document, document["$defs"][schema["$ref"].rsplit("/", 1)[1]], fuel - 1)
    for word in ("anyOf", "oneOf"):
        if word in schema:
            arms = [_with_tag(arm, schema.get("discriminator")) for arm in schema[word]]
            return st.one_of([messages(document, arm, fuel) for arm in arms])
    if "const" in schema or "enum" in schema:
        return st.sampled_from([schema["const"]] if "const" in schema else schema["enum"])
    kinds = schema.get("type", ["null", "boolean", "integer", "number", "string", "array", "object"])
    return st.one_of(
        [_of_type(document, schema, kind, fuel) for kind in ([kinds] if isinstance(kinds, str) else kinds)]
    )


def _with_tag(arm: Schema, discriminator: Any) -> Schema:
    return {**arm, "required": [*arm.get("required", []), "kind"]} if discriminator else arm


def _of_type(document: Schema, schema: dict[str, Any], kind: str, fuel: int) -> st.SearchStrategy[Any]:
    match kind:
        case "null":
            return st.none()
        case "boolean":
            return st.booleans()
        case "integer":
            return st.integers(-3, 6)
        case "number":
            return st.integers(-3, 6) | st.sampled_from([-0.5, 0.5, 1.5, 2.5, 3.5])
        case "string":
            return st.sampled_from(["", "a", "ab", "bab", "1.0", "1.7", "xyz", "abcd"])
        case "array":
            return _array(document, schema, fuel)
    return _object(document, schema, fuel)


def _array(document: Schema, schema: dict[str, Any], fuel: int) -> st.SearchStrategy[Any]:
    prefix = [messages(document, item, fuel - 1) for item in schema.get("prefixItems", [])]
    rest = messages(document, schema.get("items", True), fuel - 1)
    tail = st.just([]) if rest.is_empty else st.lists(rest, max_size=3)
    whole = (
        st.builds(lambda head, more: [*head, *more], st.tuples(*prefix), tail)
        if not any(p.is_empty for p in prefix)
        else st.nothing()
    )
    cut = st.lists(prefix[0], max_size=1) if prefix and not prefix[0].is_empty else st.just([])
    return whole | cut


def _object(document: Schema, schema: dict[str, Any], fuel: int) -> st.SearchStrategy[Any]:
    members = {name: messages(document, each, fuel - 1) for name, each in schema.get("properties", {}).items()}
    required = {name: members.get(name, anything) for name in schema.get("required", [])}
    optional = {name: each for name, each in members.items() if name not in required and not each.is_empty}
    if any(each.is_empty for each in required.values()):
        return st.nothing()
    known = st.fixed_dictionaries(required, optional=optional)
    extra = next(iter(schema.get("patternProperties", {}).values()), None)
    names = st.sampled_from([*NAMES, "ab"])
    if extra is None:
        extra, names = (
            schema.get("additionalProperties", "properties" not in schema),
            st.sampled_from([*NAMES, "new", "n"]),
        )
    more = messages(document, extra, fuel - 1)
    if more.is_empty:
        return known
    others = st.dictionaries(names, more, max_size=3)
    return st.builds(
        lambda known, others: {**{k: v for k, v in others.items() if k not in members}, **known}, known, others
    )
