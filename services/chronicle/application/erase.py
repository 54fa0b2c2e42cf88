"""Erasing what was filed of a campaign: under each thing, and under each word of what is found there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from services.chronicle.domain.entry import IndexEntry, StoryFact, about, filed_by_words

MOST_FACTS, PAGE = 400, 100
"""Facts that are looked at in a run, each in up to nine places: two seconds or three of deletes."""


class FactEraser(Protocol):
    """The facts of campaigns, to erase."""

    def some(self, campaign_id: str, subject: str, count: int) -> Sequence[StoryFact]:
        """At most `count` of the facts filed under a subject."""

    def delete(self, campaign_id: str, entries: Iterable[IndexEntry]) -> None:
        """Take these out of the index."""

    def bury(self, campaign_id: str) -> None:
        """From now on nothing is filed of this campaign, however late it is told."""


def erase(campaign_id: str, ids: Iterable[str], facts: FactEraser) -> bool:
    """Erase the facts about these things, all there are of a campaign; whether more may be left. The words go first:
    what is filed under a thing tells of them."""
    facts.bury(campaign_id)
    looked_at = 0
    for subject in dict.fromkeys(map(about, ids)):
        while filed := [IndexEntry(subject=subject, fact=fact) for fact in facts.some(campaign_id, subject, PAGE)]:
            if looked_at >= MOST_FACTS:
                return True
            looked_at += len(filed)
            facts.delete(campaign_id, (word for entry in filed for word in filed_by_words(entry.fact)))
            facts.delete(campaign_id, filed)
    return False
