"""`ninelives reports`: stories that players reported, looked at and closed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from infra.environment import LOCAL
from ninelives.cli.unusable import usable
from ninelives.cli.where import EnvironmentOption
from ninelives.environment import find_environment

NONE_OPEN, SOME_OPEN = 0, 1

TurnIdArgument = Annotated[str, typer.Argument(metavar="TURN", help="The id of the turn, as `list` has it.")]

reports_app = typer.Typer(help="Stories that players reported.", no_args_is_help=True)


@reports_app.command("list")
def list_reports(
    closed: Annotated[bool, typer.Option("--closed", help="Those that are closed, too.")] = False,
    environment: EnvironmentOption = LOCAL,
) -> None:
    """Open reports, oldest first: turn, when, reason, and the campaign.

    Exit status 0: none is open; 1: some are; 2: unusable.
    """
    from ninelives.ops.reports.deployed import line, list_reports, reports_of

    with usable():
        some = list_reports(reports_of(find_environment(environment)), closed=closed)
    for each in some:
        typer.echo(line(each))
    raise typer.Exit(SOME_OPEN if any(not each.closed_at for each in some) else NONE_OPEN)


@reports_app.command()
def show(
    turn: TurnIdArgument,
    story: Annotated[bool, typer.Option("--story", help="Print what the player typed and was told, too.")] = False,
    environment: EnvironmentOption = LOCAL,
) -> None:
    """A report with its turn: who told it, and when. Exit status 2: there is no such report."""
    from ninelives.ops.reports.deployed import describe_report, find_report, reports_of

    with usable():
        reports = reports_of(find_environment(environment))
        for told in describe_report(reports, find_report(reports, turn), story=story):
            typer.echo(told)


@reports_app.command()
def close(turn: TurnIdArgument, environment: EnvironmentOption = LOCAL) -> None:
    """Say that a report was looked at: a fact, which is written once. Exit status 2: there is no such report."""
    from ninelives.ops.reports import deployed

    with usable():
        was_closed = deployed.close(deployed.reports_of(find_environment(environment)), turn, datetime.now(UTC))
    typer.echo(f"{turn}: {'was closed already' if was_closed else 'closed'}.")
