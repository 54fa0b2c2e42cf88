from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from infra.errors import UserError
from ninelives.analytics.report.reporting import report as make_page
from ninelives.cli.report import report
from tests.analytics.report.export import write_export
from tests.support.archived_events import make_events


@pytest.fixture
def command() -> typer.Typer:
    app = typer.Typer()
    app.command()(report)
    return app


def test_the_command_writes_the_page(command: typer.Typer, tmp_path: Path) -> None:
    exported, out = write_export(tmp_path / "facts", make_events(campaigns=1, turns=2)), tmp_path / "page.html"

    assert CliRunner().invoke(command, [str(exported), "--out", str(out)]).exit_code == 0
    assert out.read_text() == make_page(exported)


def test_a_folder_that_is_no_export_is_refused_in_one_line(command: typer.Typer, tmp_path: Path) -> None:
    refused = CliRunner().invoke(command, [str(tmp_path), "--out", str(tmp_path / "page.html")])

    assert isinstance(refused.exception, UserError)
    assert "\n" not in str(refused.exception)
    assert not (tmp_path / "page.html").exists()


def test_a_folder_that_is_not_there_is_a_wrong_argument(command: typer.Typer, tmp_path: Path) -> None:
    assert CliRunner().invoke(command, [str(tmp_path / "nowhere")]).exit_code == 2
