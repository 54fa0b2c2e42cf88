"""Unions: nullable, discriminated, nested, and those the gate cannot tell apart."""

from __future__ import annotations

from tests.contracttools.compatibility.gate import (
    BACKWARD,
    BOTH,
    FINE,
    FORWARD,
    NULL,
    NUMBER,
    TEXT,
    WHOLE,
    find_broken,
    findings,
    name_findings,
    record,
    tag_variants,
    variant,
)

BITE, SCRATCH = variant("bite", force=WHOLE), variant("scratch", claws=WHOLE)


def event(effect: object) -> dict[str, object]:
    return record({"effect": effect}, "effect")


def test_adding_a_branch_breaks_the_readers_who_have_not_heard_of_it() -> None:
    assert name_findings(event(tag_variants(BITE)), event(tag_variants(BITE, SCRATCH))) == {
        ("forward", '$.effect<kind="scratch">.kind', "enum")
    }


def test_adding_a_third_branch_names_the_branch() -> None:
    found = name_findings(event(tag_variants(BITE, SCRATCH)), event(tag_variants(BITE, SCRATCH, variant("hiss"))))

    assert found == {("forward", '$.effect<kind="hiss">', "union")}


def test_removing_a_branch_breaks_what_was_already_written() -> None:
    found = name_findings(event(tag_variants(BITE, SCRATCH, variant("hiss"))), event(tag_variants(BITE, SCRATCH)))

    assert found == {("backward", '$.effect<kind="hiss">', "union")}


def test_a_change_inside_a_branch_names_the_branch() -> None:
    found = name_findings(
        event(tag_variants(BITE, SCRATCH)), event(tag_variants(BITE, variant("scratch", claws=NUMBER)))
    )

    assert found == {("forward", '$.effect<kind="scratch">.claws', "type")}


def test_an_optional_property_may_be_added_to_a_branch() -> None:
    assert (
        find_broken(tag_variants(BITE, SCRATCH), tag_variants(variant("bite", force=WHOLE, venom=TEXT), SCRATCH))
        == FINE
    )


def test_branches_may_change_places() -> None:
    assert find_broken(tag_variants(BITE, SCRATCH), tag_variants(SCRATCH, BITE)) == FINE


def test_a_branch_for_two_tags_may_become_two_branches() -> None:
    both = record({"kind": {"enum": ["bite", "scratch"]}})

    assert (
        find_broken(
            tag_variants(both, variant("hiss")), tag_variants(variant("bite"), variant("scratch"), variant("hiss"))
        )
        == FINE
    )


def test_a_tag_that_moves_to_another_shape_breaks() -> None:
    old = tag_variants(variant("bite", n=WHOLE), variant("hiss", n=TEXT))
    new = tag_variants(variant("bite", n=TEXT), variant("hiss", n=WHOLE))

    assert find_broken(old, new) == BOTH


def test_a_nullable_discriminated_union_is_matched_by_its_tag() -> None:
    old = {"anyOf": [tag_variants(BITE, SCRATCH), NULL]}
    new = {"anyOf": [NULL, tag_variants(BITE, variant("scratch", claws=TEXT))]}

    assert {path for _, path, _ in name_findings(old, new)} == {'$<kind="scratch">.claws'}


def test_a_union_within_a_union_is_one_union() -> None:
    assert (
        find_broken(
            tag_variants(tag_variants(BITE, SCRATCH), variant("hiss")), tag_variants(BITE, SCRATCH, variant("hiss"))
        )
        == FINE
    )


def test_one_record_becomes_a_union_and_its_optional_tag_is_missed() -> None:
    assert ("backward", "$.kind", "required") in name_findings(BITE, tag_variants(BITE, SCRATCH))


def test_a_branch_for_any_string_swallows_a_narrower_one() -> None:
    assert find_broken({"anyOf": [TEXT, {"const": "x"}]}, TEXT) == FINE


def test_the_nearest_branch_is_the_one_reported() -> None:
    old = record({"x": {"anyOf": [record({"a": TEXT}, "a"), NULL]}})
    new = record({"x": {"anyOf": [record({"a": TEXT, "b": TEXT}, "a", "b"), NULL]}})

    assert name_findings(old, new) == {("backward", "$.x.b", "required")}


def test_a_reader_with_exactly_one_of_several_overlapping_branches_is_refused() -> None:
    overlapping = {"oneOf": [WHOLE, NUMBER]}

    assert name_findings(WHOLE, overlapping) >= {("backward", "$", "oneOf")}
    assert any("cannot be decided" in found.message for found in findings(WHOLE, overlapping))


def test_an_overlapping_one_of_that_did_not_change_is_compatible() -> None:
    assert (
        find_broken(record({"a": {"oneOf": [WHOLE, NUMBER]}}), record({"a": {"oneOf": [WHOLE, NUMBER]}, "b": TEXT}))
        == FINE
    )


def test_a_one_of_is_told_apart_by_types_and_by_what_only_one_branch_requires() -> None:
    untagged = {"oneOf": [record({"a": TEXT}, "a"), record({"b": TEXT}, "b"), TEXT]}

    assert find_broken(untagged, {"anyOf": untagged["oneOf"]}) == FINE


def test_any_of_that_becomes_one_of_breaks_when_branches_overlap() -> None:
    arms = [{"type": "string", "maxLength": 5}, {"type": "string", "minLength": 3}]

    assert find_broken({"anyOf": arms}, {"oneOf": arms}) == BACKWARD
    assert find_broken({"oneOf": arms}, {"anyOf": arms}) == FORWARD


def test_branches_that_a_writers_extras_could_satisfy_at_once_are_not_told_apart() -> None:
    """Without extras the writer never sends b, so only the first branch can take the message."""
    reader = {"oneOf": [record({"a": TEXT}, "a"), record({"b": WHOLE}, "b")]}
    exact, generous = record({"a": TEXT}, "a"), record({"a": TEXT}, "a", additionalProperties=WHOLE)

    assert "backward" not in find_broken(exact, reader)
    assert ("backward", "$", "oneOf") in name_findings(generous, reader)
