"""Looking things up: one read of the names, then at most two for each subject."""

from __future__ import annotations

from contracts.chronicle import ChronicleRecalled, RecallChronicle
from services.chronicle.adapters.book import Book
from services.chronicle.domain.entry import Fact
from services.chronicle.domain.recall import FIRST, LATEST, chosen, subjects


def recall(request: RecallChronicle, book: Book) -> ChronicleRecalled:
    """What the chronicle knows of what the action touches. Before the second turn there is nothing to read."""
    campaign, before = request.envelope.campaign_id, request.before_turn
    if before <= 1:
        return ChronicleRecalled(envelope=request.envelope)
    first: list[Fact] = []
    latest: list[Fact] = []
    for subject in subjects(request, book.names(campaign)):
        beginning = book.first(campaign, subject, before, FIRST)
        first += beginning
        if len(beginning) == FIRST:
            latest += book.latest(campaign, subject, before, LATEST)
    return ChronicleRecalled(envelope=request.envelope, memories=chosen(request, first, latest))
