"""`ninelives story`: anybody can check who told the sentences of a story that was given away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infra.errors import UserError
from ninelives.cli.dice import MISMATCH
from ninelives.cli.unusable import unusable
from ninelives.terminal import escape

if TYPE_CHECKING:
    from contracts.playerapi import PublicKey

story_app = typer.Typer(help="Who told a story, signed.", no_args_is_help=True)


@story_app.callback()
def story() -> None:
    """Signed proof of who told a story."""


@story_app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="The page's HTML file, or JSON: turns, manifests, keys.")],
    keys: Annotated[
        str, typer.Option(help="A key set: a file, or the address of a player API. Without, the file's own.")
    ] = "",
) -> None:
    """Check every sentence of a story against the manifest that was signed of it.

    Exit status 0: verified; 1: something differs, one line each (where: what); 2: unusable, or nothing is signed.
    """
    from ninelives.ops.proof import book, story

    try:
        told = book.read(file)
        trusted = _keys(keys) if keys else told.keys
    except UserError as error:
        raise unusable(escape(str(error))) from error
    if not told.signed:
        raise unusable(f"{file} carries no signature: nothing can be verified.")
    verdict = story.verify(told, trusted)
    for mismatch in verdict.mismatches:
        typer.echo(escape(f"{mismatch.where}: {mismatch.what}"))
    whose = ", ".join(f"{count} by {who}" for who, count in sorted(verdict.words.items()))
    typer.echo(f"{verdict.turns} turns, {verdict.signatures} signatures; sentences verified: {whose or 'none'}.")
    if not keys:
        typer.echo("The key came with the file: whoever made it may have signed it. Name yours with --keys.")
    if verdict.mismatches:
        raise typer.Exit(MISMATCH)


def _keys(source: str) -> dict[str, PublicKey]:
    from ninelives.ops.proof import book

    if not source.startswith(("https://", "http://")):
        return book.read_keys(Path(source))
    import httpx
    from pydantic import ValidationError

    from contracts.playerapi import KeySet

    try:
        answer = httpx.get(f"{source.rstrip('/')}/v1/.well-known/jwks.json", timeout=10).raise_for_status()
        return book.by_id(KeySet.model_validate_json(answer.content).keys)
    except (httpx.HTTPError, ValidationError) as error:
        raise UserError(f"{source} tells no key set: {error}") from error
