"""An input played as it is read: the deeds through the real rules, read again after each, as in a turn.

The world answers only where a fight is won. What enemies do is chance, and no matter of understanding.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from contracts.lore import LoreRetrieved
from contracts.state import Scene
from contracts.tools import ToolCall
from ninelives.evaluation.understanding.situations import SEED, TURN, Setting, look
from services.campaign.domain.fold import fold, fold_all
from services.dm.domain.reading import Deed, Meaning, Refusal, Step
from services.tools.domain.execute import execute
from services.tools.domain.world import play as answer_of_the_world

Read = Callable[..., tuple[Step, ...]]
"""`services.dm.domain.reading.read`, or what takes its arguments."""
Fate = Literal["said", "done", "refused", "left"]
MOST_STEPS = 40
SIDE_BY_SIDE = frozenset(("take", "buy", "sell", "give"))
"""Deeds of one of these kinds in a row are proposed together: the action is read again after the last."""


@dataclass(frozen=True)
class Acted:
    """A step and what became of it: said without a deed, done, refused by the rules, or left after a refusal. A refusal
    of the reader's that the rules share is a refused deed."""

    meaning: Meaning
    fate: Fate

    @property
    def deed(self) -> Deed | None:
        """The deed that was tried, or would have been and is ruled out."""
        if isinstance(self.meaning, Deed):
            return self.meaning
        return self.meaning.deed if isinstance(self.meaning, Refusal) and self.fate == "refused" else None


@dataclass(frozen=True)
class Playthrough:
    """The steps that an input led to. `alike`: other ids that mean a thing, by each of its ids."""

    acted: tuple[Acted, ...]
    alike: dict[str, frozenset[str]] = field(default_factory=dict)

    def numbers(self, *fates: Fate) -> frozenset[int]:
        """The numbers of the steps that these became of."""
        return frozenset(number for number, each in enumerate(self.acted) if each.fate in fates)

    def same(self, one: str, other: str) -> bool:
        """Whether both ids mean the same thing: an instance and its item, a way and where it leads, an enemy, its kind
        and its spawn, a find and its item. Two of a kind are not the same."""
        return one == other or other in self.alike.get(one, ()) or one in self.alike.get(other, ())


def play(text: str, setting: Setting, read: Read) -> Playthrough:
    """Every step in the order of the text. A deed that the rules refuse ends the deeds, not the answers."""
    scene, lore, history = setting.scene, setting.lore, setting.history
    acted: list[Acted] = []
    alike = _alike(scene, lore)
    steps = read(text, scene, lore.briefing, history)
    while steps and len(acted) < MOST_STEPS:
        step, steps = steps[0], steps[1:]
        if not isinstance(step.meaning, Deed):
            objected = step.meaning.deed if isinstance(step.meaning, Refusal) else None
            shared = objected and not _play_deed(objected, scene, lore, len(acted))
            acted.append(Acted(step.meaning, "refused" if shared else "said"))
            continue
        if _is_over(acted, scene):
            acted.append(Acted(step.meaning, "left"))
            continue
        after = _play_deed(step.meaning, scene, lore, len(acted))
        acted.append(Acted(step.meaning, "done" if after else "refused"))
        if after:
            scene, lore = after, look(after)
            alike = {**_alike(scene, lore), **alike}
            if steps and _is_beside(steps[0].meaning, step.meaning):
                continue
            again = read(text, scene, lore.briefing, history, after=step.position)
            steps = tuple(later for later in again if later.position > step.position)
    return Playthrough(tuple(acted), alike)


def _is_over(acted: Sequence[Acted], scene: Scene) -> bool:
    """A plan that met a no is not carried on, nor is any after the end."""
    met_a_no = any(isinstance(each.meaning, Deed) and each.fate == "refused" for each in acted)
    return met_a_no or scene.state.status == "ended"


def _is_beside(later: Meaning, deed: Deed) -> bool:
    return isinstance(later, Deed) and later.tool == deed.tool and deed.tool in SIDE_BY_SIDE


def _play_deed(deed: Deed, scene: Scene, lore: LoreRetrieved, number: int) -> Scene | None:
    """The scene after the deed; None when the rules, or the fold, refuse it."""
    call = ToolCall(call_id=f"u{number}", name=deed.tool, arguments=dict(deed.arguments))
    outcome = execute(f"{TURN}/{number}/0", call, scene, lore.canon, SEED)
    if outcome.verdict == "refused":
        return None
    settled, after = fold(scene, outcome)
    if settled.refused:
        return None
    fight = after.state.encounter
    if fight and not any(enemy.hp for enemy in fight.enemies):
        won = answer_of_the_world(f"{TURN}/world/{number}", after, look(after).canon, SEED)
        _, after = fold_all(after, won)
    return after


def _alike(scene: Scene, lore: LoreRetrieved) -> dict[str, frozenset[str]]:
    """By each id that something goes by here, the others."""
    place, fight = lore.canon.place, scene.state.encounter
    things = [
        *((thing.id, thing.item) for thing in scene.state.character.inventory),
        *((way.id, way.to.id) for way in lore.briefing.exits),
        *((find.id, find.item) for find in place.finds if find.item),
        *((spawn.id, spawn.enemy) for spawn in place.spawns),
        *((foe.id, foe.enemy) for foe in (fight.enemies if fight else ())),
    ]
    named: dict[str, set[str]] = {}
    for thing, kind in things:
        named.setdefault(thing, set()).add(kind)
    return {id: frozenset(names) for id, names in named.items()}
