"""The contracts of this repository: generated, committed, readable by the gate, and true to what was released."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ninelives.contracttools.compatibility.catalogue import (
    FOLDER,
    Contract,
    contracts_of_all_owners,
    drift,
    schema_files,
)
from ninelives.contracttools.compatibility.compatibility import breaks
from ninelives.contracttools.compatibility.document import parse
from ninelives.contracttools.compatibility.releases import broken_promises
from ninelives.contracttools.compatibility.vocabulary import unread

CONTRACTS = contracts_of_all_owners()
MESSAGES = {str(path): text for path, text in schema_files(CONTRACTS).items()}
ANNOTATIONS = ("title", "description", "default", "examples")


def test_the_committed_schemas_are_those_the_contracts_generate() -> None:
    differing = [
        f"{kind} contracts/schemas/{path}" for kind, path in drift(FOLDER / "schemas", schema_files(CONTRACTS))
    ]

    assert not differing, "run `ninelives contracts schemas`: " + ", ".join(differing)


@pytest.mark.parametrize("each", CONTRACTS, ids=lambda each: each.owner)
def test_every_promise_of_this_major_is_kept(each: Contract) -> None:
    broken = [str(promise) for promise in broken_promises(FOLDER / "released", each)]

    assert not broken, "\n".join(broken)


def test_no_owner_with_a_promise_has_gone() -> None:
    promised = {path.name for path in (FOLDER / "released").glob("*") if path.is_dir()}

    assert promised <= {each.owner for each in CONTRACTS}


@pytest.mark.parametrize("name", MESSAGES)
def test_a_schema_is_valid_and_all_of_it_is_read_by_the_gate(name: str) -> None:
    Draft202012Validator.check_schema(json.loads(MESSAGES[name]))

    assert {place: why for place, schema in parse(MESSAGES[name]).places.items() if (why := unread(schema))} == {}


@pytest.mark.parametrize("name", MESSAGES)
def test_a_schema_stripped_of_its_prose_is_compatible_with_itself(name: str) -> None:
    bare = json.dumps(without_prose(json.loads(MESSAGES[name])))

    assert bare != json.dumps(json.loads(MESSAGES[name]))
    assert breaks(parse(MESSAGES[name]), parse(bare)) == []


def without_prose(value: Any, is_schema: bool = True) -> Any:
    if isinstance(value, list):
        return [without_prose(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {key: item for key, item in value.items() if not (is_schema and key in ANNOTATIONS)}
    return {key: without_prose(item, key not in {"properties", "$defs"} or not is_schema) for key, item in kept.items()}
