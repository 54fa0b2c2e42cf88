"""The documents that recall searches: one for each thing of the pack there is something to tell about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from contracts.canon import Npc, Topic
from services.lore.domain.pack import Pack
from services.lore.domain.ranking import Entry
from services.lore.domain.visibility import Visibility
from services.lore.domain.word_index import WordIndex

IsVisible = Callable[[Visibility], bool]
LONGEST_ID = 64


@dataclass(frozen=True)
class LoreDocument:
    """A passage before it is retrieved. `is_visible` says for whom it exists, `entry` how it is found."""

    id: str
    title: str
    text: str
    about: tuple[str, ...]
    is_visible: IsVisible
    entry: Entry


@dataclass(frozen=True, eq=False)
class Library:
    """All documents of a pack, in the order of their ids. Compared by identity, as its pack is."""

    documents: tuple[LoreDocument, ...]

    @cached_property
    def by_id(self) -> dict[str, LoreDocument]:
        return {document.id: document for document in self.documents}

    @cached_property
    def index(self) -> WordIndex:
        return WordIndex(document.entry for document in self.documents)


@cache
def library(pack: Pack) -> Library:
    return Library(tuple(sorted(_documents(pack), key=lambda document: document.id)))


@lru_cache(maxsize=128)
def readable(books: Library, visible: Visibility) -> frozenset[str]:
    """Ids of the documents that a campaign may read."""
    return frozenset(document.id for document in books.documents if document.is_visible(visible))


def _documents(pack: Pack) -> Iterator[LoreDocument]:
    for p in pack.places:
        yield _document("place", p.id, p.name, p.description, _among("places", p.id), p.district, *p.aliases)
    for n in pack.npcs:
        yield _document("npc", n.id, n.name, n.description, _among("npcs", n.id), n.role, *n.aliases)
        for t in n.topics:
            if open_to_all(t):
                yield _topic(n, t)
    for e in pack.enemies:
        yield _document("enemy", e.id, e.name, e.description, _among("enemies", e.id), *e.aliases)
    for i in pack.items:
        yield _document("item", i.id, i.name, i.description, _among("items", i.id), *i.aliases)
    for f in pack.factions:
        yield _document("faction", f.id, f.name, f.description, _always)
    for r in pack.rumours:
        id = f"rumour-{r.id}"[:LONGEST_ID]
        called = Entry(id, "", r.text, ("rumour", *_names(pack, r.about)))
        yield LoreDocument(id, "A rumour", r.text, r.about, _always, called)
    for s in pack.secrets:
        yield _document("secret", s.id, s.name, s.text, _among("revealed", s.id))


def _topic(npc: Npc, topic: Topic) -> LoreDocument:
    """Found by what it is about; that somebody of this name tells it weighs no more than any word."""
    id = f"topic-{npc.id}-{topic.id}"[:LONGEST_ID]
    called = Entry(id, topic.name, topic.text, (npc.name, *topic.aliases))
    return LoreDocument(id, f"{npc.name} on {topic.name}", topic.text, (npc.id,), _when_told(npc, topic), called)


def open_to_all(topic: Topic) -> bool:
    """May anybody hear it, without earning it first?"""
    return topic.disposition == -3


def _document(kind: str, id: str, title: str, text: str, is_visible: IsVisible, *keywords: str) -> LoreDocument:
    whole = f"{kind}-{id}"[:LONGEST_ID]
    return LoreDocument(whole, title, text, (id,), is_visible, Entry(whole, title, text, keywords))


def _names(pack: Pack, ids: tuple[str, ...]) -> list[str]:
    named = (pack.place, pack.npc, pack.enemy, pack.item)
    return [index[id].name for id in ids for index in named if id in index]


def _among(kind: str, id: str) -> IsVisible:
    return lambda visible: id in getattr(visible, kind)


def _when_told(npc: Npc, topic: Topic) -> IsVisible:
    return lambda visible: npc.id in visible.npcs and visible.revealed.issuperset(topic.reveals)


def _always(visible: Visibility) -> bool:
    return True
