"""Superlatives: who or what has the most or the least of something."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from contracts.canon import Dice
from contracts.lore import Ware
from contracts.state import Combatant, ItemInstance
from services.dm.domain.reading.entities import Entity


def extreme(entities: Sequence[Entity], measure: str) -> tuple[Entity, ...]:
    """Those with the "least" or "most" of a figure; none where nobody has that figure."""
    direction, figure = measure.split()
    known = [(value, entity) for entity in entities if (value := _FIGURES[figure](entity)) is not None]
    if not known:
        return ()
    best = (min if direction == "least" else max)(value for value, _ in known)
    return tuple(entity for value, entity in known if value == best)


def _price(entity: Entity) -> float | None:
    return entity.thing.price if isinstance(entity.thing, (Ware, ItemInstance)) else None


def _hp(entity: Entity) -> float | None:
    return entity.thing.hp if isinstance(entity.thing, Combatant) else None


def _weight(entity: Entity) -> float | None:
    return entity.thing.weight if isinstance(entity.thing, ItemInstance) else None


def _strength(entity: Entity) -> float | None:
    """The power of a thing to hurt, heal or protect at once; of an enemy, what it can take."""
    if isinstance(entity.thing, Combatant):
        return entity.thing.hp
    if not isinstance(entity.thing, ItemInstance):
        return _price(entity)
    use = entity.thing.use
    dice = entity.thing.damage or (use and (use.heal or use.damage)) or None
    return _mean(dice) if dice else float(entity.thing.armour)


def _mean(dice: Dice) -> float:
    return dice.count * (dice.sides + 1) / 2 + dice.bonus


_FIGURES: dict[str, Callable[[Entity], float | None]] = {
    "price": _price,
    "hp": _hp,
    "weight": _weight,
    "strength": _strength,
}
