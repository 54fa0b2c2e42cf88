"""Looking things up: the names of each chapter, then both ends of each subject, across chapters as if they were one."""

from __future__ import annotations

from contracts.chronicle import ChronicleRecalled, RecallChronicle
from services.chronicle.adapters.chronicle_table import Book
from services.chronicle.domain.entry import Fact
from services.chronicle.domain.past import Chapter, chapters
from services.chronicle.domain.recall import FIRST, LATEST, chosen, subjects


def recall(request: RecallChronicle, book: Book) -> ChronicleRecalled:
    """What the chronicle knows of what the action touches. Before the second turn there is nothing to read."""
    past = chapters(request)
    names = frozenset[str]().union(*(book.names(chapter.campaign_id) for chapter in past))
    first: list[Fact] = []
    latest: list[Fact] = []
    for subject in subjects(request, names) if past else ():
        beginning = _first(past, subject, book)
        first += beginning
        if len(beginning) == FIRST:
            latest += _latest(past, subject, book)
    return ChronicleRecalled(envelope=request.envelope, memories=chosen(request, first, latest))


def _first(past: tuple[Chapter, ...], subject: str, book: Book) -> list[Fact]:
    """How it began: the oldest chapter is asked first, the next ones only for what is missing."""
    found: list[Fact] = []
    for chapter in past:
        if len(found) < FIRST:
            found += book.first(chapter.campaign_id, subject, chapter.before, FIRST - len(found))
    return found


def _latest(past: tuple[Chapter, ...], subject: str, book: Book) -> list[Fact]:
    """How it stands: the youngest chapter is asked first."""
    found: list[Fact] = []
    for chapter in reversed(past):
        if len(found) < LATEST:
            found += book.latest(chapter.campaign_id, subject, chapter.before, LATEST - len(found))
    return found
