"""`ninelives privacy`: what of a player is to be looked for, and the proof that nothing of it is left."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from infra.environment import LOCAL
from infra.errors import UserError
from ninelives.cli.progress import step
from ninelives.cli.unusable import usable
from ninelives.cli.where import EnvironmentOption
from ninelives.environment import find_environment

HOLDS, FOUND = 0, 1

PlayerArgument = Annotated[str, typer.Argument(metavar="PLAYER", help="The player's id.")]

privacy_app = typer.Typer(help="What is kept of a player.", no_args_is_help=True)


@privacy_app.command()
def marks(
    player: PlayerArgument,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="A JSON list, for its owner's eyes only.")],
    environment: EnvironmentOption = LOCAL,
) -> None:
    """Before an erasure: write down what to look for afterwards. The e-mail, names and what was typed, as far as nobody
    else has the same. Delete the file when the proof is done. Exit status 2: there is no such player."""
    from ninelives.privacy.collecting import collect_marks

    with usable():
        found = collect_marks(find_environment(environment), player)
        try:
            out.touch(mode=0o600, exist_ok=False)
        except OSError as error:
            raise UserError(f"Cannot write {out}: {error.strerror or error}") from error
        out.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    typer.echo(f"{len(found)} marks in {out}.")


@privacy_app.command()
def prove(
    player: PlayerArgument,
    marked: Annotated[
        list[str] | None, typer.Option("--marked", metavar="VALUE", help="Looked for; repeatable.")
    ] = None,
    file: Annotated[Path | None, typer.Option("--marks", metavar="FILE", help="Of `ninelives privacy marks`.")] = None,
    environment: EnvironmentOption = LOCAL,
) -> None:
    """Prove that an erased player is gone and everybody else's facts are whole.

    The audit's record verifies, the lists of campaigns rebuilt from the archive are the live ones, and a new export of
    the archive, every table, dead letter, log and export of a player are searched for marked values. Reads all there
    is; nothing that is played changes. Exit status 0: all of it holds; 1: something was found; 2: unusable.
    """
    from ninelives.privacy.findings import lines
    from ninelives.privacy.marks import Marks, read_marks
    from ninelives.privacy.proving import parts

    with usable():
        looked_for = Marks.of([*(marked or ()), *(read_marks(file) if file else ())])
        checked = []
        for doing, part in parts(find_environment(environment), player, looked_for):
            with step(doing) as note:
                checked.append(part())
                note.failed = bool(checked[-1].faults)
    for line in lines(checked):
        typer.echo(line)
    raise typer.Exit(FOUND if any(each.faults for each in checked) else HOLDS)


@privacy_app.command()
def resume(environment: EnvironmentOption = LOCAL) -> None:
    """Go on with every erasure that is not done, once what made them stand still is mended. Again does no harm."""
    from ninelives.privacy.resuming import resume_all

    with usable():
        woken = resume_all(find_environment(environment))
    typer.echo(f"{woken} erasures go on.")


@privacy_app.command()
def guests(
    most: Annotated[
        int, typer.Option("--most", min=1, help="Guests in a run: each who is past it is erased soon.")
    ] = 500,
    environment: EnvironmentOption = LOCAL,
) -> None:
    """Once, where guests came before guests had an end: give them the one they would have. Again does no harm; exit
    status 1: there are more, run it again once these are erased."""
    from ninelives.privacy.guests import end_guests

    with usable():
        ended = end_guests(find_environment(environment), most)
    typer.echo(
        f"{ended.guests} guests have an end now." + (" There are more: run it again later." if ended.more else "")
    )
    raise typer.Exit(FOUND if ended.more else HOLDS)
