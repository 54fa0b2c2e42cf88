"""What everybody may read must not name what nobody may know."""

from __future__ import annotations

from collections.abc import Iterator

from services.lore.domain.common_knowledge import describe_common_knowledge
from services.lore.domain.documents import open_to_all
from services.lore.domain.pack import Pack
from services.lore.domain.pack_fault import PackFault
from services.lore.domain.speech import speech
from services.lore.domain.visibility import Visibility, find_visible
from services.lore.domain.words import speaks_of


def faults(pack: Pack) -> Iterator[PackFault]:
    """What a newcomer may read, and what those may read who have been everywhere and know all secrets but one."""
    yield from _told_too_early(pack, find_visible(pack))
    secrets = frozenset(pack.secret)
    for secret in pack.secrets:
        yield from _told_too_early(pack, find_visible(pack, secrets - {secret.id}, pack.place))


def _told_too_early(pack: Pack, visible: Visibility) -> Iterator[PackFault]:
    _, guarded = speech(pack, visible)
    for kind, id, text in _public_texts(pack, visible):
        for name in guarded:
            if speaks_of(text, name):
                wrong = f"names {name}, which hides behind a secret"
                yield PackFault(pack.file_of(kind, id), id, wrong, "write around the name, or reveal it earlier")


def _public_texts(pack: Pack, visible: Visibility) -> Iterator[tuple[str, str, str]]:
    yield "manifest", "manifest", describe_common_knowledge(pack)
    for p in pack.places:
        if p.id in visible.places:
            parts = [x for f in p.features if visible.shows(f) for x in (f.description, f.failure)]
            yield "places", p.id, "\n".join([p.description, *(e.name for e in p.exits if visible.shows(e)), *parts])
    for n in pack.npcs:
        if n.id in visible.npcs:
            told = [t.text for t in n.topics if open_to_all(t) and visible.revealed.issuperset(t.reveals)]
            yield "npcs", n.id, "\n".join([n.description, *(t.name for t in n.topics), *told])
    yield from (("enemies", e.id, e.description) for e in pack.enemies if e.id in visible.enemies)
    yield from (("items", i.id, i.description) for i in pack.items if i.id in visible.items)
    yield from (("factions", f.id, f.description) for f in pack.factions)
    yield from (("rumours", r.id, r.text) for r in pack.rumours)
    for q in pack.quests:
        if q.id in visible.quests:
            yield "quests", q.id, "\n".join([q.summary, *(s.text for s in q.stages)])
