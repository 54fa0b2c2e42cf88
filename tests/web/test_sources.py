"""Rules that the web game's sources keep to, beside what biome and tsc check."""

from __future__ import annotations

import json
import re

from infra.local.home import REPOSITORY
from infra.web.files import WEB

LONGEST_LINE = 120
SOURCES = {".js", ".ts", ".css", ".html"}


def test_no_line_is_longer_than_120_characters() -> None:
    """Biome breaks code at 120 characters, but neither strings nor comments, and no HTML."""
    sources = sorted(path for path in WEB.rglob("*") if path.suffix in SOURCES)
    too_long = [
        f"{path.relative_to(REPOSITORY)}:{number} has {len(line)}"
        for path in sources
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > LONGEST_LINE
    ]

    assert {path.suffix for path in sources} == SOURCES
    assert too_long == []


def test_a_rule_is_only_silenced_with_a_reason() -> None:
    silenced = [
        line.strip()
        for path in sorted(path for path in WEB.rglob("*") if path.suffix in SOURCES)
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"biome-ignore|@ts-(ignore|nocheck|expect-error)", line)
    ]

    assert [line for line in silenced if not re.search(r"biome-ignore lint/\w+/\w+: \w+( \S+){3,}", line)] == []


def test_the_tools_are_pinned_by_hash_and_without_addresses() -> None:
    wanted = json.loads((REPOSITORY / "package.json").read_text())["devDependencies"]
    packages = json.loads((REPOSITORY / "package-lock.json").read_text())["packages"]
    itself = packages.pop("")

    assert itself["devDependencies"] == wanted
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    assert {name for name, package in packages.items() if "integrity" not in package or "resolved" in package} == set()
