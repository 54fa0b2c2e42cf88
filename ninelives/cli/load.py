"""`ninelives load`: many players at once, what they were told checked, and how long it took."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from infra.errors import UserError
from infra.local.running import running_cloud

if TYPE_CHECKING:
    import httpx

    from ninelives.game.client import Player
    from ninelives.load.recording import Recording

DRAINED_WITHIN = 420.0
"""Seconds: two deliveries that failed come again after three minutes each."""


def load(
    players: Annotated[int, typer.Option(min=1, max=64, help="How many play at once, each a campaign.")] = 8,
    minutes: Annotated[float, typer.Option(min=0.05, max=60, help="For how long.")] = 1.0,
    address: Annotated[str, typer.Option(help="Not the local cloud; players are guests there.")] = "",
    faults: Annotated[bool, typer.Option("--faults", help="Kill workers of the local cloud meanwhile.")] = False,
) -> None:
    """Play as many, check every answer against the others, tell latency and throughput, and whether that, memory and
    queues level off. Exit status 1: an answer was wrong, or messages wait for good."""
    import time
    from functools import partial

    from infra.local.workers import all_workers
    from ninelives.game.guest import guest
    from ninelives.game.local import local_player
    from ninelives.load.faults import killing
    from ninelives.load.levels import table, thirds
    from ninelives.load.playing import play_at_once
    from ninelives.load.watching import LoadSample, drain, watching

    if faults and address:
        raise UserError("Only workers of the local cloud can be killed: leave out --address or --faults.")
    come_in = [
        partial(guest, f"{address.rstrip('/')}/") if address else partial(local_player, f"load-{number}")
        for number in range(players)
    ]
    clients = [_record(player) for player in come_in]
    look, readings, killed = None if address else _look_at_local(), list[LoadSample](), None
    with ExitStack() as meanwhile:
        if faults:
            killed = meanwhile.enter_context(killing(partial(all_workers, running_cloud()[0])))
        if look:
            readings = meanwhile.enter_context(watching(look, time.monotonic))
        done = play_at_once(clients, minutes * 60, time.monotonic)
    for wrong in done.wrong:
        typer.echo(wrong)
    typer.echo(f"{done}\n{table(thirds(done.turns, readings, done.began, done.ended))}")
    if killed:
        typer.echo(f"{killed.count} workers were killed.")
    stuck = look is not None and not _tell_of_queues(drain(look, time.monotonic, time.sleep, DRAINED_WITHIN))
    raise typer.Exit(1 if done.wrong or stuck else 0)


def _tell_of_queues(drained: float | None) -> bool:
    """Whether they are empty."""
    waits = f"Messages still wait after {DRAINED_WITHIN:.0f} s."
    typer.echo(waits if drained is None else f"The queues were empty after {drained:.0f} s.")
    return drained is not None


def _look_at_local() -> Callable[[], tuple[int, int, float]]:
    import os
    import subprocess

    from infra.local import process
    from infra.local.workers import all_workers
    from ninelives.environment import find_environment
    from ninelives.load.watching import memory_of
    from ninelives.ops.deadletters.queues import is_work, waiting

    home, environment = running_cloud()[0], find_environment()
    sqs = environment.client("sqs")
    queues = [url for name, url in environment.queues().items() if is_work(name)]
    cloud = process.read_record(home)

    def run(command: list[str]) -> str:
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=10).stdout

    def look() -> tuple[int, int, float]:
        processes = [*all_workers(home), *([cloud.pid] if cloud else [])]
        return memory_of(processes, run), sum(waiting(sqs, url) for url in queues), os.getloadavg()[0]

    return look


def _record(player: Callable[[httpx.BaseTransport], Player]) -> tuple[Player, Recording]:
    import httpx

    from ninelives.load.recording import Recording

    recording = Recording(httpx.HTTPTransport())
    return player(recording), recording
