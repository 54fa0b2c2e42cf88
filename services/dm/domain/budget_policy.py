"""Budget policy: what to save on near a spending limit. Context first, then the model, at last the call itself."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.dm import Economy, InvokeDungeonMaster, Spent
from services.dm.domain.relevance import most_relevant

SHORT_FROM, CHEAP_FROM = 0.5, 0.75
"""Shares of a limit from which on the master saves; at the whole of it no model is asked any more."""
SHORT_HISTORY, SHORT_PASSAGES, SHORT_MEMORIES = 2, 2, 4


@dataclass(frozen=True)
class SpendingLimits:
    """Spending limits in micro-dollars; 0 is no limit. Reaching one ends the spending, so a turn may exceed its limit
    by the cost of one call."""

    turn: int = 0
    campaign: int = 0

    @property
    def are_set(self) -> bool:
        return bool(self.turn or self.campaign)

    def share_used(self, spent: Spent) -> float:
        """The larger of the shares used of the two limits; 0 without any."""
        turn = spent.turn / self.turn if self.turn else 0.0
        campaign = (spent.campaign + spent.turn) / self.campaign if self.campaign else 0.0
        return max(turn, campaign)


def choose_economy(spent: Spent, limits: SpendingLimits, *, has_cheap_model: bool) -> Economy:
    """The economy to use. Without a cheaper model to go to, its step is spent on the usual one with a short context."""
    share = limits.share_used(spent)
    if share >= 1:
        return "understudy"
    if share >= CHEAP_FROM and has_cheap_model:
        return "cheap-model"
    return "short-context" if share >= SHORT_FROM else "full"


def shorten(request: InvokeDungeonMaster) -> InvokeDungeonMaster:
    """The same request with less to read: the latest turns, the best passages, the memories that matter most."""
    fewer = {
        "history": request.history[-SHORT_HISTORY:],
        "passages": request.passages[:SHORT_PASSAGES],
        "memories": most_relevant(request.memories, request.action, SHORT_MEMORIES),
    }
    return request.model_copy(update=fewer)
