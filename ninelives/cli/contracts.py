"""`ninelives contracts`: compare two schemas, regenerate ours, promise a minor."""

from __future__ import annotations

import json
from dataclasses import asdict
from os.path import normpath, relpath
from pathlib import Path
from typing import Annotated

import typer

from ninelives.contracttools import parts
from ninelives.contracttools.compatibility.compatibility import breaks
from ninelives.contracttools.compatibility.document import Document, read
from ninelives.contracttools.compatibility.findings import Unusable, printable

COMPATIBLE, BREAK, UNUSABLE = 0, 1, 2

contracts_app = typer.Typer(
    help="The contract gate: JSON Schemas of our messages, and whether a change breaks a promise.",
    no_args_is_help=True,
)


@contracts_app.command()
def check(
    old: Annotated[Path, typer.Argument(help="The schema that was promised.")],
    new: Annotated[Path, typer.Argument(help="The schema that is to replace it.")],
    as_json: Annotated[bool, typer.Option("--json", help="Findings as one JSON object.")] = False,
) -> None:
    """Exit 0 when NEW may replace OLD within a major version, 1 when not, 2 when one of them is unusable.

    One line per break: DIRECTION PATH RULE MESSAGE. "backward" is an old writer and a new reader,
    "forward" a new writer and an old reader.
    """
    before, after = _document(old), _document(new)
    try:
        found = breaks(before, after)
    except Unusable as error:
        raise _unusable(f"{printable(str(old))} {printable(str(new))}: {error}") from error
    if as_json:
        typer.echo(json.dumps({"compatible": not found, "breaks": [asdict(each) for each in found]}, indent=2))
    else:
        typer.echo("\n".join(map(str, found)) or "compatible")
    raise typer.Exit(BREAK if found else COMPATIBLE)


@contracts_app.command()
def schemas(
    check_only: Annotated[bool, typer.Option("--check", help="Change nothing; exit 1 when a file differs.")] = False,
) -> None:
    """Regenerate, or check, what is made from the contracts.

    contracts/schemas, the names in contracts, the catalogue of tools, docs/asyncapi.json, docs/openapi.json,
    web/js/api_types.d.ts and the definition of the turn's workflow.
    """
    changes = _write_changed(
        {parts.FILE: parts.render()}, check_only
    )  # before a contract is imported, which asks for it
    from infra.workflows import generate as workflow
    from ninelives.contracttools.asyncapi import document as events_of_all
    from ninelives.contracttools.compatibility import catalogue
    from ninelives.contracttools.openapi import document as player_api
    from ninelives.contracttools.openapi import typescript
    from services.tools.domain.catalogue import render

    folder = catalogue.FOLDER / "schemas"
    files = catalogue.schema_files(catalogue.contracts_of_all_owners())
    changes += list(catalogue.drift(folder, files)) if check_only else catalogue.write(folder, files)
    made = {
        catalogue.FOLDER / "catalogue.json": render(),
        events_of_all.FILE: events_of_all.text(),
        player_api.FILE: player_api.text(),
        typescript.FILE: typescript.text(),
        workflow.DEFINITION: workflow.render(),
    }
    changes += _write_changed(made, check_only)
    for kind, path in changes:
        typer.echo(f"{kind} {normpath(Path('contracts', 'schemas', path))}")
    typer.echo(f"{len(files)} schemas, {len(changes)} {'differ' if check_only else 'written or removed'}")
    if check_only and changes:
        typer.echo("run `ninelives contracts schemas` and commit what it writes", err=True)
        raise typer.Exit(BREAK)


def _write_changed(files: dict[Path, str], check_only: bool) -> list[tuple[str, Path]]:
    """Files that differ from their texts, which are written unless only looked at."""
    differing = [file for file in files if not file.is_file() or file.read_text(encoding="utf-8") != files[file]]
    for file in () if check_only else differing:
        file.write_text(files[file], encoding="utf-8")
    return [("changed", Path(relpath(file, parts.FOLDER / "schemas"))) for file in differing]


@contracts_app.command()
def events(
    html: Annotated[Path, typer.Option(help="Where to write the page.")] = Path("events.html"),
) -> None:
    """Render docs/asyncapi.json to one HTML page that needs no network. Exit 2 when npm cannot fetch the renderer."""
    from ninelives.contracttools.asyncapi.document import FILE
    from ninelives.contracttools.asyncapi.page import Invalid, page
    from ninelives.contracttools.npm import NotInstalled

    try:
        html.write_text(page(FILE.read_text(encoding="utf-8")), encoding="utf-8")
    except (Invalid, NotInstalled, OSError) as error:
        raise _unusable(str(error)) from error
    typer.echo(f"{html}: {html.stat().st_size // 1024} KiB")


@contracts_app.command()
def api(
    html: Annotated[Path, typer.Option(help="Where to write the page.")] = Path("api.html"),
) -> None:
    """Render docs/openapi.json to one HTML page that needs no network. Exit 2 when npm cannot fetch the renderer."""
    from ninelives.contracttools.npm import NotInstalled
    from ninelives.contracttools.openapi.document import FILE
    from ninelives.contracttools.openapi.page import page

    try:
        html.write_text(page(FILE.read_text(encoding="utf-8")), encoding="utf-8")
    except (NotInstalled, OSError) as error:
        raise _unusable(str(error)) from error
    typer.echo(f"{html}: {html.stat().st_size // 1024} KiB")


@contracts_app.command("check-api")
def check_api(
    old: Annotated[Path | None, typer.Option(help="docs/released/openapi.json unless given.")] = None,
    new: Annotated[Path | None, typer.Option(help="docs/openapi.json unless given.")] = None,
) -> None:
    """Exit 0 when clients of the OLD OpenAPI document can go on with the NEW one, 1 when not, 2 when one is unusable.

    One line per break: METHOD PATH WHERE RULE MESSAGE.
    """
    from ninelives.contracttools.openapi import released

    try:
        found = released.broken_promises(old or released.FILE, new or released.CURRENT)
    except Unusable as error:
        raise _unusable(str(error)) from error
    typer.echo("\n".join(map(str, found)) or "compatible")
    raise typer.Exit(BREAK if found else COMPATIBLE)


@contracts_app.command("release-api")
def release_api() -> None:
    """Promise docs/openapi.json to clients. Refused when it breaks the promise before."""
    from ninelives.contracttools.openapi import released

    try:
        found = released.broken_promises()
    except Unusable as error:
        raise _unusable(str(error)) from error
    if found:
        typer.echo("\n".join(map(str, found)))
        raise typer.Exit(BREAK)
    typer.echo("released docs/openapi.json" if released.release() else "docs/openapi.json: nothing new")


@contracts_app.command()
def release(owner: Annotated[str, typer.Argument(help="The module of contracts/ to promise.")]) -> None:
    """Promise the current schemas of OWNER as its next minor. Refused when they break an earlier one."""
    from ninelives.contracttools.compatibility import catalogue, releases

    current = {each.owner: each for each in catalogue.contracts_of_all_owners()}
    if owner not in current:
        raise _unusable(f"no contract {printable(owner)}; there are {', '.join(current)}")
    folder = catalogue.FOLDER / "released"
    try:
        broken = list(releases.broken_promises(folder, current[owner]))
    except Unusable as error:
        raise _unusable(f"contracts/released/{owner}: {error}") from error
    if broken:
        typer.echo("\n".join(map(str, broken)))
        raise typer.Exit(BREAK)
    minor = releases.release(folder, current[owner])
    typer.echo(f"released {owner} {minor}" if minor else f"{owner}: nothing new since the last minor")


def _document(path: Path) -> Document:
    try:
        return read(path)
    except Unusable as error:
        raise _unusable(f"{printable(str(path))}: {error}") from error


def _unusable(reason: str) -> typer.Exit:
    typer.echo(f"unusable {reason}", err=True)
    return typer.Exit(UNUSABLE)
