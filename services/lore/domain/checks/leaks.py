"""Texts that everybody may read must not name anything that nobody may know."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.canon import Exit, Feature, NpcVoice
from services.lore.domain.common_knowledge import describe_common_knowledge
from services.lore.domain.documents import open_to_all
from services.lore.domain.pack import Pack
from services.lore.domain.pack_fault import PackFault
from services.lore.domain.speech import speech
from services.lore.domain.visibility import Visibility, find_visible
from services.lore.domain.words import speaks_of


def faults(pack: Pack) -> Iterator[PackFault]:
    """Faults in what a newcomer may read, and in what those may read who know every place and all secrets but one."""
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
    opening = pack.manifest.opening.text if pack.manifest.opening else ""
    yield "manifest", "manifest", "\n".join([describe_common_knowledge(pack), opening])
    for p in pack.places:
        if p.id in visible.places:
            parts = [x for f in p.features if visible.shows(f) for x in (f.description, f.failure)]
            here: tuple[Exit | Feature, ...] = (*p.exits, *p.features)
            shown = [t for t in here if visible.shows(t)]
            words = [w for t in shown for w in (t.name, *t.aliases, *t.deeds)]
            yield "places", p.id, "\n".join([p.description, *p.aliases, *p.ambience, *words, *parts])
    for n in pack.npcs:
        if n.id in visible.npcs:
            told = [t.text for t in n.topics if open_to_all(t) and visible.revealed.issuperset(t.reveals)]
            topics = [w for t in n.topics for w in (t.name, *t.aliases)]
            yield "npcs", n.id, "\n".join([n.description, *n.aliases, *_lines(n.voice), *topics, *told])
    enemies = (e for e in pack.enemies if e.id in visible.enemies)
    yield from (("enemies", e.id, "\n".join([e.description, *e.aliases])) for e in enemies)
    items = (i for i in pack.items if i.id in visible.items)
    yield from (("items", i.id, "\n".join([i.description, *i.aliases])) for i in items)
    yield from (("factions", f.id, f.description) for f in pack.factions)
    yield from (("rumours", r.id, r.text) for r in pack.rumours)
    for q in pack.quests:
        if q.id in visible.quests:
            yield "quests", q.id, "\n".join([q.summary, *q.aliases, *(s.text for s in q.stages)])


def _lines(voice: NpcVoice | None) -> tuple[str, ...]:
    """All that somebody may say besides their topics."""
    return (voice.greeting, voice.again, voice.unknown, *voice.small_talk, voice.farewell) if voice else ()
