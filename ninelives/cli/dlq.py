"""`ninelives dlq`: what was set aside, looked at, sent back once its cause is mended, or thrown away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infra.environment import LOCAL
from infra.errors import UserError
from ninelives.cli.progress import console, step
from ninelives.cli.where import EnvironmentOption
from ninelives.environment import find_environment

if TYPE_CHECKING:
    from infra.environment import Environment
    from ninelives.ops.deadletters.purging import Purged
    from ninelives.ops.deadletters.queues import DeadLetters

DONE, REMAINING, UNUSABLE = 0, 1, 2
UNITS = {"m": "minutes", "h": "hours", "d": "days"}

Queue = Annotated[str, typer.Argument(metavar="QUEUE", help="As `list` names it, e.g. audit/events-dead-letters.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]

dlq_app = typer.Typer(help="Dead letters: what was set aside, and back.", no_args_is_help=True)


@dlq_app.command("list")
def list_queues(environment: EnvironmentOption = LOCAL) -> None:
    """Every queue that can hold dead letters: how many, since when, and why (of a sample of ten).

    Exit status 0: all are empty; 1: some are not; 2: unusable. A look counts as a receive of what is sampled.
    """
    from ninelives.ops.deadletters.formatting import line
    from ninelives.ops.deadletters.overview import standing
    from ninelives.ops.deadletters.queues import all_of

    with _usable(), step("Dead letters"):
        deployed = find_environment(environment)
        found = [standing(deployed.client("sqs"), queue) for queue in all_of(deployed)]
    for each in found:
        typer.echo(line(each, datetime.now(UTC)))
    raise typer.Exit(REMAINING if any(each.messages for each in found) else DONE)


@dlq_app.command()
def show(
    queue: Queue,
    limit: Annotated[int, typer.Option(min=1, help="How many letters, at most.")] = 10,
    payload: Annotated[bool, typer.Option("--payload", help="Print what they hold; poison stays masked.")] = False,
    unmask: Annotated[bool, typer.Option("--unmask", help="Print poison, too: it may hold a player's words.")] = False,
    environment: EnvironmentOption = LOCAL,
) -> None:
    """Look at letters without taking them: id, kind, place in its stream, when it occurred, why it lies here.

    Exit status 0, also when there is none; 2: unusable. A look counts as a receive, and hides a letter from others
    for as long as it takes.
    """
    from ninelives.ops.deadletters.formatting import describe_letter
    from ninelives.ops.deadletters.formatting import payload as held
    from ninelives.ops.deadletters.queues import find_queue
    from ninelives.ops.deadletters.receiving import in_hand

    with _usable():
        deployed = find_environment(environment)
        letters = find_queue(deployed, queue)
        with in_hand(deployed.client("sqs"), letters.url, limit) as some:
            for letter in some:
                for told in describe_letter(letter):
                    typer.echo(told)
                if payload or unmask:
                    typer.echo(f"    payload   {held(letter, unmask)}")
    console.print(f"{len(some)} letters of {queue}; this look counts as a receive of each.")


@dlq_app.command()
def redrive(
    queue: Annotated[str | None, typer.Argument(metavar="[QUEUE]", help="As `list` names it.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every queue that can be redriven.")] = False,
    event: Annotated[list[str] | None, typer.Option(metavar="ID", help="Only this event; may be repeated.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many letters.")] = None,
    since: Annotated[
        str | None, typer.Option(metavar="AGE", help="A relay's queue: also facts this young (30m, 12h, 7d).")
    ] = None,
    dry_run: DryRun = False,
    environment: EnvironmentOption = LOCAL,
) -> None:
    """Send letters back to where they failed; mend the cause first.

    Events go back to their consumer's queue, which drops what it has: a redriven event counts once. For a relay's
    letters, the facts that they are about and that the audit does not have are published from the outbox; --since
    does so without letters, too. Reports of failed turns are not sent anywhere: their players were told.

    Exit status 0: done; 1: some stay; 2: unusable.
    """
    from ninelives.ops.deadletters.queues import Kind, all_of, find_queue
    from ninelives.ops.deadletters.redriving import Order, check
    from ninelives.ops.deadletters.redriving import redrive as redriven

    if (queue is None) != everything or (everything and (event or since)):
        raise _unusable("Name one queue; or ask for --all, without --event and --since.")
    with _usable():
        order = Order(frozenset(event or ()), limit, _before(since), dry_run)
        deployed = find_environment(environment)
        some = (
            [find_queue(deployed, queue)] if queue else [it for it in all_of(deployed) if it.kind is not Kind.REPORTS]
        )
        for each in some:
            check(each, order)
        done = [redriven(deployed, each, order, typer.echo) for each in some]
    raise typer.Exit(DONE if all(done) else REMAINING)


@dlq_app.command()
def purge(
    queue: Queue,
    older_than: Annotated[str | None, typer.Option(metavar="AGE", help="Only letters this old: 30m, 12h, 7d.")] = None,
    save: Annotated[Path | None, typer.Option(help="The JSONL file for what is deleted; must not exist yet.")] = None,
    no_save: Annotated[bool, typer.Option("--no-save", help="Keep no copy.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    dry_run: DryRun = False,
    environment: EnvironmentOption = LOCAL,
) -> None:
    """Delete letters, each saved to a file first. Asks for the queue's name, and deletes nothing without it.

    The file is dead-letters-SERVICE-QUEUE-TIME.jsonl in the current folder unless --save names another; it may hold a
    player's words. The facts of a relay's letters stay in the outbox: `redrive --since` publishes them.

    Exit status 0: done; 1: not confirmed; 2: unusable.
    """
    from ninelives.ops.deadletters.queues import find_queue

    if save and no_save:
        raise _unusable("--save and --no-save contradict each other.")
    with _usable():
        deployed, before = find_environment(environment), _before(older_than)
        letters = find_queue(deployed, queue)
        if not dry_run and not yes and typer.prompt(f"Type {queue} to delete its letters", err=True) != queue:
            console.print("Nothing was deleted.")
            raise typer.Exit(REMAINING)
        path = None if no_save or dry_run else save or Path(_file_name(queue, datetime.now(UTC)))
        gone = _purge(deployed, letters, before, path, dry_run)
    verb = "would be deleted" if dry_run else "deleted"
    saved = f"; copies in {path}" if path and gone.letters else ""
    typer.echo(f"{queue}: {gone.letters} {verb}, {gone.kept} kept{saved}.")


def _purge(
    deployed: Environment, queue: DeadLetters, before: datetime | None, path: Path | None, dry_run: bool
) -> Purged:
    from ninelives.ops.deadletters.purging import Copies, purge

    if path is None:
        return purge(deployed.client("sqs"), queue, before, None, dry_run=dry_run)
    try:
        copies = Copies(path, queue)
    except OSError as error:
        raise _unusable(f"Cannot save to {path}: {error.strerror}. Nothing was deleted.") from error
    with copies:
        return purge(deployed.client("sqs"), queue, before, copies)


def _before(age: str | None) -> datetime | None:
    """The moment that lies this far back. Raises UserError."""
    if age is None:
        return None
    if not (match := re.fullmatch(r"([1-9]\d{0,4})([mhd])", age)):
        raise UserError(f"{age} is no age: use 30m, 12h or 7d.")
    return datetime.now(UTC) - timedelta(**{UNITS[match[2]]: int(match[1])})


def _file_name(queue: str, now: datetime) -> str:
    return f"dead-letters-{queue.replace('/', '-')}-{now:%Y%m%dT%H%M%S}.jsonl"


@contextmanager
def _usable() -> Iterator[None]:
    """Turn what keeps a command from its work into one line and status 2."""
    from botocore.exceptions import BotoCoreError, ClientError

    from stagekit.publishing import BusRefused

    try:
        yield
    except (UserError, BotoCoreError, ClientError, BusRefused) as error:
        raise _unusable(str(error)) from error


def _unusable(why: str) -> typer.Exit:
    console.print("[red]✗[/]", end=" ")
    console.print(why, soft_wrap=True, markup=False)
    return typer.Exit(UNUSABLE)
