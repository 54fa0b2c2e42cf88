"""The contracts of this repository: generated, committed, readable by the gate, and true to what was released."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema_rs import meta

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

MESSAGES = {str(path.relative_to(FOLDER / "schemas")): path for path in sorted((FOLDER / "schemas").glob("*/*.json"))}
OWNERS = sorted({path.parent.name for path in MESSAGES.values()})
ANNOTATIONS = ("title", "description", "default", "examples")


@pytest.fixture(scope="module")
def promised() -> dict[str, Contract]:
    """The contract that each owner promises now. Made of the models, which takes seconds."""
    return {each.owner: each for each in contracts_of_all_owners()}


def test_the_committed_schemas_are_those_the_contracts_generate(promised: dict[str, Contract]) -> None:
    expected = schema_files(list(promised.values()))
    differing = [f"{kind} contracts/schemas/{path}" for kind, path in drift(FOLDER / "schemas", expected)]

    assert not differing, "run `ninelives contracts schemas`: " + ", ".join(differing)


@pytest.mark.parametrize("owner", OWNERS)
def test_every_promise_of_this_major_is_kept(owner: str, promised: dict[str, Contract]) -> None:
    broken = [str(promise) for promise in broken_promises(FOLDER / "released", promised[owner])]

    assert not broken, "\n".join(broken)


def test_no_owner_with_a_promise_has_gone(promised: dict[str, Contract]) -> None:
    assert {path.name for path in (FOLDER / "released").glob("*") if path.is_dir()} <= promised.keys()


@pytest.mark.parametrize("name", MESSAGES)
def test_a_schema_is_valid_and_all_of_it_is_read_by_the_gate(name: str) -> None:
    meta.validate(json.loads(MESSAGES[name].read_text()))

    assert {
        place: why for place, schema in parse(MESSAGES[name].read_text()).places.items() if (why := unread(schema))
    } == {}


@pytest.mark.parametrize("name", MESSAGES)
def test_a_schema_stripped_of_its_prose_is_compatible_with_itself(name: str) -> None:
    text = MESSAGES[name].read_text()
    bare = json.dumps(without_prose(json.loads(text)))

    assert bare != json.dumps(json.loads(text))
    assert breaks(parse(text), parse(bare)) == []


def without_prose(value: Any, is_schema: bool = True) -> Any:
    if isinstance(value, list):
        return [without_prose(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {key: item for key, item in value.items() if not (is_schema and key in ANNOTATIONS)}
    return {key: without_prose(item, key not in {"properties", "$defs"} or not is_schema) for key, item in kept.items()}
