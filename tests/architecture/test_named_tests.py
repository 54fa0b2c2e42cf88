"""Pages that prove something by tests name tests that exist, where they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
_NAMED = re.compile(r"`(test_[a-z]\w+)`(?:\]\(([^)]+)\))?")
PAGES = sorted(page.name for page in DOCS.glob("*.md") if _NAMED.search(page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_is_named_exists_where_it_is_said_to_be(page: str) -> None:
    for name, path in _NAMED.findall((DOCS / page).read_text(encoding="utf-8")):
        assert path, f"{name} has no path"
        assert f"def {name}(" in (DOCS / path).read_text(encoding="utf-8"), f"{path} has no {name}"


def test_every_threat_is_stopped_by_a_test_or_accepted() -> None:
    page = (DOCS / "threats.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| threat ")]
    threats = [re.split(r" (?<!\\)\| ", row.strip("| ")) for row in rows]

    assert {len(threat) for threat in threats} == {4}
    assert [name for name, _, proof, left in threats if "`test_" not in proof and left == "–"] == []
