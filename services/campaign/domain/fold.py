"""Folding outcomes over a working copy: the only way a campaign changes.

An outcome is applied whole or refused whole. Its effects are folded in order, each on what the earlier ones left;
then what follows from them: levels from experience, and from zero hit points the loss of a life.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from contracts.campaign import Settled
from contracts.effects import Consequence, Damaged, Proposal, Refused
from contracts.state import Scene
from contracts.tools import CANNOT_ACT
from services.campaign.domain.derive import scene_of
from services.campaign.domain.folding.consequences import raise_level, take_life
from services.campaign.domain.folding.effects import FOLDS
from services.campaign.domain.folding.tick import fatal_condition
from services.campaign.domain.folding.working import Folded, No, with_budget

if TYPE_CHECKING:
    from contracts.tools import Outcome

OVER = No("campaign-over", "The story has ended.")


def fold(scene: Scene, outcome: Outcome) -> tuple[Settled, Scene]:
    """Apply one outcome, or say why not. What the rules refused already has no effects and changes nothing; only
    whoever cannot act has spent the turn by trying."""
    if outcome.verdict == "refused":
        tried = outcome.refusal is not None and outcome.refusal.code == CANNOT_ACT
        after = with_budget(scene, action=0, move=0, acted=True) if tried else scene
        return Settled(outcome=outcome, applied=False), after
    if scene.state.status == "ended":
        kind = outcome.effects[0].kind if outcome.effects else "none"
        return _refuse(outcome, kind, OVER), scene
    working, cause = scene, ""
    for effect in outcome.effects:
        folded = OVER if working.state.status == "ended" else _apply(effect, working)
        if isinstance(folded, No):
            return _refuse(outcome, effect.kind, folded), scene
        if folded.state.character.hp == 0 < working.state.character.hp:
            cause = effect.source if isinstance(effect, Damaged) else fatal_condition(working.state.character)
        working = folded
    consequences, after = _follow(working, cause)
    if (after.state, after.budget) != (scene.state, scene.budget):
        after = with_budget(after, acted=True)
    return Settled(outcome=outcome, applied=True, consequences=consequences), after


def fold_all(scene: Scene, outcomes: Iterable[Outcome]) -> tuple[tuple[Settled, ...], Scene]:
    """Fold outcomes one after the other.

    Outcomes of one step (those whose keys differ in the last part only) were all worked out for the same scene. When
    a life is lost in one of them, the later ones of that step happen to nobody: what was still to come in the alley
    does not reach a cat that woke in its haven.
    """
    settled: list[Settled] = []
    fell_in: str | None = None
    for outcome in outcomes:
        step = outcome.key.rpartition("/")[0]
        if step == fell_in and outcome.verdict == "done":
            kind = outcome.effects[0].kind if outcome.effects else "none"
            settled.append(_refuse(outcome, kind, No("life-lost", "A life was lost before this could happen.")))
            continue
        one, scene = fold(scene, outcome)
        settled.append(one)
        if any(consequence.kind == "life-lost" for consequence in one.consequences):
            fell_in = step
    return tuple(settled), scene


def _apply(effect: Proposal, scene: Scene) -> Folded:
    return FOLDS[type(effect)](effect, scene)


def _follow(working: Scene, cause: str) -> tuple[tuple[Consequence, ...], Scene]:
    """Fold what follows from a complete outcome, and compute the figures anew. Dying takes the rest of the turn."""
    consequences: tuple[Consequence, ...]
    working, consequences = raise_level(working)
    if cause:
        working, lost = take_life(working, cause)
        working = with_budget(working, action=0, move=0, enemies_acted=True)
        consequences = (*consequences, lost)
    return consequences, scene_of(working.state, working.budget)


def _refuse(outcome: Outcome, kind: str, no: No) -> Settled:
    return Settled(outcome=outcome, applied=False, refused=Refused(effect=kind, code=no.code, reason=no.reason))
