"""Recall: the passages that share the most telling words with what the player does. No model is asked."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from contracts.lore import Passage
from services.lore.domain.documents import Library, LoreDocument
from services.lore.domain.visibility import Visibility
from services.lore.domain.words import tokens

MAX_PASSAGES = 5
TITLE = 2.0
"""How much more a word tells when the document is called by it."""


@dataclass(frozen=True)
class Recalled:
    """The best passages, best first, and how many documents shared a word with the action at all."""

    passages: tuple[Passage, ...]
    candidates: int


def recall(library: Library, visible: Visibility, action: str, known: frozenset[str] = frozenset()) -> Recalled:
    """At most MAX_PASSAGES passages this campaign may read; equal scores in the order of their ids. `known` are ids
    whose texts the game master has before it anyway."""
    asked = frozenset(tokens(action))
    found = [(_score(d, asked, library), d) for d in library.documents if asked & d.words and d.is_visible(visible)]
    fresh = [(score, d) for score, d in found if not (d.id.split("-", 1)[0] in ("place", "npc") and known & {*d.about})]
    best = sorted(fresh, key=lambda pair: (-pair[0], pair[1].id))[:MAX_PASSAGES]
    return Recalled(tuple(Passage(id=d.id, title=d.title, text=d.text, score=score) for score, d in best), len(found))


def _score(document: LoreDocument, asked: frozenset[str], library: Library) -> float:
    shared = sorted(asked & document.words)
    told = sum(library.weights[w] * (TITLE if w in document.title_words else 1.0) for w in shared)
    return round(told / sqrt(3 + len(document.words)), 6)
