"""`ninelives replay`: what the archive is good for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from infra.errors import UserError
from ninelives.cli.progress import console, step
from ninelives.cli.where import EnvironmentOption
from ninelives.environment import find_environment

if TYPE_CHECKING:
    from infra.environment import Environment
    from ninelives.ops.replay.rebuild import Rebuild
    from ninelives.ops.replay.rebuild_compare import RowComparison
    from ninelives.ops.replay.rebuild_tables import Projection
    from ninelives.ops.replay.running import Replays

SAME, DIFFERENT, UNUSABLE = 0, 1, 2
SHOWN = 50

replay_app = typer.Typer(no_args_is_help=True)


@replay_app.callback()
def _group() -> None:
    """Replay the archive of events."""


@replay_app.command("rebuild-projection")
def rebuild_projection(
    verify: Annotated[bool, typer.Option("--verify", help="Compare it with the live table, item by item.")] = False,
    swap: Annotated[
        bool, typer.Option("--swap", help="Verify, then make it the live table, if it lacks nothing that that one has.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Swap even though they differ.")] = False,
    discard: Annotated[bool, typer.Option("--discard", help="Give up a rebuild that is claimed, and end.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done.")] = False,
    timeout: Annotated[int, typer.Option(min=1, help="Seconds to wait for the replay.")] = 3600,
    environment: EnvironmentOption = "local",
) -> None:
    """Rebuild the lists of campaigns from the archive, into the table that is not live.

    Players notice nothing. What the archive lacks comes from the campaigns' own outbox. One rebuild at a time; run it
    again to go on with one that was interrupted. Exit status 0: all the same, or swapped; 1: differences; 2: unusable,
    which is also a rebuild by somebody else, or a replay that is not through yet.
    """
    with _usable():
        deployed, projection, replays = _reach(environment)
        if discard:
            _discard(projection, replays)
        elif dry_run:
            _dry_run(deployed, projection, replays)
        else:
            _rebuild(deployed, projection, replays, timeout=timeout, verify=verify or swap, swap=swap, force=force)


def clock() -> tuple[Callable[[], datetime], Callable[[float], None]]:
    """Tells the time, and lets it pass."""
    return lambda: datetime.now(UTC), time.sleep


@contextmanager
def _usable() -> Iterator[None]:

    try:
        yield
    except UserError as error:
        console.print("[red]✗[/]", end=" ")
        console.print(str(error), soft_wrap=True, markup=False)
        raise typer.Exit(UNUSABLE) from error


def _reach(environment: str) -> tuple[Environment, Projection, Replays]:
    from ninelives.ops.replay.rebuild import replays_of
    from ninelives.ops.replay.rebuild_tables import Projection

    deployed = find_environment(environment)
    return deployed, Projection(deployed), replays_of(deployed)


def _discard(projection: Projection, replays: Replays) -> None:
    from ninelives.ops.replay.rebuild import discard

    given_up = discard(projection, replays)
    typer.echo("Nothing is being rebuilt." if given_up is None else f"Gave up the rebuild of {given_up.by}.")


def _dry_run(deployed: Environment, projection: Projection, replays: Replays) -> None:
    from ninelives.ops.replay.rebuild_claim import refusal, running
    from ninelives.ops.replay.window import whole_life

    version, archive = projection.versions.read(), replays.archive()
    until = whole_life(deployed.name, clock()[0]()).end
    typer.echo(f"Live is the table {version.live}; {version.standby} would be cleared and rebuilt.")
    typer.echo(f"From {archive.name}: {archive.events} events of every kind, {archive.since:%Y-%m-%d} to {until}.")
    if version.building is not None and running(version.building.by):
        raise UserError(refusal(version.building))
    if version.building is not None:
        typer.echo(f"It would go on with {version.building.replay}, which {version.building.by} left.")


def _rebuild(
    deployed: Environment,
    projection: Projection,
    replays: Replays,
    *,
    timeout: int,
    verify: bool,
    swap: bool,
    force: bool,
) -> None:
    from ninelives.ops.replay.rebuild import Rebuild, Timing
    from ninelives.ops.replay.rebuild_claim import running, this_process

    rebuild = Rebuild(deployed, projection, replays, Timing(*clock()))
    rebuild.claim(this_process(), running)
    dead = replays.dead()
    with step(f"Starting the replay into {rebuild.version.standby}") as note:
        cleared = rebuild.start()
        went = "going on with it" if cleared is None else f"{cleared} old lines cleared"
        note.text = f"Replay {rebuild.building.replay} into {rebuild.version.standby}: {went}"
    _watch(rebuild, timeout)
    sound = _filled(rebuild) and _nothing_died(replays.dead() - dead)
    found = _compare(rebuild) if verify else None
    same, as_good = found is None or not found.differences, found is None or found.rebuilt_is_as_good
    if swap and ((as_good and sound) or force):
        rebuild.swap()
        better = "" if same or not as_good else " It lacks nothing that the other has."
        typer.echo(f"Swapped: {rebuild.version.live} is live.{better}")
        return
    rebuild.give_up()
    if swap:
        typer.echo("Not swapped. --force swaps all the same.")
    raise typer.Exit(SAME if same and sound else DIFFERENT)


def _watch(rebuild: Rebuild, timeout: int) -> None:
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("Replaying"), BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=1.0)
        for far in rebuild.wait(timeout):
            bar.update(task, completed=far.part, description=f"{far.waiting} waiting")
    console.print("[green]✓[/] The replay is through")


def _filled(rebuild: Rebuild) -> bool:
    """Fill gaps; whether the owner has all of its own events."""
    campaigns = gaps = young = lost = 0
    with step("Filling gaps from the campaigns' own outbox") as note:
        for one in rebuild.fill():
            campaigns, gaps, young, lost = campaigns + 1, gaps + one.gaps, young + one.young, lost + one.lost
            if one.lost:
                typer.echo(f"{one.campaign_id}: {one.lost} events are in no outbox")
        note.text = f"{campaigns} campaigns: {gaps} gaps filled, {young} events younger than the archive"
        note.failed = bool(lost)
    return not lost


def _nothing_died(more: int) -> bool:
    if more > 0:
        typer.echo(f"{more} replayed events went to the dead letters of the rebuild: `ninelives dlq list` has them.")
    return more <= 0


def _compare(rebuild: Rebuild) -> RowComparison:
    with step("Comparing with the live table") as note:
        found: RowComparison = rebuild.compare()
        note.text = f"{found.compared} campaigns compared, {len(found.differences)} differ"
        note.failed = bool(found.differences)
    for difference in found.differences[:SHOWN]:
        for what in difference.what:
            typer.echo(f"{difference.campaign_id}: {what}")
    if len(found.differences) > SHOWN:
        typer.echo(f"… and {len(found.differences) - SHOWN} campaigns more.")
    if found.on_their_way:
        typer.echo(f"{found.on_their_way} events are still on their way into the live table: verify again later.")
    return found
