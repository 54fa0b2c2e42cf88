"""`ninelives world`: for those who write worlds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ninelives.cli.progress import console

world_app = typer.Typer(help="World packs.", no_args_is_help=True)


@world_app.callback()
def world() -> None:
    """World packs."""


@world_app.command()
def check(directory: Annotated[Path, typer.Argument(metavar="DIR", help="The directory of the pack.")]) -> None:
    """Check a world pack: every reference, every way, every quest.

    Exit status 0: playable; 1: it has faults, one line each (file: id: what is wrong; what to do); 2: no pack there.
    """
    from services.lore.adapters.pack_files import load_pack
    from services.lore.domain.pack_fault import PackInvalid

    try:
        pack = load_pack(directory)
    except PackInvalid as invalid:
        for fault in invalid.faults:
            typer.echo(str(fault))
        _fail(f"{len(invalid.faults)} faults in {directory}")
        raise typer.Exit(1) from None
    except OSError as error:
        _fail(str(error))
        raise typer.Exit(2) from None
    counts = ", ".join(
        f"{len(getattr(pack, kind))} {kind}" for kind in ("places", "npcs", "enemies", "items", "quests", "endings")
    )
    typer.echo(f"{pack.manifest.name} {pack.manifest.version} is playable: {counts}.")


def _fail(why: str) -> None:
    console.print("[red]✗[/]", end=" ")
    console.print(why, markup=False)
