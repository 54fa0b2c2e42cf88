"""Ways from place to place: which are open, and what passing through does."""

from __future__ import annotations

from contracts.canon import EntityRef, Exit
from contracts.effects import ConditionGained, Moved
from services.tools.domain.checks import save
from services.tools.domain.dice import Roller
from services.tools.domain.ruling import Ruling
from services.tools.domain.surroundings import Surroundings, first, pick


def is_open(way: Exit, here: Surroundings) -> bool:
    """Whether nothing bars it, or not any more."""
    return way.lock is None or way.id in here.state.unlocked


def beyond(way: Exit, here: Surroundings) -> EntityRef:
    """The place it leads to, by its own name when canon tells it."""
    return first(here.canon.neighbours, way.to) or EntityRef(id=way.to, name=way.name)


def find_way(word: str, here: Surroundings) -> Exit | None:
    """The exit that `word` means by itself or by the place it leads to; of several, one that is open."""
    if way := pick(word, here.exits):
        return way
    there = [way for way in here.exits if word == way.to or word.casefold() == beyond(way, here).name.casefold()]
    return next((way for way in there if is_open(way, here)), there[0] if there else None)


def escape_routes(here: Surroundings) -> tuple[Exit, ...]:
    """Open ways, those to places on the character's map first."""
    known = {place.id for place in here.state.places}
    return tuple(sorted((way for way in here.exits if is_open(way, here)), key=lambda way: way.to not in known))


def go(way: Exit, here: Surroundings, dice: Roller, ruling: Ruling) -> None:
    """Pass through: the move, and a saving throw against what the way may do."""
    there = beyond(way, here)
    ruling.does(Moved(origin=here.place.id, to=there))
    ruling.tells(f"You come to {there.name}.", there, way)
    if not way.hazard:
        return
    roll, suffered = save(dice, here.derived, way.hazard)
    condition = way.hazard.condition
    if suffered:
        ruling.does(ConditionGained(target="character", condition=suffered))
        ruling.tells(f"On the way {condition.name} catches you: {roll.total} against {roll.target}.", condition)
    else:
        ruling.tells(f"On the way you avoid {condition.name}: {roll.total} against {roll.target}.", condition)
