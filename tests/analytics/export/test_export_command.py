"""`ninelives replay export` says what it would do, what it did, and why it will not."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from infra.errors import UserError
from ninelives.analytics.export.exporting import ExportAccess
from ninelives.cli import export as command
from tests.ops.replay.archive import Archive
from tests.support.archived_events import make_events

EVENTS = make_events(campaigns=2, turns=3)


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch) -> Archive:
    known = Archive(EVENTS, claims={"/ninelives-claims/local/export": "export-of-somebody"})
    monkeypatch.setattr(command, "find_environment", lambda environment: environment)
    monkeypatch.setattr(ExportAccess, "of", lambda environment: known.access(environment))
    return known


def run(out: Path, *arguments: str) -> str:
    app = typer.Typer()
    app.command()(command.export)
    return CliRunner().invoke(app, ["--out", str(out), *arguments], catch_exceptions=False, env={"TZ": "UTC"}).output


def test_a_dry_run_says_what_would_be_replayed_and_starts_nothing(archive: Archive, tmp_path: Path):
    told = run(
        tmp_path / "out", "--dry-run", "--type", "TurnFailed", "--to", "2021-01-01", "--from", "2020-01-01T12:00"
    )

    assert "2020-01-01T12:00:00+00:00 up to 2021-01-01T00:00:00+00:00" in told.replace("\n", " ")
    assert f"{len(EVENTS)} events" in told
    assert "at most $0.00" in told
    assert "taken by export-of-somebody" in told
    assert (archive.replays, list(tmp_path.iterdir())) == ({}, [])


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--to", "2999-01-01"], "in the future"),
        (["--from", "yesterday-ish"], "no ISO 8601"),
        (["--from", "1d", "--to", "2d"], "empty"),
        (["--from", "999999w"], "before time"),
        (["--campaign", "mine"], "no campaign's id"),
        ([], "Another export has the queue: export-of-somebody"),
    ],
)
def test_what_cannot_be_exported_is_refused_in_one_line(
    archive: Archive, tmp_path: Path, arguments: list[str], why: str
):
    with pytest.raises(UserError, match=why) as refused:
        run(tmp_path / "out", *arguments)

    assert "\n" not in str(refused.value)
    assert not (tmp_path / "out").exists()
