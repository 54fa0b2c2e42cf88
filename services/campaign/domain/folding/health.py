"""Hit points, energy, rest."""

from __future__ import annotations

from contracts.effects import Damaged, EnergyRestored, EnergySpent, Healed, Rested
from contracts.state import AbilityState, Scene
from services.campaign.domain.folding.enemies import hurt, standing
from services.campaign.domain.folding.working import CHARACTER, Folded, No, with_cat


def damage(effect: Damaged, scene: Scene) -> Folded:
    """Take hit points off. What follows for a cat at zero is folded when the outcome is complete."""
    if effect.target == CHARACTER:
        return with_cat(scene, hp=max(0, scene.state.character.hp - effect.amount))
    enemy = standing(scene, effect.target)
    return enemy if isinstance(enemy, No) else hurt(scene, enemy, effect.amount)


def heal(effect: Healed, scene: Scene) -> Folded:
    cat = scene.state.character
    if cat.hp == 0:
        return No("life-lost", "A lost life cannot be healed.")
    return with_cat(scene, hp=min(cat.max_hp, cat.hp + effect.amount))


def energy_spent(effect: EnergySpent, scene: Scene) -> Folded:
    left = scene.state.character.energy - effect.amount
    return No("no-energy", "There is not enough energy left.") if left < 0 else with_cat(scene, energy=left)


def energy_restored(effect: EnergyRestored, scene: Scene) -> Folded:
    cat = scene.state.character
    return with_cat(scene, energy=min(cat.max_energy, cat.energy + effect.amount))


def rest(effect: Rested, scene: Scene) -> Folded:
    """All comes back, or half of what one can have at most, rounded up."""
    cat = scene.state.character
    if scene.state.encounter is not None:
        return No("in-encounter", "Nobody rests in a fight.")
    if cat.hp == 0:
        return No("life-lost", "A lost life cannot be slept off.")
    share = 1 if effect.full else 2
    return with_cat(
        scene,
        hp=min(cat.max_hp, cat.hp + -(-cat.max_hp // share)),
        energy=min(cat.max_energy, cat.energy + -(-cat.max_energy // share)),
        abilities=tuple(_recharge(known, share) for known in cat.abilities),
    )


def _recharge(known: AbilityState, share: int) -> AbilityState:
    most = known.ability.charges
    if most is None or known.charges is None:
        return known
    return known.model_copy(update={"charges": min(most, known.charges + -(-most // share))})
