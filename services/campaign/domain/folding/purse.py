"""Credits and the shelves of shops."""

from __future__ import annotations

from contracts.effects import CreditsGained, CreditsSpent, StockTaken
from contracts.state import Scene
from services.campaign.domain.bounds import SOLD_LINES
from services.campaign.domain.folding.working import Folded, No, with_cat, with_state


def credits_gained(effect: CreditsGained, scene: Scene) -> Folded:
    return with_cat(scene, credits=scene.state.character.credits + effect.amount)


def credits_spent(effect: CreditsSpent, scene: Scene) -> Folded:
    left = scene.state.character.credits - effect.amount
    return No("cannot-afford", "There are not enough credits.") if left < 0 else with_cat(scene, credits=left)


def stock_taken(effect: StockTaken, scene: Scene) -> Folded:
    line = f"{effect.shop}/{effect.item}"
    sold = {**scene.state.sold, line: scene.state.sold.get(line, 0) + 1}
    if sold[line] > effect.stocked:
        return No("sold-out", f"{effect.item} is sold out.")
    if len(sold) > SOLD_LINES:
        return No("no-room", "No shop remembers that many sales.")
    return with_state(scene, sold=sold)
