"""The `ninelives` command: composes the commands and turns an expected failure into one line and status 1."""

from __future__ import annotations

import sys

import typer

from infra.errors import UserError
from ninelives.cli import (
    bill,
    conform,
    deploy,
    export,
    identity,
    lifecycle,
    load,
    lock,
    permissions,
    play,
    quality,
    report,
    sbom,
    simulate,
    supply,
    trace,
    what_if,
)
from ninelives.cli.account import account_app
from ninelives.cli.audit import audit_app
from ninelives.cli.campaign import campaign_app
from ninelives.cli.contracts import contracts_app
from ninelives.cli.dice import dice_app
from ninelives.cli.dlq import dlq_app
from ninelives.cli.dm import dm_app
from ninelives.cli.lore import lore_app
from ninelives.cli.privacy import privacy_app
from ninelives.cli.progress import console
from ninelives.cli.replay import replay_app
from ninelives.cli.reports import reports_app
from ninelives.cli.story import story_app
from ninelives.cli.world import world_app

app = typer.Typer(
    name="ninelives",
    help="An AI dungeon master that lands on its feet. Settings come from NINELIVES_* (see README).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
# Commands import what is heavy (boto3, the CDK) when they run, so that `--help` answers at once.
app.command()(lifecycle.up)
app.command()(lifecycle.down)
app.command()(lifecycle.status)
app.command()(identity.token)
app.command()(play.play)
app.command()(play.demo)
app.command()(quality.check)
app.command()(simulate.simulate)
app.command()(conform.conform)
app.command()(load.load)
app.command()(lock.lock)
app.command()(permissions.permissions)
app.command()(bill.bill)
app.command()(report.report)
app.command()(trace.trace)
app.command()(deploy.deploy)
app.command()(sbom.sbom)
app.command()(supply.advisories)
app.command()(supply.licences)
app.command()(supply.secrets)
app.add_typer(contracts_app, name="contracts")
app.add_typer(account_app, name="account")
app.add_typer(world_app, name="world")
app.add_typer(lore_app, name="lore")
app.add_typer(dice_app, name="dice")
app.add_typer(story_app, name="story")
app.add_typer(dm_app, name="dm")
app.add_typer(campaign_app, name="campaign")
replay_app.command()(export.export)
replay_app.command(name="what-if")(what_if.what_if)
app.add_typer(replay_app, name="replay")
app.add_typer(audit_app, name="audit")
app.add_typer(dlq_app, name="dlq")
app.add_typer(reports_app, name="reports")
app.add_typer(privacy_app, name="privacy")


def main() -> None:
    try:
        app()
    except UserError as error:
        console.print("[red]✗[/]", end=" ")
        console.print(str(error), soft_wrap=True, markup=False)
        sys.exit(1)
    except KeyboardInterrupt:
        console.print("[red]✗[/] Interrupted.")
        sys.exit(130)
