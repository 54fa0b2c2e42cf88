"""Names: which ones a story may use, and which it must not speak yet."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from services.lore.domain.pack import Pack
from services.lore.domain.visibility import Visibility


@lru_cache(maxsize=128)
def speech(pack: Pack, visible: Visibility) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Public names and guarded names, each sorted. A name that is public for one thing is never guarded for another."""
    public = {name for name, open_ in _names(pack, visible) if open_}
    spoken = {name.casefold() for name in public}
    guarded = {name for name, open_ in _names(pack, visible) if not open_ and name.casefold() not in spoken}
    return tuple(sorted(public)), tuple(sorted(guarded))


def _names(pack: Pack, visible: Visibility) -> Iterator[tuple[str, bool]]:
    """Every proper name of the pack, and whether this campaign may know it."""
    yield pack.manifest.name, True
    for place in pack.places:
        open_ = place.id in visible.places
        yield place.name, open_
        if open_:
            yield place.district, True
        for feature in place.features:
            yield feature.name, open_ and visible.shows(feature)
    yield from ((n.name, n.id in visible.npcs) for n in pack.npcs)
    yield from ((e.name, e.id in visible.enemies) for e in pack.enemies)
    yield from ((i.name, i.id in visible.items) for i in pack.items)
    yield from ((s.name, s.id in visible.shops) for s in pack.shops)
    yield from ((s.name, s.id in visible.revealed) for s in pack.secrets)
    yield from ((f.name, True) for f in pack.factions)
    for quest in pack.quests:
        yield quest.name, quest.id in visible.quests
        yield quest.arc, True
    for class_ in pack.classes:
        yield class_.name, True
        yield from ((a.name, True) for a in class_.abilities)
