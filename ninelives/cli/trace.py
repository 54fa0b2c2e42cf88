"""`ninelives trace`: turns as OpenTelemetry traces, made of what is recorded of them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infra.environment import LOCAL
from infra.errors import UserError
from ninelives.cli.dice import CAMPAIGN
from ninelives.cli.progress import step
from ninelives.cli.where import EnvironmentOption
from ninelives.environment import find_environment

if TYPE_CHECKING:
    from ninelives.analytics.tracing.told import TurnTold

TURN = re.compile(r"t_[a-z2-7]{26}")
WIDE = 400
"""Columns of a line that nobody's window cuts."""


def trace(
    turn: Annotated[str | None, typer.Argument(metavar="TURN", help="The id of a turn; of all with --export.")] = None,
    otlp: Annotated[
        str | None, typer.Option("--otlp", metavar="URL", help="A collector, e.g. http://127.0.0.1:4318.")
    ] = None,
    export: Annotated[
        Path | None,
        typer.Option("--export", metavar="DIR", exists=True, file_okay=False, help="What `replay export` wrote."),
    ] = None,
    campaign: Annotated[
        str | None, typer.Option("--campaign", metavar="ID", help="The turn's, where no progress names it.")
    ] = None,
    environment: EnvironmentOption = LOCAL,
) -> None:
    """Show a turn as a tree of spans, or send turns to a collector: OTLP/HTTP as JSON (docs/analytics.md).

    The turn is read from the audit record, or from an export. Only turns that have ended are sent; sending them again
    sends the same ids. OTEL_EXPORTER_OTLP_HEADERS goes with each request. Exit status 1: no such turn, or not taken.
    """
    if turn is None and (export is None or otlp is None):
        raise typer.BadParameter("Name a turn, or --export DIR and --otlp URL.")
    if turn is not None and not TURN.fullmatch(turn):
        raise UserError(f"{turn} is not the id of a turn.")
    if campaign is not None and not CAMPAIGN.fullmatch(campaign):
        raise UserError(f"{campaign} is not the id of a campaign.")
    if export is not None:
        from ninelives.analytics.tracing.exported import environment_of, turns_of

        environment = environment_of(export)
        turns = turns_of(export, turn)
    else:
        turns = _read_recorded(str(turn), campaign, environment)
    if otlp is not None:
        _send(turns, otlp, environment, turn)
    else:
        _show(turns, str(turn))


def _read_recorded(turn: str, campaign: str | None, environment: str) -> Iterator[TurnTold]:
    from ninelives.analytics.tracing.recorded import turn_of
    from ninelives.ops.audit.record import Record

    site = find_environment(environment)
    yield turn_of(Record(site.client("dynamodb"), site.find("audit", "table/audit")), turn, campaign)


def _show(turns: Iterator[TurnTold], turn: str) -> None:
    from rich.console import Console

    from ninelives.analytics.tracing.spans import trace_turn
    from ninelives.analytics.tracing.tree import tree_of

    told = next(turns, None)
    if told is None:
        raise UserError(f"The export has nothing of turn {turn}.")
    spans = trace_turn(told)
    out = Console(highlight=False, width=None if sys.stdout.isatty() else WIDE)
    out.print(tree_of(spans))
    out.print(f"trace {spans[0].trace_id}", style="dim")


def _send(turns: Iterable[TurnTold], url: str, environment: str, turn: str | None) -> None:
    from ninelives.analytics.tracing.collector import Collector, headers_of
    from ninelives.analytics.tracing.spans import trace_turn

    collector = Collector(url, environment, headers_of(os.environ.get("OTEL_EXPORTER_OTLP_HEADERS", "")))
    left_out = 0

    def whole() -> Iterator[TurnTold]:
        nonlocal left_out
        for told in turns:
            if told.is_whole:
                yield told
            else:
                left_out += 1

    with step(f"Sending to {collector.url}") as note:
        collector.send(trace_turn(told) for told in whole())
        if turn is not None and not collector.turns:
            note.failed = True
            raise UserError(f"Turn {turn} is not sent: its beginning or its end is not there (yet).")
        rest = f"; {left_out:,} left out, without beginning or end" if left_out else ""
        note.text = f"{collector.turns:,} turns, {collector.spans:,} spans sent to {collector.url}{rest}"
