"""The code knows no name and no id of the world that is shipped."""

from __future__ import annotations

import re

from services.lore.domain.pack import Pack
from services.lore.wiring import WORLDS

CODE = WORLDS.parent


def test_nothing_in_the_code_knows_a_name_or_an_id_of_the_city(nekopolis: Pack) -> None:
    known = {nekopolis.manifest.name}
    for kind in ("places", "npcs", "enemies", "items", "quests", "shops", "factions", "secrets", "endings", "classes"):
        known |= {word for thing in getattr(nekopolis, kind) for word in (thing.id, thing.name)}
    known = {word for word in known if len(word) > 5}
    files = [p for part in ("domain", "adapters", "handlers") for p in sorted((CODE / part).rglob("*.py"))]
    source = "\n".join(p.read_text(encoding="utf-8") for p in files)

    assert [word for word in sorted(known) if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", source)] == []
