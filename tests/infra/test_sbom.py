"""A bill of materials names everything that is locked, and is one by CycloneDX's own schema."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from infra.assets.contents import SERVICES
from infra.errors import UserError
from ninelives.deployment.sbom import bill, check, licence_of, pins

REPOSITORY = Path(__file__).resolve().parents[2]
FOLDERS = {name: REPOSITORY / "services" / name for name in SERVICES} | {"repository": REPOSITORY}
NOW = datetime(2026, 11, 30, tzinfo=UTC)


@cache
def _bill(name: str) -> Any:
    return json.loads(bill(FOLDERS[name] / "pyproject.toml", NOW))


@pytest.mark.parametrize("name", FOLDERS)
def test_every_locked_package_is_in_the_bill_with_its_version_licence_and_hashes(name: str) -> None:
    lock = (FOLDERS[name] / "requirements.txt").read_text(encoding="utf-8")
    billed = {each["bom-ref"]: each for each in _bill(name)["components"]}
    locked = list(pins(lock))

    assert {pin.reference for pin in locked} == billed.keys()
    assert lock.count("--hash=") == sum(len(pin.hashes) for pin in locked) > 0
    for pin in locked:
        component = billed[pin.reference]
        [files] = component["externalReferences"]
        [licence] = component["licenses"]
        assert (component["name"], component["version"], component["purl"]) == (pin.name, pin.version, pin.reference)
        assert {each["content"] for each in files["hashes"]} == set(pin.hashes)
        assert licence.get("expression") or licence["license"].get("id") or licence["license"].get("name")


def test_a_bill_says_who_asked_for_what() -> None:
    asked = {each["ref"]: each.get("dependsOn", []) for each in _bill("metrics")["dependencies"]}

    assert [each.partition("@")[0] for each in asked["root"]] == [
        "pkg:pypi/aws-lambda-powertools",
        "pkg:pypi/botocore",
        "pkg:pypi/pydantic",
    ]
    [pydantic] = (each for each in asked if each.startswith("pkg:pypi/pydantic@"))
    assert any(each.startswith("pkg:pypi/pydantic-core@") for each in asked[pydantic])


def test_the_same_lock_is_the_same_bill() -> None:
    assert json.loads(bill(FOLDERS["metrics"] / "pyproject.toml", NOW)) == _bill("metrics")
    assert _bill("metrics")["serialNumber"] != _bill("audit")["serialNumber"]


def test_what_is_no_bill_is_refused() -> None:
    with pytest.raises(UserError, match="Not a valid bill"):
        check(json.dumps({**_bill("metrics"), "components": [{"name": "a cat"}]}))


def test_a_package_whose_licence_nobody_says_is_named() -> None:
    with pytest.raises(UserError, match="no-such-cat is locked and not installed"):
        licence_of("no-such-cat")
