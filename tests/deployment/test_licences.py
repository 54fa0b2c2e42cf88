"""Every package that is locked may be used here."""

from __future__ import annotations

from pathlib import Path

import pytest

from ninelives.deployment.licences import is_allowed, list_licences, refused

REPOSITORY = Path(__file__).resolve().parents[2]


def test_every_locked_package_has_a_licence_that_is_allowed() -> None:
    locks = [REPOSITORY / "requirements.txt", *REPOSITORY.glob("services/*/requirements.txt")]
    listed = list_licences(locks)

    assert refused(listed) == []
    assert sum(map(len, listed.values())) > 50


@pytest.mark.parametrize("licence", ["MIT", "MIT OR GPL-3.0-only", "(MIT AND Zlib) OR AGPL-3.0-only"])
def test_what_can_be_met_by_an_allowed_licence_is_allowed(licence: str) -> None:
    assert is_allowed(licence)


@pytest.mark.parametrize("licence", ["AGPL-3.0-only", "MIT AND GPL-3.0-only", "Proprietary", "see the file", "MIT OR"])
def test_what_asks_for_more_or_is_no_licence_is_not(licence: str) -> None:
    assert refused({licence: ("it",)}) == [f"{licence}: it"]
