"""A fight: how it starts, goes round and ends."""

from __future__ import annotations

from contracts.effects import EncounterEnded, EncounterStarted, RoundPassed
from contracts.state import Encounter, Scene
from services.campaign.domain.bounds import CLEARED
from services.campaign.domain.folding.tick import time_passed
from services.campaign.domain.folding.working import CHARACTER, Folded, No, with_budget, with_state


def encounter_started(effect: EncounterStarted, scene: Scene) -> Folded:
    state, encounter = scene.state, effect.encounter
    if state.encounter is not None:
        return No("in-encounter", "There is a fight already.")
    if encounter.place != state.place.id:
        return No("not-there", f"The cat is not at {encounter.place}.")
    if encounter.spawn in state.cleared:
        return No("cleared", f"{encounter.spawn} has been beaten.")
    if not _sound(encounter):
        return No("unsound-encounter", "Enemies start unhurt at most, on their feet, each with its own id.")
    return with_state(scene, encounter=encounter)


def round_passed(effect: RoundPassed, scene: Scene) -> Folded:
    if effect.part == "time":
        return time_passed(scene)
    encounter = scene.state.encounter
    if encounter is None:
        return No("no-encounter", "There is no fight.")
    if scene.budget.enemies_acted:
        return No("enemies-acted", "The enemies have acted this turn.")
    later = encounter.model_copy(update={"round": encounter.round + 1})
    return with_budget(with_state(scene, encounter=later), enemies_acted=True)


def encounter_ended(effect: EncounterEnded, scene: Scene) -> Folded:
    """A won fight and a peace made clear the spawn; who was only escaped from is still there."""
    state = scene.state
    if state.encounter is None:
        return No("no-encounter", "There is no fight.")
    if effect.how == "won" and any(enemy.hp > 0 for enemy in state.encounter.enemies):
        return No("enemies-standing", "There are enemies on their feet.")
    if effect.how == "escaped" or state.encounter.spawn in state.cleared:
        return with_state(scene, encounter=None)
    if len(state.cleared) >= CLEARED:
        return No("no-room", "Nobody remembers that many fights.")
    return with_state(scene, encounter=None, cleared=(*state.cleared, state.encounter.spawn))


def _sound(encounter: Encounter) -> bool:
    ids = [enemy.id for enemy in encounter.enemies]
    unhurt = all(0 < enemy.hp <= enemy.max_hp for enemy in encounter.enemies)
    return unhurt and len(set(ids)) == len(ids) and CHARACTER not in ids
