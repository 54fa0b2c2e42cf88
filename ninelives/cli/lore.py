"""`ninelives lore`: how well lore is found."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from infra.errors import UserError
from ninelives.cli.progress import console

lore_app = typer.Typer(help="What is known of the world, and how it is found.", no_args_is_help=True)


@lore_app.callback()
def lore() -> None:
    """The lore of the world, and how it is found."""


@lore_app.command(name="eval")
def evaluate(
    docs: Annotated[Path | None, typer.Option(metavar="D.jsonl", help="Documents: _id, title, text.")] = None,
    queries: Annotated[Path | None, typer.Option(metavar="Q.jsonl", help="Questions: _id, text.")] = None,
    qrels: Annotated[Path | None, typer.Option(metavar="R.tsv", help="Question, document, grade.")] = None,
    publish: Annotated[bool, typer.Option(help="Write the rates of our own questions down as published.")] = False,
) -> None:
    """Keyword overlap, what ships, bm25s and SQLite's full-text index, side by side on a labelled collection in BEIR's
    layout; without one, on the questions to our own city, dev and test."""
    from ninelives.evaluation.lore.collection import read_collection
    from ninelives.evaluation.lore.measuring import CONTESTANTS, find, weigh
    from ninelives.evaluation.lore.own import SPLITS, measure_own, own_collection, part
    from ninelives.evaluation.lore.own import publish as write_down
    from ninelives.evaluation.lore.showing import show_table

    if docs and queries and qrels:
        if publish:
            raise UserError("Only the rates of our own questions are published: leave the files out.")
        given = read_collection(docs, queries, qrels)
        costs = {name: weigh(make, given) for name, make in CONTESTANTS.items()}
        found = {name: find(make(given.entries), given.entries, given.questions) for name, make in CONTESTANTS.items()}
        title = f"{docs.name}: {len(given.entries)} documents, {len(given.questions)} questions"
        console.print(show_table(title, found, costs))
        return
    if docs or queries or qrels:
        raise UserError(
            "Give --docs, --queries and --qrels together, or none of them for the questions to our own city."
        )
    own = own_collection()
    costs, rates = {name: weigh(make, own) for name, make in CONTESTANTS.items()}, measure_own()
    for split in SPLITS:
        title = f"The city, {split}: {len(own.entries)} documents, {len(part(split).questions)} questions"
        console.print(show_table(title, rates[split], costs))
    if publish:
        write_down(rates, date.today())


@lore_app.command()
def export(folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to; made when it is missing.")]) -> None:
    """Every document of the world, secrets too, a text file each: the source of a knowledge base that finds lore."""
    from services.lore.domain.documents import library
    from services.lore.wiring import world

    folder.mkdir(parents=True, exist_ok=True)
    documents = library(world()).documents
    for document in documents:
        lines = (document.entry.title, document.text, ", ".join(document.entry.keywords))
        (folder / f"{document.id}.txt").write_text("\n".join(filter(None, lines)) + "\n", encoding="utf-8")
    console.print(f"{len(documents)} documents in {folder}")
