"""unlock: a key, or another way with a lock."""

from __future__ import annotations

from pydantic import Field

from contracts.canon import Check, Exit, Stat
from contracts.effects import ExitUnlocked
from contracts.tools import Refusal
from services.tools.domain.checks import check, succeeded
from services.tools.domain.dice import Roller
from services.tools.domain.intent import Intent, Word
from services.tools.domain.ruling import Ruling, refuse, refuse_unknown
from services.tools.domain.surroundings import Surroundings, first_where
from services.tools.domain.ways import find_way, is_open


class Unlock(Intent):
    """Open a locked exit, with its key or a stat."""

    exit: Word = Field(description="Exit or place id.", json_schema_extra={"refers_to": "exit"})
    approach: Stat | None = Field(default=None, description="Null: the key, or your best chance.")


def unlock(intent: Unlock, here: Surroundings, dice: Roller) -> Ruling | Refusal:
    locked = [way for way in here.exits if not is_open(way, here)]
    way = find_way(intent.exit, here)
    if way is None:
        return refuse_unknown("exit", [exit_.id for exit_ in locked])
    if way.lock is None or way not in locked:
        return refuse("not-locked", "Only locks are opened.", f"{way.name} is open.", ["move_to"])
    key = first_where(here.character.inventory, way.lock.key) if way.lock.key else None
    ruling = Ruling()
    if key:
        ruling.does(ExitUnlocked(exit=way.id))
        ruling.tells(f"{key.name} opens {way.name}.", key, way)
        return ruling
    chosen = _choose(way.lock.checks, intent.approach, here)
    if chosen is None:
        stats = [known.stat for known in way.lock.checks]
        return refuse("needs-key", "A lock opens to its key or its checks.", f"{way.name} stays locked.", stats)
    return _tries(way, chosen, here, dice, ruling)


def _tries(way: Exit, chosen: Check, here: Surroundings, dice: Roller, ruling: Ruling) -> Ruling:
    roll = check(dice, here.derived, chosen.stat, chosen.difficulty, f"unlocking with {chosen.stat}")
    if succeeded(roll):
        ruling.does(ExitUnlocked(exit=way.id))
        ruling.tells(f"You open {way.name}: {roll.total} against {roll.target}.", way)
    else:
        ruling.tells(f"{way.name} resists: {roll.total} against {roll.target}.", way)
    return ruling


def _choose(checks: tuple[Check, ...], approach: Stat | None, here: Surroundings) -> Check | None:
    """The check of this stat, or else the one with the best odds."""
    if approach:
        return next((known for known in checks if known.stat == approach), None)
    return min(checks, key=lambda known: known.difficulty - here.derived.stats.get(known.stat, 0), default=None)
