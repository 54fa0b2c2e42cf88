"""References, recursion and shared definitions."""

from __future__ import annotations

from typing import Any

import pytest

from ninelives.contracttools.compatibility.findings import Unusable
from tests.contracttools.compatibility.gate import (
    BACKWARD,
    FINE,
    FORWARD,
    NULL,
    TEXT,
    WHOLE,
    document,
    find_broken,
    findings,
    name_findings,
    record,
)

NODE = {"$ref": "#/$defs/Node"}


def tree(value: Any) -> dict[str, Any]:
    """A recursive message: a node with a value, children, and perhaps a parent."""
    children = {"type": "array", "items": NODE}
    parent = {"anyOf": [NODE, NULL], "default": None}
    return {**NODE, "$defs": {"Node": record({"value": value, "children": children, "parent": parent})}}


def test_a_recursive_message_is_compatible_with_itself() -> None:
    assert find_broken(tree(TEXT), tree({"type": "string", "title": "said differently"})) == FINE


def test_a_break_inside_a_recursive_message_is_found_once_per_way_in() -> None:
    assert ("backward", "$.value", "type") in name_findings(tree(TEXT), tree(WHOLE))


def test_recursion_and_its_unrolling_are_the_same() -> None:
    rolled = tree(TEXT)
    node = rolled["$defs"]["Node"]
    unrolled = {**node, "$defs": {"Node": {**node, "title": "inner"}}}

    assert find_broken(rolled, unrolled) == FINE


def test_a_definition_may_be_renamed() -> None:
    old = {"$ref": "#/$defs/Cat", "$defs": {"Cat": record({"a": TEXT})}}
    new = {"$ref": "#/$defs/Feline", "$defs": {"Feline": record({"a": TEXT})}}

    assert find_broken(old, new) == FINE


def test_definitions_of_one_name_and_other_content_are_told_apart() -> None:
    old = {**record({"cat": {"$ref": "#/$defs/Cat"}}), "$defs": {"Cat": TEXT}}
    new = {**record({"cat": {"$ref": "#/$defs/Cat"}}), "$defs": {"Cat": WHOLE}}

    assert name_findings(old, new) == {("backward", "$.cat", "type"), ("forward", "$.cat", "type")}


def test_a_definition_that_nothing_refers_to_does_not_matter() -> None:
    assert find_broken({**TEXT, "$defs": {"Cat": TEXT}}, {**TEXT, "$defs": {"Cat": WHOLE}}) == FINE


def test_one_element_of_all_of_is_that_element() -> None:
    old = {**record({"a": {"allOf": [{"$ref": "#/$defs/T"}], "default": "x"}}), "$defs": {"T": TEXT}}

    assert find_broken(old, record({"a": TEXT})) == FINE


def test_a_shared_definition_is_reported_wherever_it_is_used() -> None:
    def order(amount: Any) -> dict[str, Any]:
        price = {"$ref": "#/$defs/Price"}
        return {**record({"asked": price, "paid": price}), "$defs": {"Price": record({"amount": amount})}}

    assert name_findings(order(WHOLE), order({"type": "number"})) == {
        ("forward", "$.asked.amount", "type"),
        ("forward", "$.paid.amount", "type"),
    }


def test_an_escaped_name_in_a_reference_is_followed() -> None:
    old = {"$ref": "#/$defs/a~1b%20c", "$defs": {"a/b c": TEXT}}

    assert find_broken(old, TEXT) == FINE


def ladder(rungs: int, foot: Any) -> dict[str, Any]:
    """Definitions that double at every level: 2^rungs ways from the top to the foot."""
    step = {f"L{n}": record({name: {"$ref": f"#/$defs/L{n + 1}"} for name in "ab"}) for n in range(rungs)}
    return {"$ref": "#/$defs/L0", "$defs": {**step, f"L{rungs}": foot}}


def test_a_break_below_a_million_paths_is_found_and_summarised() -> None:
    found = findings(ladder(20, WHOLE), ladder(20, TEXT))

    assert {each.direction for each in found} == {"backward", "forward"}
    assert len(found) < 2_000


def unions(depth: int, foot: Any) -> dict[str, Any]:
    """Unions of unions by reference, where a comparison without memory would take 4^depth steps."""
    arms = {
        f"U{n}": {"anyOf": [record({name: {"$ref": f"#/$defs/U{n + 1}"}}, name) for name in "ab"]} for n in range(depth)
    }
    return {"$ref": "#/$defs/U0", "$defs": {**arms, f"U{depth}": foot}}


@pytest.mark.timeout(20)
def test_unions_of_unions_are_compared_in_reasonable_time() -> None:
    assert find_broken(unions(25, WHOLE), unions(25, {"type": "integer", "title": "n"})) == FINE
    assert find_broken(unions(25, WHOLE), unions(25, {"type": "number"})) == FORWARD


def test_a_success_that_rested_on_a_failed_assumption_is_forgotten() -> None:
    """The first branch proves Outer by assuming Inner, fails at Inner's value, and is given up for the second."""

    def message(value: Any) -> dict[str, Any]:
        inner = record({"outer": {"$ref": "#/$defs/Outer"}, "value": value})
        outer = record({"inner": {"$ref": "#/$defs/Inner"}})
        either = {"anyOf": [record({"inner": {"$ref": "#/$defs/Inner"}}), {"type": "object"}]}
        definitions = {"Inner": inner, "Outer": outer}
        return {**record({"either": either, "outer": {"$ref": "#/$defs/Outer"}}), "$defs": definitions}

    assert name_findings(message(TEXT), message(WHOLE)) >= {("backward", "$.outer.inner.value", "type")}


def test_a_schema_that_refers_to_itself_without_end_is_no_schema() -> None:
    for loop in ({"$ref": "#"}, {"$ref": "#/$defs/A", "$defs": {"A": {"anyOf": [{"$ref": "#/$defs/A"}, TEXT]}}}):
        with pytest.raises(Unusable, match="without end"):
            document(loop)


def test_a_long_chain_of_definitions_is_compared_or_refused_in_one_line() -> None:
    def chain(length: int, foot: Any) -> dict[str, Any]:
        links = {f"C{n}": record({"n": {"$ref": f"#/$defs/C{n + 1}"}}) for n in range(length)}
        return {"$ref": "#/$defs/C0", "$defs": {**links, f"C{length}": foot}}

    assert find_broken(chain(40, TEXT), chain(40, {"type": "string", "maxLength": 3})) == BACKWARD
    with pytest.raises(Unusable, match="too deeply"):
        findings(chain(500, TEXT), chain(500, WHOLE))
