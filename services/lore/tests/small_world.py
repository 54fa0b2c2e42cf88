"""Teacup: a second, tiny world, sound as it stands. Tests break it one thing at a time."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from services.lore.domain.assembly import SourceFile
from services.lore.domain.inspection import inspect
from services.lore.domain.pack import Pack
from services.lore.domain.pack_fault import PackFault

Content = dict[str, Any]

_TEACUP: Content = {
    "manifest": {
        "id": "teacup",
        "name": "Teacup",
        "version": "0.1.0",
        "tone": "Plain.",
        "premise": "A house in a cup.",
        "start": "saucer",
        "haven": "saucer",
        "opening": {
            "text": 'You wake on the saucer. "Somebody must stir," says Dormouse.',
            "suggested_actions": ["Talk"],
        },
    },
    "classes": [
        {
            "id": "spoon-knight",
            "name": "Spoon Knight",
            "description": "Stirs.",
            "stats": {"claws": 2},
            "hp": 12,
            "hp_per_level": 4,
            "energy": 4,
            "armour": 11,
            "credits": 5,
            "abilities": [{"id": "stir", "name": "Stir", "description": "Round and round.", "cost": 1}],
            "items": ["spoon"],
        }
    ],
    "places": [
        {
            "id": "saucer",
            "name": "The Saucer",
            "district": "Below",
            "description": "Flat and white. There is a crumb.",
            "safe": True,
            "exits": [
                {"id": "handle", "to": "rim", "name": "the handle"},
                {"id": "crack", "to": "underside", "name": "a hairline crack", "secret": "chip"},
            ],
            "features": [
                {
                    "id": "crumb",
                    "name": "The Crumb",
                    "description": "Old.",
                    "checks": [{"stat": "whiskers", "difficulty": 8}],
                    "reward": {"items": ["tongs"]},
                    "success": "There are tongs in it.",
                    "failure": "Dry.",
                }
            ],
            "npcs": ["dormouse"],
            "shop": "sugar-bowl",
        },
        {
            "id": "rim",
            "name": "The Rim",
            "district": "Above",
            "description": "Steam. It is a long way down.",
            "exits": [
                {"id": "handle-down", "to": "saucer", "name": "the handle, down"},
                {"id": "lid", "to": "depths", "name": "the lid", "lock": {"key": "lid-key"}},
            ],
            "finds": [{"id": "rim-sugar", "item": "sugar"}, {"id": "rim-pence", "credits": 3}],
            "spawns": [
                {"id": "rim-ants", "enemy": "ant", "count": 2, "hostile": True},
                {"id": "rim-wasp", "enemy": "wasp", "secret": "buzz"},
            ],
        },
        {
            "id": "depths",
            "name": "The Depths",
            "district": "Above",
            "description": "Tea, mostly.",
            "exits": [{"id": "lid-up", "to": "rim", "name": "the lid, up"}],
            "spawns": [{"id": "leaf", "enemy": "tea-leaf"}],
        },
        {
            "id": "underside",
            "name": "The Underside",
            "district": "Unglazed",
            "description": "Rough clay, and a maker's mark.",
            "exits": [{"id": "crack-up", "to": "saucer", "name": "the crack, up"}],
            "npcs": ["mark"],
        },
    ],
    "npcs": [
        {
            "id": "dormouse",
            "name": "Dormouse",
            "role": "host",
            "description": "Asleep at the table.",
            "topics": [
                {"id": "tea", "name": "tea", "text": "It is always tea."},
                {"id": "flaw", "name": "a flaw", "text": "Look below.", "disposition": 2, "reveals": ["chip"]},
            ],
        },
        {"id": "mark", "name": "Potter's Mark", "role": "signature", "description": "It signed the cup."},
    ],
    "enemies": [
        {
            "id": id,
            "name": name,
            "description": "Small.",
            "hp": 3,
            "armour": 9,
            "damage": {"count": 1, "sides": 4},
            "attack": 0,
            "damage_type": "acid",
            "xp": 5,
            "loot": "crumbs",
        }
        for id, name in (("ant", "Ant"), ("wasp", "Drowned Wasp"), ("tea-leaf", "Tea Leaf"))
    ],
    "items": [
        {"id": "spoon", "name": "Spoon", "description": "Silver.", "kind": "weapon", "slot": "claws", "price": 4},
        {"id": "tongs", "name": "Tongs", "description": "For sugar.", "kind": "tool", "price": 2},
        {"id": "sugar", "name": "Sugar", "description": "A lump.", "kind": "consumable", "use": {"heal": {"count": 1}}},
        {"id": "lid-key", "name": "Lid Key", "description": "Steamed up.", "kind": "key"},
    ],
    "quests": [
        {
            "id": "stirring",
            "name": "Stirring",
            "arc": "Tea",
            "summary": "Somebody must.",
            "giver": "dormouse",
            "stages": [
                {
                    "id": "ask",
                    "text": "Talk to Dormouse.",
                    "goal": {"kind": "talk", "target": "dormouse"},
                    "reward": {"items": ["lid-key"], "reveals": ["buzz"]},
                },
                {"id": "stir", "text": "Beat the Tea Leaf.", "goal": {"kind": "defeat", "target": "tea-leaf"}},
            ],
            "ending": "drunk-up",
        }
    ],
    "shops": [
        {
            "id": "sugar-bowl",
            "name": "Sugar Bowl",
            "keeper": "dormouse",
            "stock": [{"item": "sugar", "price": 2, "quantity": 3}],
        }
    ],
    "loot": [{"id": "crumbs", "entries": [{"weight": 1, "item": "sugar"}]}],
    "factions": [{"id": "guests", "name": "The Guests", "description": "Late."}],
    "rumours": [{"id": "buzzing", "text": "Something buzzes at the rim.", "about": ["rim"]}],
    "secrets": [
        {"id": "chip", "name": "The Chip", "text": "There is a way below."},
        {"id": "buzz", "name": "The Buzzing", "text": "It is not the kettle."},
    ],
    "endings": [{"id": "drunk-up", "name": "Drunk Up", "text": "The end."}],
}

_ALIASES = {
    "saucer": ["plate", "dish"],
    "rim": ["edge", "brink"],
    "depths": ["bottom", "inside"],
    "underside": ["below", "base"],
    "handle": ["grip", "ear"],
    "crack": ["hairline", "fissure"],
    "handle-down": ["grip", "ear"],
    "lid": ["cover", "top"],
    "lid-up": ["cover", "top"],
    "crack-up": ["hairline", "fissure"],
    "crumb": ["bread", "old crumb"],
    "rim-pence": ["coins", "pence"],
    "dormouse": ["mouse", "host"],
    "mark": ["signature", "maker's mark"],
    "ant": ["insect", "ants"],
    "wasp": ["stinger", "wet wasp"],
    "tea-leaf": ["leaf", "leaves"],
    "spoon": ["silver", "silver spoon"],
    "tongs": ["sugar tongs", "pincers"],
    "sugar": ["lump", "sugar lump"],
    "lid-key": ["key", "steamed-up key"],
    "stirring": ["job", "stir"],
    "stir": ["whirl", "spin"],
    "tea": ["drink", "brew"],
    "flaw": ["fault", "chip in the cup"],
}
_DEEDS = {
    "handle": ["climb"],
    "crack": ["squeeze through"],
    "handle-down": ["slide down"],
    "lid": ["lift"],
    "lid-up": ["lift"],
    "crack-up": ["squeeze through"],
    "crumb": ["nibble"],
}
_VOICE = {
    "manner": "Drowsily.",
    "greeting": '"Tea?"',
    "again": '"More tea?"',
    "unknown": '"I was asleep for that."',
    "small_talk": ['"It is always tea-time."', '"Mind the jam."'],
    "farewell": '"Mm."',
}
_AMBIENCE = ["Steam goes by.", "It smells of leaves.", "China rings, faintly."]


def _speaking(entry: Any) -> Any:
    """An entry, and all in it, with the words for it."""
    if isinstance(entry, list):
        return [_speaking(one) for one in entry]
    if not isinstance(entry, dict):
        return entry
    words = {"aliases": _ALIASES, "deeds": _DEEDS}
    given = {field: [*of[entry["id"]]] for field, of in words.items() if entry.get("id") in of and "goal" not in entry}
    return {**{key: _speaking(value) for key, value in entry.items()}, **given}


def small_world() -> Content:
    """The sound pack, to be changed at will."""
    content = deepcopy(_TEACUP)
    for section in ("classes", "places", "npcs", "enemies", "items", "quests"):
        content[section] = _speaking(content[section])
    for npc in content["npcs"]:
        npc["voice"] = deepcopy(_VOICE)
    for place in content["places"]:
        place["ambience"] = [*_AMBIENCE]
    return content


def faults(content: Content) -> list[PackFault]:
    return inspect([SourceFile("teacup.json", content)])[1]


def pack(content: Content | None = None) -> Pack:
    read, found = inspect([SourceFile("teacup.json", content or small_world())])
    assert read and not found, found
    return read
