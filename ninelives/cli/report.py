"""`ninelives report`: an export of the archive as one page to read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from infra.errors import UserError
from ninelives.cli.progress import step


def report(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", exists=True, file_okay=False, help="What `replay export` wrote.")
    ],
    out: Annotated[Path, typer.Option("--out", dir_okay=False, help="The page to write.")] = Path("report.html"),
) -> None:
    """Draw an export as one self-contained HTML page: turns, latency, cost, dice, refusals, deaths.

    The page needs no network and no script. Exit status 1: the directory is no export of this version.
    """
    from ninelives.analytics.report.reporting import report as page_of

    with step(f"Drawing {directory.name}") as note:
        try:
            page = page_of(directory).encode()
            out.write_bytes(page)
        except OSError as error:
            raise UserError(str(error)) from error
        note.text = f"{out}, {len(page) / 1024:,.0f} KiB: open it in a browser"
