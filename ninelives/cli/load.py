"""`ninelives load`: many players at once, what they were told checked, and how long it took."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from infra.errors import UserError
from infra.local.running import running_cloud

if TYPE_CHECKING:
    import httpx

    from ninelives.game.client import Player
    from ninelives.load.recording import Recording


def load(
    players: Annotated[int, typer.Option(min=1, max=64, help="How many play at once, each a campaign.")] = 8,
    minutes: Annotated[float, typer.Option(min=0.05, max=60, help="For how long.")] = 1.0,
    address: Annotated[str, typer.Option(help="Not the local cloud; players are guests there.")] = "",
    faults: Annotated[bool, typer.Option("--faults", help="Kill workers of the local cloud meanwhile.")] = False,
) -> None:
    """Play as many, check every answer against the others, tell latency and throughput. Exit status 1: one was
    wrong."""
    import time
    from functools import partial

    from infra.local.workers import all_workers
    from ninelives.game.guest import guest
    from ninelives.game.local import local_player
    from ninelives.load.faults import killing
    from ninelives.load.playing import play_at_once

    if faults and address:
        raise UserError("Only workers of the local cloud can be killed: leave out --address or --faults.")
    come_in = [
        partial(guest, f"{address.rstrip('/')}/") if address else partial(local_player, f"load-{number}")
        for number in range(players)
    ]
    clients = [_recorded(player) for player in come_in]
    with killing(partial(all_workers, running_cloud()[0])) if faults else nullcontext() as killed:
        done = play_at_once(clients, minutes * 60, time.monotonic)
    for wrong in done.wrong:
        typer.echo(wrong)
    typer.echo(str(done))
    if killed:
        typer.echo(f"{killed.count} workers were killed.")
    raise typer.Exit(1 if done.wrong else 0)


def _recorded(player: Callable[[httpx.BaseTransport], Player]) -> tuple[Player, Recording]:
    import httpx

    from ninelives.load.recording import Recording

    recording = Recording(httpx.HTTPTransport())
    return player(recording), recording
