"""Every service survives what the kit tries; a broken tool or consumer does not, and the kit says by which property."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infra.assets.contents import services
from infra.errors import UserError
from ninelives.cli import conform as command
from tests.conformance import examples
from tests.conformance.__main__ import conform, conform_service
from tests.conformance.subjects import subject
from tests.simulation.simulation import laboratory
from tests.support.size import pick_size

CASES = pick_size(1, soaking=8)


@pytest.fixture(autouse=True, scope="module")
def _laboratory() -> Iterator[None]:
    with laboratory():
        yield


def found_of(handler):
    made = subject("examples/purr", handler)
    assert made is not None
    return conform(made, 1)


@pytest.mark.parametrize("service", services())
def test_a_service_survives_what_every_service_must(service):
    broken = [str(verdict) for found in conform_service(service, CASES) for verdict in found if verdict.broken]

    assert broken == []


def test_a_tool_and_a_consumer_of_another_team_survive_it():
    assert found_of(examples.tool(examples.purr_once)).broken == set()
    assert found_of(examples.listener(examples.keep)).broken == set()


@pytest.mark.parametrize(
    ("purr", "request_type", "prop"),
    [
        (examples.purr_without_key, examples.Purr, "duplicate"),
        (examples.purr_before_looking, examples.Purr, "duplicate"),
        (examples.purr_in_two_writes, examples.Purr, "killed"),
        (examples.purr_aloud, examples.Purr, "lost and late"),
        (examples.purr_once, examples.StrictPurr, "unknown fields"),
    ],
    ids=["no key", "write before check", "two writes", "an error of no contract", "strict"],
)
def test_a_broken_tool_is_found_by_the_property_that_it_breaks(purr, request_type, prop):
    assert prop in found_of(examples.tool(purr, request_type)).broken


@pytest.mark.parametrize(
    ("handler", "prop"),
    [
        (examples.listener(examples.count_all), "duplicate"),
        (examples.listener(examples.keep_last), "any order"),
        (examples.listener(examples.keep_if_possible), "lost and late"),
        (examples.strict_listener(), "unknown fields"),
    ],
    ids=["counts twice", "order", "ack before write", "strict"],
)
def test_a_broken_consumer_is_found_by_the_property_that_it_breaks(handler, prop):
    assert prop in found_of(handler).broken


def test_a_break_is_told_with_its_smallest_case():
    found = found_of(examples.tool(examples.purr_in_two_writes))

    assert "died after: call 1, dynamodb.put_item" in found.verdicts["killed"].broken


def test_a_service_that_is_not_there_is_named():
    with pytest.raises(UserError, match="no service services/nobody"):
        command.conform(["services/nobody"])
