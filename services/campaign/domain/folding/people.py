"""Folds for the people the cat has met and their disposition towards it."""

from __future__ import annotations

from contracts.effects import DispositionChanged, NpcMet
from contracts.state import Scene
from services.campaign.domain.bounds import MET
from services.campaign.domain.folding.working import Folded, No, with_state

WORST, BEST = -3, 3


def npc_met(effect: NpcMet, scene: Scene) -> Folded:
    """Only the first meeting sets the disposition; meeting again, as two parallel talks may, changes nothing."""
    met = scene.state.met
    if effect.npc in met:
        return scene
    if len(met) >= MET:
        return No("no-room", "Nobody remembers that many faces.")
    return with_state(scene, met={**met, effect.npc: effect.disposition})


def disposition_changed(effect: DispositionChanged, scene: Scene) -> Folded:
    met = scene.state.met
    if effect.npc not in met:
        return No("not-met", f"{effect.npc} has not been met yet.")
    disposition = max(WORST, min(BEST, met[effect.npc] + effect.amount))
    return with_state(scene, met={**met, effect.npc: disposition})
