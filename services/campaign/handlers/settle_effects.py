"""Lambda entry point: fold the outcomes of a round over the working copy. Pure."""

from __future__ import annotations

from contracts.campaign import EffectsSettled, SettleEffects
from services.campaign.domain.fold import fold_all
from stagekit.stage import stage


@stage(SettleEffects, EffectsSettled, run_once=False)
def handler(*, request: SettleEffects) -> EffectsSettled:
    settled, scene = fold_all(request.scene, request.outcomes)
    return EffectsSettled(envelope=request.envelope, scene=scene, settled=settled)
