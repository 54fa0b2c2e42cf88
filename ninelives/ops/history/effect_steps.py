"""Effect steps of a turn: the state before and after every single effect, folded by the campaign's own functions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from contracts.campaign import Settled
from contracts.effects import Consequence, Proposal
from contracts.state import CampaignState, Scene
from contracts.steps import STEPS
from ninelives.ops.history.retracing import Retraced
from services.campaign.domain.beginning import begin
from services.campaign.domain.derive import open_scene
from services.campaign.domain.fold import fold, fold_all
from services.campaign.domain.folding.consequences import raise_level
from services.campaign.domain.folding.effects import FOLDS
from services.campaign.domain.folding.working import No


@dataclass(frozen=True)
class EffectStep:
    """One effect. `call` is the key of the outcome it belongs to, or of the turn's opening."""

    call: str
    effect: Proposal | Consequence
    before: CampaignState
    after: CampaignState


def take_apart(turn: Retraced) -> Iterator[EffectStep]:
    """The effects of a turn in the order they were folded. Each begins with the state that the one before it left."""
    scene = open_scene(turn.before)
    if turn.began:
        scene, opening = begin(turn.before)
        yield from _opening(turn, opening, scene.state)
    settled, _ = fold_all(scene, turn.outcomes)
    for one in settled:
        if one.applied:
            yield from _take_outcome_apart(one, scene)
            _, scene = fold(scene, one.outcome)


def _opening(turn: Retraced, opening: tuple[Consequence, ...], after: CampaignState) -> Iterator[EffectStep]:
    """The tick; and when it took the last hit point, the life that was lost to it."""
    key, (began, *lost) = f"{turn.event.metadata.turn_id}/{STEPS.open}", opening
    if not lost:
        yield EffectStep(key, began, turn.before, after)
        return
    fallen = turn.before.model_copy(
        update={"character": turn.before.character.model_copy(update={"hp": 0})},
    )
    yield EffectStep(key, began, turn.before, fallen)
    yield EffectStep(key, lost[0], fallen, after)


def _take_outcome_apart(one: Settled, scene: Scene) -> Iterator[EffectStep]:
    """The effects of an outcome, then what followed from it."""
    key, working = one.outcome.key, scene
    for effect in one.outcome.effects:
        folded = FOLDS[type(effect)](effect, working)
        assert not isinstance(folded, No), "an outcome that was applied"
        yield EffectStep(key, effect, working.state, folded.state)
        working = folded
    _, after = fold(scene, one.outcome)
    for position, consequence in enumerate(one.consequences, 1):
        last = position == len(one.consequences)
        then = after if last else raise_level(working)[0]
        yield EffectStep(key, consequence, working.state, then.state)
        working = then
