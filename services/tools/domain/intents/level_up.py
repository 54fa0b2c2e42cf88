"""level_up: what a new level is spent on."""

from __future__ import annotations

from pydantic import Field

from contracts.canon import Stat
from contracts.effects import LevelChoiceMade
from contracts.state import Character
from contracts.tools import Refusal
from services.tools.domain.dice import Roller
from services.tools.domain.intent import Intent, Word
from services.tools.domain.ruling import Ruling, refuse, refuse_unknown
from services.tools.domain.surroundings import Surroundings, pick

HIGHEST_STAT, HIGHEST_RANK = 6, 5


class LevelUp(Intent):
    """Spend an open level choice: raise one stat, or one ability."""

    stat: Stat | None = None
    ability: Word | None = Field(
        default=None, description="Ability id; then stat is null.", json_schema_extra={"refers_to": "ability"}
    )


def level_up(intent: LevelUp, here: Surroundings, dice: Roller) -> Ruling | Refusal:
    cat = here.character
    if not cat.choices:
        return refuse(
            "no-choice-open", "Each level gives one choice.", "There is nothing to choose before the next level."
        )
    if (intent.stat is None) == (intent.ability is None):
        return refuse("one-choice", "A choice is one stat or one ability.", "Choose one of them.", open_choices(cat))
    return _stat(intent.stat, cat) if intent.stat else _ability(intent.ability or "", cat)


def open_choices(cat: Character) -> list[str]:
    """Stats and abilities that can still be raised."""
    stats = [stat for stat, value in cat.stats.items() if value < HIGHEST_STAT]
    return [*stats, *(known.ability.id for known in cat.abilities if known.rank < HIGHEST_RANK)]


def _stat(stat: Stat, cat: Character) -> Ruling | Refusal:
    if stat not in open_choices(cat):
        return _at_its_best(stat, cat)
    ruling = Ruling()
    ruling.does(LevelChoiceMade(stat=stat))
    ruling.tells(f"Your {stat} get better.")
    return ruling


def _ability(word: str, cat: Character) -> Ruling | Refusal:
    ability = pick(word, [known.ability for known in cat.abilities])
    if ability is None:
        return refuse_unknown("ability", open_choices(cat))
    if ability.id not in open_choices(cat):
        return _at_its_best(ability.name, cat)
    ruling = Ruling()
    ruling.does(LevelChoiceMade(ability=ability.id))
    ruling.tells(f"You get better at {ability.name}.", ability)
    return ruling


def _at_its_best(what: str, cat: Character) -> Refusal:
    return refuse("at-its-best", "Stats and ranks have a limit.", f"Your {what} cannot get better.", open_choices(cat))
