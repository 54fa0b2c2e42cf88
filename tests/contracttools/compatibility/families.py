"""Families of schemas, small enough to try every pair, with messages that tell their members apart."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

from jsonschema_rs import Draft202012Validator

from tests.contracttools.compatibility.gate import NULL, NUMBER, TEXT, WHOLE, record, tag_variants, variant

ABSENT = object()


@dataclass(frozen=True)
class Family:
    schemas: list[Any]
    messages: list[Any]

    def messages_sent(self, schema: Any) -> set[int]:
        """The messages that an exact writer may send, by their index."""
        return {index for index, message in enumerate(self.messages) if is_exact(message, schema)}

    def messages_taken(self, schema: Any) -> set[int]:
        """The messages that a tolerant reader takes, by their index."""
        reader = Draft202012Validator(schema)
        return {index for index, message in enumerate(self.messages) if reader.is_valid(message)}


def is_exact(message: Any, schema: Any) -> bool:
    """Whether an exact writer of this schema may send the message: it is valid and holds nothing undeclared."""
    if not Draft202012Validator(schema).is_valid(message):
        return False
    if isinstance(schema, bool):
        return True
    for word in ("anyOf", "oneOf"):
        if word in schema:
            return any(is_exact(message, arm) for arm in schema[word]) and _has_tag(message, schema)
    if isinstance(message, dict):
        return _is_exact_object(message, schema)
    if isinstance(message, list):
        prefix = schema.get("prefixItems", [])
        rest = [schema.get("items", True)] * len(message)
        return all(map(is_exact, message, [*prefix, *rest]))
    return True


def _is_exact_object(message: dict[str, Any], schema: dict[str, Any]) -> bool:
    if "const" in schema or "enum" in schema:
        return True
    if "patternProperties" in schema:
        ((pattern, value),) = schema["patternProperties"].items()
        names_follow = Draft202012Validator({"propertyNames": {"pattern": pattern}}).is_valid(message)
        return names_follow and all(is_exact(each, value) for each in message.values())
    extra = schema.get("additionalProperties", "properties" not in schema)
    undescribed = schema.get("additionalProperties", True)
    known = {**dict.fromkeys(schema.get("required", []), undescribed), **schema.get("properties", {})}
    return all(is_exact(value, known.get(name, extra)) for name, value in message.items())


def _has_tag(message: Any, schema: dict[str, Any]) -> bool:
    return "discriminator" not in schema or schema["discriminator"]["propertyName"] in message


def _drop_absent(**words: Any) -> dict[str, Any]:
    return {word: value for word, value in words.items() if value is not ABSENT}


numbers = Family(
    [
        *(
            _drop_absent(type=kind, minimum=low, exclusiveMinimum=above, maximum=high)
            for kind, low, above, high in product(["integer", "number"], [ABSENT, 0, 0.5], [ABSENT, 0, 1], [ABSENT, 2])
        ),
        *({"type": kind, "exclusiveMaximum": high} for kind in ("integer", "number") for high in (2, 2.5, 3)),
        *({"type": kind, "multipleOf": step} for kind in ("integer", "number") for step in (1, 2, 4, 0.5)),
        *({"enum": listed} for listed in ([0], [1, 2], [1.5], [0.5, 1], [True, 1])),
        {"type": ["integer", "number"]},
        {},
    ],
    [-4, -2, -1, 0, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.25, 2.5, 2.75, 3, 4, 5, 6, 7, 1000, 1000.5, -1000.5, True, None, "1"],
)

strings = Family(
    [
        *(
            _drop_absent(type="string", minLength=low, maxLength=high, pattern=pattern)
            for low, high, pattern in product([ABSENT, 0, 1, 2], [ABSENT, 1, 2], [ABSENT, "^a"])
        ),
        *({"enum": listed} for listed in (["a"], ["a", "b"], ["", "ab"], [None, "a"], ["aaa"])),
        *({"type": kinds, "minLength": 1} for kinds in (["string", "null"], ["null"], ["integer", "string"])),
        {"const": "a"},
        {"type": "string", "enum": ["a", 1]},
        {"minLength": 2},
    ],
    ["", "a", "b", "ab", "bb", "aaa", "bbb", "a" * 50, "b" * 50, None, 1, 7, 1.5, True, False, [], {}],
)

objects = Family(
    [
        *(
            _drop_absent(type="object", properties=members, required=required, additionalProperties=extra)
            for members, required, extra in product(
                [ABSENT, {}, {"a": WHOLE}, {"a": NUMBER}, {"a": WHOLE, "b": WHOLE}, {"b": False}],
                [ABSENT, ["a"], ["b"]],
                [ABSENT, True, False, WHOLE],
            )
        ),
        *(
            {"type": "object", "properties": {"a": WHOLE, "b": WHOLE}, **more}
            for more in ({"minProperties": 1}, {"maxProperties": 1}, {"minProperties": 2}, {"maxProperties": 2})
        ),
        *(
            {"type": "object", "additionalProperties": WHOLE, **more}
            for more in ({"minProperties": 1}, {"maxProperties": 1})
        ),
        *(
            {"type": "object", "additionalProperties": value, "propertyNames": names}
            for value in (WHOLE, True)
            for names in ({"enum": ["a", "b"]}, {"enum": ["a"]}, {"maxLength": 1}, {"pattern": "^a"})
        ),
        *({"type": "object", "patternProperties": {"^a": value}} for value in (WHOLE, NUMBER)),
        {"properties": {"a": WHOLE}},
        {"enum": [{"a": 1}, {}]},
        {"const": {"a": 1.5}},
        {},
    ],
    [
        *(
            {name: value for name, value in zip(("a", "b", "ab", "c"), values, strict=True) if value is not ABSENT}
            for values in product([ABSENT, 1, 1.5, "x"], [ABSENT, 1, 2.5, "x"], [ABSENT, 1, "x"], [ABSENT, 2, "x"])
        ),
        None,
        "x",
    ],
)

arrays = Family(
    [
        *(
            _drop_absent(type="array", prefixItems=prefix, items=rest, minItems=low, maxItems=high)
            for prefix, rest, low, high in product(
                [ABSENT, [WHOLE], [NUMBER, WHOLE]], [ABSENT, WHOLE, NUMBER, False], [ABSENT, 1, 2], [ABSENT, 1, 2]
            )
        ),
        *(
            _drop_absent(type="array", items=WHOLE, uniqueItems=True, maxItems=high, prefixItems=prefix)
            for high, prefix in product([ABSENT, 1, 2], [ABSENT, [WHOLE]])
        ),
        {"type": "array", "prefixItems": [WHOLE, False]},
        {"enum": [[], [1], [1, 1]]},
        {"const": [1, 2.5]},
    ],
    [list(items) for length in range(4) for items in product([1, 2, 2.5, "x"], repeat=length)],
)

_ARMS = [
    TEXT,
    WHOLE,
    NUMBER,
    NULL,
    {"const": "a"},
    {"enum": ["a", 1]},
    record({"a": WHOLE}, "a"),
    record({"b": WHOLE}, "b"),
]

unions = Family(
    [
        *({word: [one, other]} for word in ("anyOf", "oneOf") for one in _ARMS for other in _ARMS if one is not other),
        *_ARMS,
        tag_variants(variant("x", n=WHOLE), variant("y", n=TEXT)),
        tag_variants(variant("y", n=TEXT), variant("x", n=NUMBER)),
        tag_variants(variant("x", n=WHOLE)),
        tag_variants(record({"kind": {"enum": ["x", "y"]}, "n": WHOLE}), variant("z")),
        tag_variants(variant("z"), variant("x", n=WHOLE), variant("y", n=WHOLE)),
        {"anyOf": [tag_variants(variant("x", n=WHOLE), variant("y", n=TEXT)), NULL]},
        {"type": ["string", "null"]},
        {},
    ],
    [
        *("a", "b", 1, 7, 1.5, None, True),
        *({"a": 1}, {"b": 1}, {"a": 1, "b": 1}, {"a": "x"}, {}, [], {"b": "x"}),
        *({"kind": kind, "n": n} for kind in ("x", "y", "z", "w") for n in (1, 1.5, "x")),
        *({"kind": kind} for kind in ("x", "y", "z", "w")),
        {"n": 1},
    ],
)

FAMILIES = {"numbers": numbers, "strings": strings, "objects": objects, "arrays": arrays, "unions": unions}
