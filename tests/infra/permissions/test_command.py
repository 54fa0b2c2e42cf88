"""`ninelives permissions` writes the page, and says what is denied and what nobody uses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from infra.permissions import explained, page, record
from infra.permissions.record import Call
from infra.permissions.roles import Grant
from ninelives.analytics.cost import assembly
from ninelives.cli import permissions
from ninelives.cli.app import app
from tests.infra.permissions.small_templates import cats

NAPS = "arn:aws:dynamodb:::table/{cats/table/naps}"
READ = {"Action": "dynamodb:GetItem", "Resource": {"Fn::GetAtt": ["Naps", "Arn"]}}
LOG = {"Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": {"Fn::GetAtt": ["Logs", "Arn"]}}
READS = Call("cats/nap", "dynamodb:GetItem", NAPS)
Compared = Callable[..., tuple[Result, str]]


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Compared:
    """Runs the command on a role with these statements and these calls; returns how it ended, and the page."""

    def compare(*statements: dict[str, Any], calls: set[Call]) -> tuple[Result, str]:
        file, write = tmp_path / "iam.md", page.write
        monkeypatch.setattr(assembly, "synthesise", lambda _: assembly.Assembly({"cats": cats(*statements)}))
        monkeypatch.setattr(explained, "EXPLAINED", {})
        monkeypatch.setattr(page, "EXPLAINED", {})
        monkeypatch.setattr(page, "write", lambda found: write(found, file))
        monkeypatch.setattr(record, "load", lambda: calls)
        return CliRunner().invoke(app, ["permissions"]), file.read_text()

    return compare


def test_where_all_is_used_it_says_how_much(compared: Compared) -> None:
    done, written = compared(LOG, READ, calls={READS})

    assert (done.exit_code, "3 grants, all used or explained" in done.output) == (0, True)
    assert "| cats/nap | `table/{cats/table/naps}` | dynamodb:GetItem | – | – |" in written
    assert "1 roles have 3 grants of one action on one resource: 1 called, 2 used by AWS alone, 0 explained." in written


def test_what_would_be_denied_is_named(compared: Compared) -> None:
    done, _ = compared(LOG, calls={READS})

    assert done.exit_code == 1
    assert f"denied: cats/nap calls dynamodb:GetItem on {NAPS}" in done.output


def test_what_nobody_uses_is_named(compared: Compared) -> None:
    done, written = compared(LOG, READ, calls=set())

    assert done.exit_code == 1
    assert f"neither used nor explained: cats/nap may dynamodb:GetItem on {NAPS}" in done.output
    assert "| cats/nap | `table/{cats/table/naps}` | – | – | dynamodb:GetItem |" in written


def test_a_reason_without_a_grant_is_named(compared: Compared, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = Grant("cats/nap", "dynamodb:Scan", NAPS)
    monkeypatch.setattr(explained, "explain_grants", lambda: {gone})

    done, _ = compared(LOG, READ, calls={READS})

    assert done.exit_code == 1
    assert f"explained, and used or gone: {gone}" in done.output


def test_a_record_is_kept_when_a_test_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(permissions.TESTS, "Tests on the local cloud", ["python", "-c", "raise SystemExit(1)"])
    monkeypatch.setattr(record, "FILE", tmp_path / "iam.json")

    done = CliRunner().invoke(app, ["permissions", "--record"])

    assert "tests failed" in str(done.exception)
    assert not (tmp_path / "iam.json").exists()


def test_what_was_played_is_the_new_record(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, compared: Compared) -> None:
    play = "import os; open(os.environ['NINELIVES_CALLS'] + '/a.json', 'w').write('{\"cats/nap\": {\"a:B\": [\"c\"]}}')"
    monkeypatch.setitem(permissions.TESTS, "Tests on the local cloud", ["python", "-c", play])
    monkeypatch.setattr(record, "FILE", tmp_path / "iam.json")

    permissions._play_and_record()

    assert record.parse((tmp_path / "iam.json").read_text()) == {Call("cats/nap", "a:B", "c")}
