"""`ninelives up`, `down`, `status`: the local cloud's life."""

from __future__ import annotations

import typer

from infra.local import emulator, stack_file
from infra.local.home import home_from
from infra.local.settings import dungeon_master_from
from infra.local.up import down as stop_cloud
from infra.local.up import up as start_cloud
from ninelives.cli.progress import console, step


def up() -> None:
    """Start and deploy the local cloud in the background; returns when it answers."""
    home, settings = home_from(), dungeon_master_from()
    start_cloud(home, settings, step)


def down() -> None:
    """Stop the local cloud; its state is kept."""
    home = home_from()
    with step("Stopping the local cloud") as note:
        note.text = "Local cloud stopped" if stop_cloud(home) else "The local cloud was not running"


def status() -> None:
    """Say whether the local cloud runs and where. Exit status 1 when it does not answer."""
    home = home_from()
    found = emulator.running(home)
    if found is None:
        console.print("The local cloud is down: `make up` starts it.")
        raise typer.Exit(1)
    if not emulator.answers(home, found):
        console.print(f"The local cloud (process {found.pid}) does not answer: `make down` ends it.")
        raise typer.Exit(1)
    content = stack_file.load(home) or {}
    console.print(f"The local cloud is up at {home.endpoint} (process {found.pid}).")
    console.print(f"Player API: {content.get('api_url') or 'not deployed yet'}")
