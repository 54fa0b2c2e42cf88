"""The documents that recall searches: one for each thing of the pack there is something to tell about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from math import log

from contracts.canon import Npc, Topic
from services.lore.domain.pack import Pack
from services.lore.domain.visibility import Visibility
from services.lore.domain.words import tokens

IsVisible = Callable[[Visibility], bool]


@dataclass(frozen=True)
class LoreDocument:
    """A passage before it is retrieved. `is_visible` says for whom it exists."""

    id: str
    title: str
    text: str
    about: tuple[str, ...]
    is_visible: IsVisible
    title_words: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True)
class Library:
    """All documents of a pack, and how much each word tells: rare ones tell more."""

    documents: tuple[LoreDocument, ...]
    weights: dict[str, float]


@cache
def library(pack: Pack) -> Library:
    documents = tuple(sorted(_documents(pack), key=lambda d: d.id))
    seen = Counter(word for d in documents for word in d.words)
    return Library(documents, {word: 1 + log(len(documents) / n) for word, n in seen.items()})


def _documents(pack: Pack) -> Iterator[LoreDocument]:
    for p in pack.places:
        yield _document(f"place-{p.id}", p.name, p.description, (p.id,), _among("places", p.id), p.district)
    for n in pack.npcs:
        yield _document(f"npc-{n.id}", n.name, n.description, (n.id,), _among("npcs", n.id), n.role)
        for t in n.topics:
            if open_to_all(t):
                yield _topic(n, t)
    for e in pack.enemies:
        yield _document(f"enemy-{e.id}", e.name, e.description, (e.id,), _among("enemies", e.id))
    for i in pack.items:
        yield _document(f"item-{i.id}", i.name, i.description, (i.id,), _among("items", i.id))
    for f in pack.factions:
        yield _document(f"faction-{f.id}", f.name, f.description, (f.id,), _always)
    for r in pack.rumours:
        yield _document(f"rumour-{r.id}", "A rumour", r.text, r.about, _always, " ".join(_names(pack, r.about)))
    for s in pack.secrets:
        yield _document(f"secret-{s.id}", s.name, s.text, (s.id,), _among("revealed", s.id))


def _topic(npc: Npc, topic: Topic) -> LoreDocument:
    """Found by what it is about; that somebody of this name tells it weighs no more than any word."""
    told = _document(f"topic-{npc.id}-{topic.id}", topic.name, topic.text, (npc.id,), _told(npc, topic), npc.name)
    return replace(told, title=f"{npc.name} on {topic.name}")


def open_to_all(topic: Topic) -> bool:
    """May anybody hear it, without earning it first?"""
    return topic.disposition == -3


def _document(
    id: str, title: str, text: str, about: tuple[str, ...], is_visible: IsVisible, more_words: str = ""
) -> LoreDocument:
    title_words = frozenset(tokens(title))
    words = title_words.union(tokens(f"{text} {more_words}"))
    return LoreDocument(id[:64], title, text, about, is_visible, title_words, words)


def _names(pack: Pack, ids: tuple[str, ...]) -> list[str]:
    named = (pack.place, pack.npc, pack.enemy, pack.item)
    return [index[id].name for id in ids for index in named if id in index]


def _among(kind: str, id: str) -> IsVisible:
    return lambda visible: id in getattr(visible, kind)


def _told(npc: Npc, topic: Topic) -> IsVisible:
    return lambda visible: npc.id in visible.npcs and visible.revealed.issuperset(topic.reveals)


def _always(visible: Visibility) -> bool:
    return True
