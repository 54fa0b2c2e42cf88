"""Lambda entry point: fold the outcomes of a round over the working copy. Pure."""

from __future__ import annotations

from contracts.campaign import EffectsSettled, SettleEffects
from contracts.lore import seen_of
from services.campaign.domain.fold import fold_all
from stagekit.stage import Keeps, stage


@stage(SettleEffects, EffectsSettled, keeps=Keeps.NOTHING)
def handler(*, request: SettleEffects) -> EffectsSettled:
    settled, scene = fold_all(request.scene, request.outcomes)
    seen_changed = seen_of(scene.state) != seen_of(request.scene.state)
    return EffectsSettled(envelope=request.envelope, scene=scene, settled=settled, seen_changed=seen_changed)
