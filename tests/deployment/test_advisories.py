"""An audit says what is known to be bad, and never that all is well when nobody could know."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from ninelives.cli import quality
from ninelives.cli.supply import NOT_KNOWN
from ninelives.deployment import advisories
from ninelives.deployment.advisories import KNOWN_TO_BE_BAD, audit

LOCK = Path("requirements.txt")
FLAW = {"id": "PYSEC-1", "fix_versions": ["4.0"], "aliases": [], "description": ""}
WELL = {"name": "boto3", "version": "1.0", "vulns": []}
BAD = {"name": "django", "version": "3.2", "vulns": [FLAW]}
MISSING = {"name": "django", "skip_reason": "not found"}


def answering(canary: Any, locked: Any = ()) -> advisories.Ask:
    """A source that says this of the package that is known to be bad, and that of the locked ones."""

    def ask(files: Sequence[Path]) -> str:
        asked = canary if KNOWN_TO_BE_BAD in (files[0].read_text() if files[0] != LOCK else "") else locked
        if isinstance(asked, Exception):
            raise asked
        return asked if isinstance(asked, str) else json.dumps({"dependencies": list(asked)})

    return ask


@pytest.mark.parametrize("blind", [[], [{**BAD, "vulns": []}], [MISSING]])
def test_a_source_that_finds_nothing_wrong_with_what_is_known_to_be_bad_has_audited_nothing(blind: Any) -> None:
    told = audit([LOCK], answering(blind, [WELL]))

    assert told.found == ()
    assert KNOWN_TO_BE_BAD in told.missed


@pytest.mark.parametrize("broken", ["", "Traceback", OSError(), subprocess.TimeoutExpired("pip-audit", 1)])
def test_where_no_source_is_reached_nothing_was_audited(broken: Any) -> None:
    assert "no source" in audit([LOCK], answering(broken)).missed
    assert "stopped" in audit([LOCK], answering([BAD], broken)).missed


def test_what_is_known_to_be_bad_is_named_with_where_it_is_mended() -> None:
    told = audit([LOCK], answering([BAD], [WELL, {"name": "pip", "version": "1.0", "vulns": [FLAW]}]))

    assert (told.found, told.missed) == (("pip 1.0: PYSEC-1, mended in 4.0",), "")


def test_when_all_is_known_and_nothing_is_bad_nothing_is_said() -> None:
    assert audit([LOCK], answering([BAD], [WELL])) == advisories.Audit()


def test_a_package_that_the_source_does_not_know_was_not_audited() -> None:
    assert "own-thing" in audit([LOCK], answering([BAD], [WELL, {"name": "own-thing", "skip_reason": "?"}])).missed


def test_an_advisory_that_was_accepted_is_found_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(advisories.ACCEPTED, "PYSEC-1", "We never call it.")

    assert audit([LOCK], answering([BAD], [{**BAD, "name": "pip"}])).found == ()


def test_a_check_that_audited_nothing_says_so_and_has_no_tick(capfd: pytest.CaptureFixture[str]) -> None:
    [name] = [each for each in quality.RESTS_ON if "Advisories" in each]

    passed = quality._report(name, lambda: subprocess.CompletedProcess([], NOT_KNOWN, "Not audited: no source.\n"))

    said = capfd.readouterr()
    assert passed
    assert "Not audited: no source." in said.out
    assert "✓" not in said.err


def test_no_other_check_may_pass_without_a_result(capfd: pytest.CaptureFixture[str]) -> None:
    assert not quality._report("Types (mypy)", lambda: subprocess.CompletedProcess([], NOT_KNOWN, "odd\n"))
