"""The vocabulary of a world pack: what exists, and the figures the rules work with. Owned by lore.

Ids are unique per kind within a pack. Texts are for people; every number in here is read by the rules only.
"""

from typing import TYPE_CHECKING

from contracts.parts import names_of

if TYPE_CHECKING:
    from contracts.canon.cats import *
    from contracts.canon.figures import *
    from contracts.canon.people import *
    from contracts.canon.places import *
    from contracts.canon.quests import *

__getattr__ = names_of(
    __name__,
    {
        "cats": (
            "CatClass",
            "Item",
            "Manifest",
            "Opening",
        ),
        "figures": (
            "Ability",
            "Affliction",
            "Aliases",
            "Ambience",
            "Check",
            "Condition",
            "DamageType",
            "Deeds",
            "Dice",
            "Difficulty",
            "EntityRef",
            "GoalKind",
            "Line",
            "Modifier",
            "Name",
            "NpcVoice",
            "Phrase",
            "Slot",
            "Stat",
            "Use",
        ),
        "people": (
            "Npc",
            "Topic",
        ),
        "places": (
            "Enemy",
            "Exit",
            "Feature",
            "Find",
            "Lock",
            "LootEntry",
            "LootTable",
            "Place",
            "Reward",
            "Shop",
            "Spawn",
            "StockLine",
        ),
        "quests": (
            "Ending",
            "Faction",
            "Goal",
            "Quest",
            "QuestStage",
            "Rumour",
            "Secret",
        ),
    },
)
