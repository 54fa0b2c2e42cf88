"""What everybody may read must not name what nobody may know."""

from __future__ import annotations

from collections.abc import Iterator

from services.lore.domain.common_knowledge import gazetteer
from services.lore.domain.documents import open_to_all
from services.lore.domain.pack import Pack
from services.lore.domain.pack_fault import Fault
from services.lore.domain.speech import speech
from services.lore.domain.visibility import Horizon, horizon
from services.lore.domain.words import speaks_of


def faults(pack: Pack) -> Iterator[Fault]:
    """What a newcomer may read, and what those may read who have been everywhere and know all secrets but one."""
    yield from _told_too_early(pack, horizon(pack))
    secrets = frozenset(pack.secret)
    for secret in pack.secrets:
        yield from _told_too_early(pack, horizon(pack, secrets - {secret.id}, pack.place))


def _told_too_early(pack: Pack, sight: Horizon) -> Iterator[Fault]:
    _, guarded = speech(pack, sight)
    for kind, id, text in _public_texts(pack, sight):
        for name in guarded:
            if speaks_of(text, name):
                wrong = f"names {name}, which hides behind a secret"
                yield Fault(pack.file_of(kind, id), id, wrong, "write around the name, or reveal it earlier")


def _public_texts(pack: Pack, sight: Horizon) -> Iterator[tuple[str, str, str]]:
    yield "manifest", "manifest", gazetteer(pack)
    for p in pack.places:
        if p.id in sight.places:
            parts = [x for f in p.features if sight.shows(f) for x in (f.description, f.failure)]
            yield "places", p.id, "\n".join([p.description, *(e.name for e in p.exits if sight.shows(e)), *parts])
    for n in pack.npcs:
        if n.id in sight.npcs:
            told = [t.text for t in n.topics if open_to_all(t) and sight.revealed.issuperset(t.reveals)]
            yield "npcs", n.id, "\n".join([n.description, *(t.name for t in n.topics), *told])
    yield from (("enemies", e.id, e.description) for e in pack.enemies if e.id in sight.enemies)
    yield from (("items", i.id, i.description) for i in pack.items if i.id in sight.items)
    yield from (("factions", f.id, f.description) for f in pack.factions)
    yield from (("rumours", r.id, r.text) for r in pack.rumours)
    for q in pack.quests:
        if q.id in sight.quests:
            yield "quests", q.id, "\n".join([q.summary, *(s.text for s in q.stages)])
