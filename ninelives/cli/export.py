"""`ninelives replay export`: events out of the archive, as Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ninelives.cli.progress import console
from ninelives.cli.where import EnvironmentOption
from ninelives.environment import find_environment

if TYPE_CHECKING:
    from ninelives.analytics.export.asked import Asked
    from ninelives.analytics.export.draining import DrainTally
    from ninelives.analytics.export.exporting import ExportAccess, Made
    from ninelives.analytics.export.replaying import Drained

WHEN = "ISO 8601 (UTC unless it says otherwise), how long ago (30m, 6h, 2d), or now."


def export(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Appears when it is whole; not before.")],
    start: Annotated[str | None, typer.Option("--from", metavar="T", help=f"{WHEN} The archive's beginning.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="T", help=f"{WHEN} What is surely archived.")] = None,
    types: Annotated[list[str] | None, typer.Option("--type", metavar="TYPE", help="E.g. TurnResolved.")] = None,
    campaigns: Annotated[list[str] | None, typer.Option("--campaign", metavar="ID", help="Of these only.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be replayed; start nothing.")] = False,
    take_over: Annotated[bool, typer.Option("--take-over", help="From an export that is dead.")] = False,
    environment: EnvironmentOption = "local",
) -> None:
    """Replay the archive into a queue, drain it, and write Parquet tables with a manifest (docs/analytics.md).

    Run again with the same arguments it goes on where it stopped. A replay moves no live metric, notifies nobody and
    calls no model. Exit status 0: the export is whole; 1: refused or stopped, with what to do.
    """
    from ninelives.analytics.export.asked import Asked
    from ninelives.analytics.export.exporting import ExportAccess
    from ninelives.analytics.export.workplace import Workplace

    now = datetime.now(UTC)
    asked = Asked.of(environment, start, end, types or (), campaigns or ())
    place = Workplace(out)
    if place.finished(asked):
        console.print(f"{out} is whole already.", markup=False)
        return
    access = ExportAccess.of(find_environment(environment))
    if dry_run:
        _would(asked, access, now)
        return
    with place.hold(), _bar() as on_progress:
        made = _run(access, asked, place, now, on_progress, take_over)
    _tell(made, out)


def _run(access: ExportAccess, asked: Asked, place: Any, now: datetime, on_progress: Any, take_over: bool) -> Made:
    from ninelives.analytics.export.exporting import export as run

    return run(access, asked, place, now, on_progress, take_over=take_over)


def _would(asked: Asked, access: ExportAccess, now: datetime) -> None:
    """Print what would happen on standard output. EventBridge does not count by window, so the figures are bounds."""
    from ninelives.analytics.cost.prices import price_table

    window, extent, holder = asked.window(now), access.replays.extent(), access.claim.holder()
    price = price_table()["event"]
    typer.echo(f"Window   {window.start.isoformat()} up to {window.end.isoformat()}, by when the bus got an event")
    typer.echo(f"Types    {', '.join(asked.types) or 'all'}; campaigns: {', '.join(asked.campaigns) or 'all'}")
    typer.echo(f"Archive  {extent.name}: {extent.events:,} events, {extent.size:,} bytes in its whole life")
    typer.echo(
        f"Cost     at most ${price.of(extent.events):.2f} for the replay (${price.usd:.2f} per {price.per:,} events;"
        " a selection of types or campaigns is made after the replay and saves nothing)"
    )
    typer.echo(f"Queue    {'free' if holder is None else f'taken by {holder}'}")
    typer.echo("Nothing was started.")


@contextmanager
def _bar() -> Iterator[Callable[[Drained, DrainTally], None]]:
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[got]}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Replaying", total=1.0, got="")

        def on_progress(progress: Any, tally: DrainTally) -> None:
            waiting = "Waiting for stragglers" if progress.phase == "completed" else "Replaying"
            bar.update(task, description=waiting, completed=progress.share, got=f"{tally.kept:,} events")

        yield on_progress


def _tell(made: Made, out: Path) -> None:
    found = made.manifest
    console.print(f"[green]✓[/] {found['events']:,} events in {len(found['files'])} files:", end=" ")
    console.print(out, markup=False)
    if found["duplicates_dropped"]:
        console.print(f"  {found['duplicates_dropped']:,} copies of events were dropped.")
    if made.tally.unreadable:
        console.print(
            f"  [yellow]{made.tally.unreadable} messages were unreadable: see operations/export-dead-letters.[/]"
        )
    missing = sum(last - first + 1 for runs in (found["gaps"] or {}).values() for first, last in runs)
    if missing:
        console.print(f"  [yellow]{missing:,} facts are missing between others; manifest.json names them.[/]")
