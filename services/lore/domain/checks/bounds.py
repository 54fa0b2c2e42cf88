"""A pack fits into the states that remember it and the messages that carry it (`room` looks at the slices)."""

from __future__ import annotations

from collections.abc import Iterator

from services.lore.domain.common_knowledge import MAX_CHARACTERS, describe_common_knowledge
from services.lore.domain.pack import Pack
from services.lore.domain.pack_fault import PackFault
from services.lore.domain.speech import speech
from services.lore.domain.visibility import find_visible

MOST = {"places": 64, "secrets": 64, "quests": 32, "endings": 4, "classes": 12, "npcs": 128, "enemies": 128}
"""The most of each kind that a campaign can remember."""

MOST_PARTS = {"finds": 128, "features": 128, "spawns": 64}
"""The same for what places hold, over the whole pack."""

MOST_LOCKS = 64
MOST_NAMES = 400
MOST_GUARDED = 200


def faults(pack: Pack) -> Iterator[PackFault]:
    yield from _counts(pack)
    if (size := len(describe_common_knowledge(pack))) > MAX_CHARACTERS:
        yield _whole(
            "common-knowledge", f"has {size} characters, {MAX_CHARACTERS} fit", "shorten names and descriptions"
        )


def _counts(pack: Pack) -> Iterator[PackFault]:
    counts = [(kind, len(getattr(pack, kind)), most) for kind, most in MOST.items()]
    counts += [(part, sum(len(getattr(p, part)) for p in pack.places), most) for part, most in MOST_PARTS.items()]
    counts.append(("locks", sum(e.lock is not None for p in pack.places for e in p.exits), MOST_LOCKS))
    counts.append(("things to start with", len({i for c in pack.classes for i in c.items}), 64))
    counts.append(("lines on shelves", sum(len(s.stock) for s in pack.shops), 256))
    nobody = find_visible(pack)
    everything = find_visible(pack, frozenset(s.id for s in pack.secrets), [p.id for p in pack.places])
    counts.append(("public names", len(speech(pack, everything)[0]), MOST_NAMES))
    counts.append(("guarded names", len(speech(pack, nobody)[1]), MOST_GUARDED))
    for what, there, most in counts:
        if there > most:
            yield _whole(what, f"has {there}, {most} fit", "remove some")


def _whole(id: str, wrong: str, remedy: str) -> PackFault:
    return PackFault("(pack)", id, wrong, remedy)
