"""The combatants of the running encounter."""

from __future__ import annotations

from contracts.state import Combatant, Scene
from services.campaign.domain.bounds import DEFEATED_KINDS
from services.campaign.domain.folding.working import Folded, No, with_state


def standing(scene: Scene, combatant: str) -> Combatant | No:
    """The combatant of this id, if it is in the fight and on its feet."""
    encounter = scene.state.encounter
    if encounter is None:
        return No("no-encounter", "There is no fight.")
    for enemy in encounter.enemies:
        if enemy.id == combatant:
            return enemy if enemy.hp > 0 else No("enemy-down", f"{enemy.name} is down already.")
    return No("no-such-enemy", f"{combatant} is not in this fight.")


def put_back(scene: Scene, changed: Combatant) -> Scene:
    """The copy with this combatant in the place of the one that has its id."""
    encounter = scene.state.encounter
    assert encounter is not None
    enemies = tuple(changed if enemy.id == changed.id else enemy for enemy in encounter.enemies)
    return with_state(scene, encounter=encounter.model_copy(update={"enemies": enemies}))


def hurt(scene: Scene, enemy: Combatant, amount: int) -> Folded:
    """Take hit points off an enemy. At zero it is down, its conditions are gone and it counts as defeated."""
    left = max(0, enemy.hp - amount)
    if left > 0:
        return put_back(scene, enemy.model_copy(update={"hp": left}))
    defeated = dict(scene.state.defeated)
    defeated[enemy.enemy] = defeated.get(enemy.enemy, 0) + 1
    if len(defeated) > DEFEATED_KINDS:
        return No("no-room", "Nobody can remember that many kinds of enemies.")
    fallen = put_back(scene, enemy.model_copy(update={"hp": 0, "conditions": ()}))
    return with_state(fallen, defeated=defeated)
