"""From models to schema files to promised minors, with contracts of two messages that exist only here."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, create_model

from contracts.envelope import Message
from ninelives.contracttools.compatibility.catalogue import Contract, contract, drift, schema_files, write
from ninelives.contracttools.compatibility.releases import broken_promises, release
from tests.contracttools.compatibility.gate import find_broken


def message(name: str, **fields: Any) -> type[Message]:
    return create_model(name, __base__=Message, __module__="contracts.cattery", **fields)


def cattery(*messages: type[BaseModel], **more: Any) -> Contract:
    module = ModuleType("contracts.cattery")
    vars(module).update(
        {each.__name__: each for each in messages}, __all__=[each.__name__ for each in messages], **more
    )
    return contract("cattery", module)


FEED = message("Feed", grams=(int, Field(ge=1)))
GROOM = message("Groom", minutes=(int, 5))


def test_the_messages_an_owner_exports_are_its_contract() -> None:
    class Fur(BaseModel):
        colour: str

    imported = create_model("Imported", __base__=Message, __module__="contracts.kennel")

    assert set(cattery(FEED, Fur, imported).schemas) == {"Feed"}
    assert set(cattery(FEED, SCHEMAS=(Fur,)).schemas) == {"Feed", "Fur"}


def test_a_schema_file_names_its_dialect_and_identity_and_is_sorted() -> None:
    text = cattery(FEED).schemas["Feed"]
    schema = json.loads(text)

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == "urn:ninelives:contracts:cattery:Feed"
    assert text == json.dumps(schema, indent=2, sort_keys=True) + "\n"


def test_what_has_a_default_may_be_left_out_by_a_writer() -> None:
    assert "required" not in json.loads(cattery(GROOM).schemas["Groom"])


def test_schemas_are_written_once_and_then_do_not_differ(tmp_path: Path) -> None:
    files = schema_files([cattery(FEED, GROOM)])

    assert [kind for kind, _ in write(tmp_path, files)] == ["missing", "missing"]
    assert list(drift(tmp_path, files)) == []


def test_drift_names_what_is_missing_changed_or_stale(tmp_path: Path) -> None:
    write(tmp_path, schema_files([cattery(FEED, GROOM)]))
    wider = message("Groom", minutes=(float, 5))
    files = schema_files([cattery(wider, message("Nap"))])

    assert list(drift(tmp_path, files)) == [
        ("changed", Path("cattery/Groom.json")),
        ("missing", Path("cattery/Nap.json")),
        ("stale", Path("cattery/Feed.json")),
    ]
    write(tmp_path, files)
    assert {path.name for path in tmp_path.glob("*/*")} == {"Groom.json", "Nap.json"}


def test_minors_count_up_and_nothing_new_is_no_minor(tmp_path: Path) -> None:
    more = message("Feed", grams=(int, Field(ge=1)), bowl=(str | None, None))

    assert release(tmp_path, cattery(FEED)) == "1.0"
    assert release(tmp_path, cattery(FEED)) is None
    assert list(broken_promises(tmp_path, cattery(more))) == []
    assert [release(tmp_path, cattery(more if n % 2 else FEED)) for n in range(1, 11)][-1] == "1.10"
    assert release(tmp_path, cattery(FEED, GROOM)) == "1.11"


def test_a_promise_is_checked_against_every_minor_of_its_major(tmp_path: Path) -> None:
    """Taking a field away and bringing it back as another type passes from minor to minor, and breaks the first."""
    for each in (message("Feed", bowl=(str | None, None)), message("Feed")):
        release(tmp_path, cattery(each))

    found = list(broken_promises(tmp_path, cattery(message("Feed", bowl=(int | None, None)))))

    assert {(each.minor, each.message, each.found.direction, each.found.path) for each in found} == {
        ("1.0", "Feed", "backward", "$.bowl"),
        ("1.0", "Feed", "forward", "$.bowl"),
    }


def test_a_message_that_vanished_is_a_broken_promise(tmp_path: Path) -> None:
    release(tmp_path, cattery(FEED, GROOM))

    assert [str(each).split(" ")[:5] for each in broken_promises(tmp_path, cattery(FEED))] == [
        ["cattery", "1.0", "Groom", "backward", "$"],
        ["cattery", "1.0", "Groom", "forward", "$"],
    ]


def test_a_new_major_promises_anew(tmp_path: Path) -> None:
    release(tmp_path, cattery(FEED))
    second = cattery(message("Feed", grams=(str, ...)), MAJOR=2)

    assert list(broken_promises(tmp_path, second)) == []
    assert release(tmp_path, second) == "2.0"


class Bite(BaseModel):
    kind: Literal["bite"] = "bite"
    force: int


class Hiss(BaseModel):
    kind: Literal["hiss"] = "hiss"


class Node(BaseModel):
    label: str
    children: tuple[Node, ...] = ()
    by_name: dict[str, Node] = {}


Reaction = Annotated[Bite | Hiss, Field(discriminator="kind")]


def test_what_pydantic_writes_for_unions_recursion_and_maps_is_decided() -> None:
    fields: dict[str, Any] = {
        "reaction": (Reaction, ...),
        "perhaps": (Reaction | None, None),
        "tree": (Node, ...),
        "pair": (tuple[int, str], ...),
        "by_slug": (dict[Annotated[str, Field(pattern="^[a-z]+$")], Bite], {}),
        "counts": (dict[Literal["p", "q"], int], {}),
        "anything": (Any, None),
    }
    old = json.loads(cattery(message("Scene", **fields)).schemas["Scene"])
    new = json.loads(cattery(message("Scene", **fields, extra=(int, 0))).schemas["Scene"])
    wider = json.loads(cattery(message("Scene", **{**fields, "reaction": (Bite, ...)})).schemas["Scene"])

    assert find_broken(old, new) == set()
    assert find_broken(wider, old) >= {"forward"}
