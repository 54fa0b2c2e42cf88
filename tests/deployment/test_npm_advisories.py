"""Packages that npm has locked are audited as those of Python are, and never called sound where nobody could know."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ninelives.deployment.advisories import Audit
from ninelives.deployment.npm_advisories import KNOWN_TO_BE_BAD, Ask, ask_npm, audit_npm

FLAW = {"name": "lodash", "severity": "critical", "range": "<4.17.21"}
BAD = {"vulnerabilities": {"lodash": FLAW}}
WELL: dict[str, Any] = {"vulnerabilities": {}}
REFUSED = {"message": "405 Method Not Allowed", "statusCode": 405}


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return tmp_path / "package-lock.json"


def answering(lock: Path, canary: Any, locked: Any = None) -> Ask:
    """A source that says this of the package that is known to be bad, and that of the locked ones."""

    def ask(folder: Path) -> str:
        asked = locked if folder == lock.parent else canary
        if isinstance(asked, Exception):
            raise asked
        if folder != lock.parent:
            bad = json.loads((folder / "package-lock.json").read_text())["packages"]
            assert bad[f"node_modules/{KNOWN_TO_BE_BAD[0]}"]["version"] == KNOWN_TO_BE_BAD[1]
        return asked if isinstance(asked, str) else json.dumps(asked)

    return ask


def test_what_is_known_to_be_bad_is_named(lock: Path) -> None:
    assert audit_npm(lock, answering(lock, BAD, BAD)) == Audit(("npm:lodash <4.17.21: critical",))


def test_when_all_is_known_and_nothing_is_bad_nothing_is_said(lock: Path) -> None:
    assert audit_npm(lock, answering(lock, BAD, WELL)) == Audit()


@pytest.mark.parametrize("broken", ["", "npm error", REFUSED, OSError(), subprocess.TimeoutExpired("npm", 1)])
def test_where_no_source_is_reached_nothing_was_audited(lock: Path, broken: Any) -> None:
    assert "no source" in audit_npm(lock, answering(lock, broken)).missed
    assert "stopped" in audit_npm(lock, answering(lock, BAD, broken)).missed


def test_a_source_that_finds_nothing_wrong_with_what_is_known_to_be_bad_has_audited_nothing(lock: Path) -> None:
    assert "lodash@4.17.15" in audit_npm(lock, answering(lock, WELL, WELL)).missed


def test_npm_reads_a_copy_of_the_lock_and_installs_nothing(tmp_path: Path) -> None:
    for name in ("package.json", "package-lock.json"):
        (tmp_path / name).write_text("{}")
    npm = tmp_path / "bin" / "npm"
    npm.parent.mkdir()
    npm.write_text('#!/bin/sh\necho "$@" "$(ls)"; touch made-by-npm\n')
    npm.chmod(0o755)

    said = ask_npm(npm)(tmp_path)

    assert {"audit", "--package-lock-only", "package.json", "package-lock.json"} <= set(said.split())
    assert not (tmp_path / "made-by-npm").exists()
