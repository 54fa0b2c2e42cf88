"""Folds for the place of the cat and its knowledge of the city.

What can be had once (a find, a feature) is refused the second time. Knowledge is a set: learning the same thing
twice, as two parallel intents may, changes nothing and is no reason to refuse either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from contracts.effects import ExitUnlocked, FeatureUsed, FindTaken, Moved, SecretRevealed, Surveyed
from contracts.state import KnownPlace, Scene
from services.campaign.domain import bounds
from services.campaign.domain.folding.working import Folded, No, with_budget, with_state

if TYPE_CHECKING:
    from contracts.canon import EntityRef


def move(effect: Moved, scene: Scene) -> Folded:
    state = scene.state
    if effect.origin != state.place.id:
        return No("not-there", f"The cat is not at {effect.origin} any more.")
    if state.encounter is not None:
        return No("in-encounter", "One does not stroll out of a fight.")
    if scene.budget.move < 1:
        return No("move-spent", "This turn's move is spent.")
    places = chart(state.places, state.place, (effect.to,))
    places = chart(places, effect.to, effect.exits)
    if len(places) > bounds.PLACES:
        return No("no-room", "The map is full.")
    return with_budget(with_state(scene, place=effect.to, places=places), move=scene.budget.move - 1)


def survey(effect: Surveyed, scene: Scene) -> Folded:
    state = scene.state
    if effect.place != state.place.id:
        return No("not-there", f"The cat is not at {effect.place} any more.")
    return with_state(scene, places=chart(state.places, state.place, effect.exits))


def chart(places: tuple[KnownPlace, ...], place: EntityRef, exits: tuple[EntityRef, ...]) -> tuple[KnownPlace, ...]:
    """The map with this place on it, and these ways out of it added to those already drawn."""
    known = next((one for one in places if one.id == place.id), None)
    drawn = () if known is None else known.exits
    new = tuple(way for way in exits if way.id not in {one.id for one in drawn})
    entry = KnownPlace(id=place.id, name=place.name, exits=(*drawn, *new)[: bounds.KNOWN_EXITS])
    return (*places, entry) if known is None else tuple(entry if one is known else one for one in places)


def find_taken(effect: FindTaken, scene: Scene) -> Folded:
    taken = scene.state.taken
    if effect.find in taken:
        return No("already-taken", f"{effect.find} has been taken.")
    if len(taken) >= bounds.TAKEN:
        return No("no-room", "Nobody remembers that many finds.")
    return with_state(scene, taken=(*taken, effect.find))


def feature_used(effect: FeatureUsed, scene: Scene) -> Folded:
    used = scene.state.used
    if effect.feature in used:
        return No("already-used", f"{effect.feature} has given what it had.")
    if len(used) >= bounds.USED:
        return No("no-room", "Nobody remembers that many features.")
    return with_state(scene, used=(*used, effect.feature))


def exit_unlocked(effect: ExitUnlocked, scene: Scene) -> Folded:
    unlocked = _with(scene.state.unlocked, effect.exit)
    return _too_much("exits") if len(unlocked) > bounds.UNLOCKED else with_state(scene, unlocked=unlocked)


def secret_revealed(effect: SecretRevealed, scene: Scene) -> Folded:
    revealed = _with(scene.state.revealed, effect.secret)
    return _too_much("secrets") if len(revealed) > bounds.REVEALED else with_state(scene, revealed=revealed)


def _with(known: tuple[str, ...], new: str) -> tuple[str, ...]:
    return known if new in known else (*known, new)


def _too_much(what: str) -> No:
    return No("no-room", f"Nobody remembers that many {what}.")
