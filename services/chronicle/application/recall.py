"""Recalling: the names of each chapter, then both ends of each subject, across chapters as if they were one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from contracts.chronicle import ChronicleRecalled
from services.chronicle.domain.entry import StoryFact
from services.chronicle.domain.past import Chapter, chapters
from services.chronicle.domain.recall import AT_ONCE, FIRST, LATEST, choose, subjects

if TYPE_CHECKING:
    from contracts.chronicle import RecallChronicle


class FactReader(Protocol):
    """The facts that campaigns have filed, by subject."""

    def names(self, campaign_id: str, before: int) -> frozenset[str]:
        """The words of all names in this campaign's chronicle, at least in facts before this turn."""

    def first(self, campaign_id: str, subject: str, before: int, count: int) -> tuple[StoryFact, ...]:
        """The first facts known of a subject, before this turn."""

    def latest(self, campaign_id: str, subject: str, before: int, count: int) -> tuple[StoryFact, ...]:
        """The latest facts known of a subject, before this turn."""


def recall(request: RecallChronicle, facts: FactReader) -> ChronicleRecalled:
    """The facts that matter to the action. Before the second turn there is nothing to read."""
    past = chapters(request)
    names = frozenset[str]().union(*(facts.names(chapter.campaign_id, chapter.before) for chapter in past))
    first: list[StoryFact] = []
    latest: list[StoryFact] = []
    for subject in subjects(request, names) if past else ():
        known = _first(past, subject, facts)
        first += known[:FIRST]
        latest += known[-LATEST:] if len(known) < AT_ONCE else _latest(past, subject, facts)
    return ChronicleRecalled(envelope=request.envelope, memories=choose(request, first, latest))


def _first(past: tuple[Chapter, ...], subject: str, facts: FactReader) -> list[StoryFact]:
    """The beginning of a subject, and of most subjects all there is: the oldest chapter is asked first, the next ones
    only for what is missing."""
    found: list[StoryFact] = []
    for chapter in past:
        if len(found) < AT_ONCE:
            found += facts.first(chapter.campaign_id, subject, chapter.before, AT_ONCE - len(found))
    return found


def _latest(past: tuple[Chapter, ...], subject: str, facts: FactReader) -> list[StoryFact]:
    """The latest facts of a subject: the youngest chapter is asked first."""
    found: list[StoryFact] = []
    for chapter in reversed(past):
        if len(found) < LATEST:
            found += facts.latest(chapter.campaign_id, subject, chapter.before, LATEST - len(found))
    return found
