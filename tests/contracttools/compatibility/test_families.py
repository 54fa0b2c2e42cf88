"""Every pair within families of small schemas, decided by a validator and compared with the gate's word."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from ninelives.contracttools.compatibility.comparison import Comparison
from tests.contracttools.compatibility.families import FAMILIES
from tests.contracttools.compatibility.gate import document


@cache
def verdicts(name: str) -> list[tuple[Any, Any, bool, set[int], set[int]]]:
    """For every pair (writer, reader): whether the gate sees no gap, what is sent, what is taken."""
    family = FAMILIES[name]
    sides = [
        (schema, document(schema), family.messages_sent(schema), family.messages_taken(schema))
        for schema in family.schemas
    ]
    return [
        (writer, reader, not Comparison(mine, theirs).gaps(), sent, taken)
        for writer, mine, sent, _ in sides
        for reader, theirs, _, taken in sides
    ]


@pytest.mark.parametrize("name", FAMILIES)
def test_where_the_gate_sees_no_gap_the_reader_takes_every_message(name: str) -> None:
    wrong = [(writer, reader) for writer, reader, passed, sent, taken in verdicts(name) if passed and not sent <= taken]

    assert not wrong, "\n".join(json.dumps(pair) for pair in wrong[:5])


@pytest.mark.parametrize("name", FAMILIES)
def test_where_the_gate_sees_a_gap_there_is_nearly_always_a_message_that_shows_it(name: str) -> None:
    """The rest are honest refusals: `multipleOf` against a bound, a pattern against a length, overlapping unions."""
    refused = [(sent, taken) for _, _, passed, sent, taken in verdicts(name) if not passed]
    needless = [1 for sent, taken in refused if sent and sent <= taken]

    assert len(needless) <= 0.07 * len(refused)


@pytest.mark.parametrize("name", FAMILIES)
def test_every_schema_covers_itself(name: str) -> None:
    assert all(passed for writer, reader, passed, _, _ in verdicts(name) if writer == reader)
