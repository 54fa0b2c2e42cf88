"""`ninelives audit`: the proof that no fact is missing, there twice, or altered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infra.environment import LOCAL
from infra.errors import UserError
from ninelives.cli.dice import CAMPAIGN
from ninelives.cli.progress import console
from ninelives.cli.where import EnvironmentOption
from ninelives.environment import find_environment

if TYPE_CHECKING:
    from ninelives.ops.audit.faults import Fault
    from ninelives.ops.audit.verification import Verifier
    from services.audit.domain.chain import Head

WHOLE, FAULTS, UNUSABLE = 0, 1, 2

audit_app = typer.Typer(help="The record of every event.", no_args_is_help=True)


@audit_app.command()
def verify(
    campaign: Annotated[str | None, typer.Option(metavar="ID", help="Only this campaign.")] = None,
    heads: Annotated[Path | None, typer.Option(help="Earlier heads, which must still be in the chains.")] = None,
    save_heads: Annotated[Path | None, typer.Option(help="Where to write today's heads; may be the same file.")] = None,
    lag: Annotated[float, typer.Option(min=0, help="Seconds that a fact may take to arrive.")] = 60,
    spec: Annotated[bool, typer.Option("--spec", help="Replay each campaign through docs/spec/turn.qnt, too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The findings as one JSON object.")] = False,
    environment: EnvironmentOption = LOCAL,
) -> None:
    """Prove that every committed fact is recorded, once, as it was said, and in the chain of its stream.

    One line per fault (stream: what) and a summary. Exit status 0: the record is whole; 1: faults; 2: unusable.
    A chain cannot tell that it was rewritten with all its links: keep its heads elsewhere (--save-heads), and check
    against them (--heads). Heads of streams with faults stay as they were.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    from ninelives.ops.audit.heads import read_heads

    if campaign and not CAMPAIGN.fullmatch(campaign):
        raise _unusable(f"{campaign} is not the id of a campaign.")
    found: list[Fault] = []
    try:
        earlier = read_heads(heads) if heads else {}
        verifier = _verifier(
            environment, lag, {name: earlier[name] for name in earlier if name.endswith(campaign or "")}
        )
        for fault in _faults(verifier, campaign, earlier, save_heads, spec):
            found.append(fault)
            if not as_json:
                typer.echo(_plain(str(fault)))
    except (UserError, BotoCoreError, ClientError) as error:
        raise _unusable(str(error)) from error
    if campaign and not found and not verifier.tally.streams:
        raise _unusable(f"There is no campaign {campaign}.")
    tally = verifier.tally
    typer.echo(json.dumps({**tally.figures(), "found": [asdict(each) for each in found]}) if as_json else str(tally))
    raise typer.Exit(FAULTS if found else WHOLE)


def _verifier(environment: str, lag: float, saved: Mapping[str, Head]) -> Verifier:
    from datetime import timedelta

    from ninelives.ops.audit.deployed import verifier_of

    return verifier_of(find_environment(environment), timedelta(seconds=lag), saved)


def _faults(
    verifier: Verifier, campaign: str | None, earlier: Mapping[str, Head], save_heads: Path | None, spec: bool
) -> Iterator[Fault]:
    """Every fault as it is found, under a progress bar, saving heads on the way."""
    from rich.progress import Progress

    from ninelives.ops.audit.heads import HeadsFile

    with ExitStack() as stack:
        bar = stack.enter_context(Progress(console=console, transient=True, disable=not console.is_terminal))
        file = stack.enter_context(HeadsFile(save_heads)) if save_heads else None
        reading = bar.add_task("Finding streams", total=None)
        yield from verifier.begin_with(campaign) if campaign else verifier.begin()
        bar.remove_task(reading)
        for name in bar.track(sorted(verifier.names), description="Checking streams"):
            checked = verifier.check(name)
            yield from checked.faults
            head = earlier.get(name) if checked.faults else checked.head
            if file and head:
                file.add(name, head)
        if spec:
            for played in sorted({name.partition("/")[2] for name in verifier.names}):
                yield from verifier.replay(played)
        for name in sorted(earlier.keys() - verifier.names):
            if file:
                file.add(name, earlier[name])


def _plain(text: str) -> str:
    """One line that cannot move a cursor, whatever lies in the table."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)


def _unusable(why: str) -> typer.Exit:
    console.print("[red]✗[/]", end=" ")
    console.print(_plain(why), soft_wrap=True, markup=False)
    return typer.Exit(UNUSABLE)
