"""Chapters of a story, by who tells them: a fork's ancestors the turns before its own, each up to where it was left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contracts.envelope import Ancestor, CampaignId, Value

if TYPE_CHECKING:
    from contracts.chronicle import RecallChronicle


class Chapter(Value):
    """The turns of a story that one campaign tells. What it played from turn `before` on belongs to another story."""

    campaign_id: CampaignId
    before: int


def chapters(request: RecallChronicle) -> tuple[Chapter, ...]:
    """The chapters to look in, oldest first: nothing from `before_turn` on, and no chapter without a turn in it."""
    last = request.before_turn - 1
    own = Ancestor(campaign_id=request.envelope.campaign_id, turn=last)
    told: list[Chapter] = []
    past = 0
    for teller in (*request.lineage, own):
        until = min(teller.turn, last)
        if until > past:
            told.append(Chapter(campaign_id=teller.campaign_id, before=until + 1))
        past = max(past, until)
    return tuple(told)
