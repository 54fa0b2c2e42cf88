"""Recovery: hit points, energy, and conditions taken on or off."""

from __future__ import annotations

from contracts.canon import Condition, Dice
from contracts.effects import ConditionGained, ConditionLost, EnergyRestored, Healed
from contracts.tools import RollModifier
from services.tools.domain.dice import Roller
from services.tools.domain.ruling import Ruling
from services.tools.domain.surroundings import Surroundings


def heal(amount: Dice | None, dice: Roller, here: Surroundings, ruling: Ruling, rank: int = 0) -> None:
    """Throw for hit points; no more come back than were lost."""
    missing = here.character.max_hp - here.character.hp
    if not amount or not missing:
        return
    healed = min(missing, dice.sum("healing", amount, modifiers=(RollModifier(name="rank", amount=rank),)))
    if healed:
        ruling.does(Healed(amount=healed))
        ruling.tells(f"You recover {healed} hit points.")


def recharge(amount: Dice | None, dice: Roller, here: Surroundings, ruling: Ruling) -> None:
    """Throw for energy; no more comes back than was spent."""
    missing = here.character.max_energy - here.character.energy
    if not amount or not missing:
        return
    restored = min(missing, dice.sum("energy", amount))
    if restored:
        ruling.does(EnergyRestored(amount=restored))
        ruling.tells(f"You recover {restored} energy.")


def cure(conditions: tuple[str, ...], here: Surroundings, ruling: Ruling) -> None:
    """Take these conditions off, those that there are."""
    for condition_id in conditions:
        if condition := here.suffers(condition_id):
            ruling.does(ConditionLost(target="character", condition=condition.id))
            ruling.tells(f"{condition.name} is gone.", condition)


def take_on(condition: Condition | None, ruling: Ruling) -> None:
    """Bring this condition upon oneself."""
    if condition:
        ruling.does(ConditionGained(target="character", condition=condition))
        ruling.tells(f"You are now under {condition.name}.", condition)
