"""Records of the campaign's table: a campaign, and a turn that was given up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from contracts.envelope import Lineage
from contracts.state import CampaignState

if TYPE_CHECKING:
    from contracts.campaign import RecentTurn, TurnCommitted
    from contracts.canon import Opening


@dataclass(frozen=True)
class StoredCampaign:
    """A campaign as it is stored, its state as `text`. `seed` is hex and never leaves for a model or a log; `sequence`
    numbers its last event; `spent` is what its own turns cost so far, in micro-dollars; `lineage` says whose turns came
    before; `opening` is what was told before the first of them."""

    state: CampaignState
    text: str = field(compare=False, repr=False)
    seed: str
    owner: str
    started_at: datetime
    sequence: int
    spent: int
    lineage: Lineage = ()
    opening: Opening | None = None


@dataclass(frozen=True)
class VoidedTurn:
    """The tombstone of a turn that was given up."""

    reason: str


@dataclass(frozen=True)
class Look:
    """All that opening a turn depends on: the campaign, what became of the turn, and its own last turns, as far as they
    were asked for and are there."""

    campaign: StoredCampaign
    turn: TurnCommitted | VoidedTurn | None = None
    recent: tuple[RecentTurn, ...] = ()
