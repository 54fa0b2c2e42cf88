"""Erasing what was filed of a campaign: under each thing, and under each word of what is found there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from services.chronicle.domain.entry import IndexEntry, StoryFact, about, words_filed_under


class FactEraser(Protocol):
    """The facts of campaigns, to erase."""

    def all(self, campaign_id: str, subject: str) -> Iterator[StoryFact]:
        """All facts filed under a subject."""

    def delete(self, campaign_id: str, entries: Iterable[IndexEntry]) -> None:
        """Take these out of the index."""

    def bury(self, campaign_id: str) -> None:
        """From now on nothing is filed of this campaign, however late it is told."""


def erase(campaign_id: str, ids: Iterable[str], facts: FactEraser) -> None:
    """Erase the facts about these things, all there are of a campaign. The words go first: what is filed under a thing
    tells of them."""
    facts.bury(campaign_id)
    for subject in dict.fromkeys(map(about, ids)):
        filed = [IndexEntry(subject=subject, fact=fact) for fact in facts.all(campaign_id, subject)]
        named = (IndexEntry(subject=word, fact=entry.fact) for entry in filed for word in words_filed_under(entry.fact))
        facts.delete(campaign_id, named)
        facts.delete(campaign_id, filed)
