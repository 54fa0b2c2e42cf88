"""`ninelives sbom`: what each package is made of, as CycloneDX."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from infra.assets.contents import PROJECT, SERVICES
from infra.errors import UserError
from infra.local.home import REPOSITORY
from ninelives.cli.progress import step

EVERYTHING = "repository"
"""Name of the bill of what develops, tests and deploys; nothing of it runs in AWS but what the services' bills have."""

Of = Annotated[list[str] | None, typer.Argument(help=f"Services, or {EVERYTHING}; all of them by default.")]
To = Annotated[Path, typer.Option("--to", help="Folder for NAME.cdx.json.")]


def sbom(of: Of = None, to: To = Path("sbom")) -> None:
    """Write bills of materials: every locked package with version, licence, hashes and who asked for it."""
    from ninelives.deployment.sbom import bill

    known = (*SERVICES, EVERYTHING)
    for name in of or known:
        if name not in known:
            raise UserError(f"There is no {name!r}: use {', '.join(known)}.")
        folder = REPOSITORY if name == EVERYTHING else REPOSITORY / "services" / name
        to.mkdir(parents=True, exist_ok=True)
        with step(f"Listing {name}") as note:
            text = bill(folder / PROJECT, datetime.now(UTC))
            (to / f"{name}.cdx.json").write_text(text, encoding="utf-8")
            note.text = f"Listed {name} in {to / name}.cdx.json"
