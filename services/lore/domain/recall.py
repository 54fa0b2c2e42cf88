"""Recall: the passages that matter to what the player does, of those that this campaign may read.

Whatever ranks says which and in what order, by ids; what may be read is decided here, and texts come from the pack.
"""

from __future__ import annotations

from contracts.lore import Passage
from services.lore.domain.documents import Library, LoreDocument, readable
from services.lore.domain.ranking import Ranker
from services.lore.domain.visibility import Visibility
from services.lore.domain.words import tokens

MAX_PASSAGES = 5


def recall(
    books: Library, visible: Visibility, action: str, known: frozenset[str] = frozenset(), ranker: Ranker | None = None
) -> tuple[Passage, ...]:
    """At most MAX_PASSAGES passages this campaign may read, best first; none for an action without a telling word.
    `known` are ids whose texts the game master has before it anyway. Without a ranker, by the library's own words."""
    if not tokens(action):
        return ()
    told = frozenset(f"{kind}-{id}" for kind in ("place", "npc") for id in known)
    among = readable(books, visible)
    found = (ranker or books.index).rank(action, among, MAX_PASSAGES + len(told))
    fresh = [(each.score, books.by_id[each.id]) for each in found if each.id in among and each.id not in told]
    return tuple(_passage(document, score) for score, document in fresh[:MAX_PASSAGES])


def count_candidates(books: Library, visible: Visibility, action: str) -> int:
    """The number of documents that this campaign may read and that share a word with the action."""
    return books.index.count(action, readable(books, visible))


def _passage(document: LoreDocument, score: float) -> Passage:
    return Passage(id=document.id, title=document.title, text=document.text, score=max(0.0, score))
