"""Every package that is locked may be used here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ninelives.deployment.licences import UNNAMED, find_refused, is_allowed, list_licences

REPOSITORY = Path(__file__).resolve().parents[2]


def test_every_locked_package_has_a_licence_that_is_allowed() -> None:
    locks = [REPOSITORY / "requirements.txt", *REPOSITORY.glob("services/*/requirements.txt")]
    listed = list_licences(locks, [REPOSITORY / "package-lock.json"])

    assert find_refused(listed) == []
    assert sum(map(len, listed.values())) > 50
    assert "npm:typescript" in listed["Apache-2.0"]


@pytest.mark.parametrize("licence", ["MIT", "MIT OR GPL-3.0-only", "(MIT AND Zlib) OR AGPL-3.0-only"])
def test_what_can_be_met_by_an_allowed_licence_is_allowed(licence: str) -> None:
    assert is_allowed(licence)


@pytest.mark.parametrize("licence", ["AGPL-3.0-only", "MIT AND GPL-3.0-only", "Proprietary", "see the file", "MIT OR"])
def test_what_asks_for_more_or_is_no_licence_is_not(licence: str) -> None:
    assert find_refused({licence: ("it",)}) == [f"{licence}: it"]


def test_a_package_of_npm_is_named_with_the_licence_of_its_lock_and_one_without_may_not_be_used(tmp_path: Path) -> None:
    packages = {
        "": {"name": "ours"},
        "node_modules/good": {"license": "MIT"},
        "node_modules/good/node_modules/@some/copyleft": {"license": "GPL-3.0-only"},
        "node_modules/silent": {},
        "node_modules/url-template": {"license": "BSD"},
    }
    (tmp_path / "package-lock.json").write_text(json.dumps({"packages": packages}))

    listed = list_licences([], [tmp_path / "package-lock.json"])

    assert listed["BSD-3-Clause"] == ("npm:url-template",)
    assert find_refused(listed) == ["GPL-3.0-only: npm:@some/copyleft", f"{UNNAMED}: npm:silent"]
