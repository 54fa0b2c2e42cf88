"""A labelled collection in BEIR's layout: documents, questions, and which documents each question wants.

`D.jsonl` has one `{"_id", "title", "text"}` a line, and may have `"keywords": […]`; `Q.jsonl` one `{"_id", "text"}`;
`R.tsv` one `question, document, grade` a line, with or without a heading, or TREC's four columns. A grade above 0 is
relevant.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.errors import UserError
from services.lore.domain.ranking import Entry

Grades = Mapping[str, int]
"""By document; those it does not name are not relevant."""


@dataclass(frozen=True)
class Question:
    id: str
    text: str
    wanted: Grades


@dataclass(frozen=True)
class Collection:
    """Questions of which at least one document is relevant, in the order of their file."""

    entries: tuple[Entry, ...]
    questions: tuple[Question, ...]


def read_collection(documents: Path, questions: Path, grades: Path) -> Collection:
    """Raises UserError, in one line with file and line number, for what cannot be read or does not fit together."""
    entries = tuple(_entry(documents, number, each) for number, each in _objects(documents))
    _require_unique(documents, [entry.id for entry in entries])
    return Collection(entries, read_questions(questions, grades, frozenset(entry.id for entry in entries)))


def read_questions(questions: Path, grades: Path, documents: frozenset[str]) -> tuple[Question, ...]:
    """The questions with what they want. Raises UserError as `read_collection` does."""
    asked = {_text(questions, number, each, "_id"): _text(questions, number, each, "text")
             for number, each in _objects(questions)}  # fmt: skip
    wanted: dict[str, dict[str, int]] = {id: {} for id in asked}
    for number, (question, document, grade) in _rows(grades):
        if question not in asked:
            raise UserError(f"{grades}:{number}: no question {question!r} in {questions}.")
        if grade > 0:
            wanted[question][document] = grade
    judged = {document for each in wanted.values() for document in each}
    if judged and not judged & documents:
        raise UserError(f"{grades}: none of the documents it names is in the collection.")
    if not judged:
        raise UserError(f"{grades}: no document is relevant to any question.")
    return tuple(Question(id, text, wanted[id]) for id, text in asked.items() if wanted[id])


def _entry(file: Path, number: int, document: Mapping[str, Any]) -> Entry:
    keywords = document.get("keywords") or ()
    if not isinstance(keywords, list | tuple) or not all(isinstance(each, str) for each in keywords):
        raise UserError(f"{file}:{number}: keywords is no list of strings.")
    title = _text(file, number, document, "title", required=False)
    return Entry(_text(file, number, document, "_id"), title, _text(file, number, document, "text"), tuple(keywords))


def _text(file: Path, number: int, line: Mapping[str, Any], field: str, *, required: bool = True) -> str:
    value = line.get(field, None if required else "")
    if field == "_id" and isinstance(value, int):
        return str(value)
    if not isinstance(value, str):
        raise UserError(f"{file}:{number}: {field} is {'missing' if value is None else 'no string'}.")
    return value


def _require_unique(file: Path, ids: list[str]) -> None:
    if not ids:
        raise UserError(f"{file} has no document.")
    seen: set[str] = set()
    for id in ids:
        if id in seen:
            raise UserError(f"{file}: document {id!r} is there twice.")
        seen.add(id)


def _objects(file: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in _lines(file):
        try:
            value = json.loads(line)
        except ValueError as error:
            raise UserError(f"{file}:{number}: no JSON: {error}.") from None
        if not isinstance(value, dict):
            raise UserError(f"{file}:{number}: no JSON object.")
        yield number, value


def _rows(file: Path) -> Iterator[tuple[int, tuple[str, str, int]]]:
    for number, line in _lines(file):
        cells = line.split("\t") if "\t" in line else line.split()
        if len(cells) == 4:
            del cells[1]
        if len(cells) != 3:
            raise UserError(f"{file}:{number}: {len(cells)} columns; give question, document and grade.")
        question, document, grade = (cell.strip() for cell in cells)
        if number == 1 and not _is_whole(grade):
            continue
        if not _is_whole(grade):
            raise UserError(f"{file}:{number}: grade {grade!r} is no whole number.")
        yield number, (question, document, int(grade))


def _is_whole(text: str) -> bool:
    return text.removeprefix("-").isascii() and text.removeprefix("-").isdigit()


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    try:
        content = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise UserError(f"{file} is no text in UTF-8.") from None
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror}.") from None
    return ((number, line) for number, line in enumerate(content.splitlines(), 1) if line.strip())
