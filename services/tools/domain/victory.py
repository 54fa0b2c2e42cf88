"""A fight that is won pays: experience, loot, and what quests count. A fight that was fled pays nothing."""

from __future__ import annotations

from collections import Counter

from contracts.canon import LootEntry, LootTable
from contracts.effects import CreditsGained, EncounterEnded, ExperienceGained
from contracts.state import Encounter
from services.tools.domain.dice import Roller
from services.tools.domain.holdings import Holdings
from services.tools.domain.quests import count_event
from services.tools.domain.rewards import gain
from services.tools.domain.ruling import Ruling
from services.tools.domain.surroundings import Foe, Surroundings


def win(fight: Encounter, here: Surroundings, holdings: Holdings, dice: Roller, ruling: Ruling) -> None:
    """End the encounter and pay for everybody in it. The fold takes this once, for an encounter ends once."""
    ruling.does(EncounterEnded(how="won"))
    ruling.tells("The fight is won.")
    beaten = [Foe(combatant, enemy) for combatant in fight.enemies if (enemy := here.enemy(combatant.enemy))]
    experience = sum(foe.enemy.xp for foe in beaten)
    if experience:
        ruling.does(ExperienceGained(amount=experience, source=fight.spawn))
        ruling.tells(f"You gain {experience} experience.")
    for foe in beaten:
        table = loot_table(here, foe.enemy.loot)
        if table:
            _loot(table, foe, here, holdings, dice, ruling)
    for kind, number in Counter(foe.enemy.id for foe in beaten).items():
        count_event("defeat", kind, here, ruling, number)


def draw(table: LootTable, percentile: int) -> LootEntry:
    """The entry that 1 … 100 falls on, in proportion to the weights."""
    total = sum(entry.weight for entry in table.entries)
    position = (percentile - 1) * total // 100
    for entry in table.entries:
        if position < entry.weight:
            return entry
        position -= entry.weight
    return table.entries[-1]


def loot_table(here: Surroundings, table_id: str | None) -> LootTable | None:
    """The loot table of this id, when canon has it here."""
    return next((table for table in here.canon.loot if table.id == table_id), None)


def _loot(table: LootTable, foe: Foe, here: Surroundings, holdings: Holdings, dice: Roller, ruling: Ruling) -> None:
    entry = draw(table, dice.percentile("loot", roller=foe.name))
    if entry.credits and (credits := dice.sum("credits", entry.credits, roller=foe.name)):
        ruling.does(CreditsGained(amount=credits, source=foe.enemy.id))
        ruling.tells(f"{foe.name} leaves {credits} credits.", foe)
    item = here.item(entry.item) if entry.item else None
    if item and holdings.fits([item]):
        gain(item, 1, foe.enemy.id, holdings, ruling)
    elif item:
        ruling.tells(f"{foe.name} leaves {item.name}, but you cannot carry it as well.", foe, item)
