"""A campaign that is typed into turn by turn: the workflow's own definition, with the understudy as game master."""

from __future__ import annotations

from dataclasses import dataclass, field

from contracts.state import CampaignState
from ninelives.evaluation.local_turn import LocalTurnResult, TurnStart, play_turn
from services.dm.domain.understudy.master import reply


@dataclass
class TypedCampaign:
    """One campaign in the shipped world. Every reply of the understudy stands."""

    state: CampaignState
    seed: str
    turns: list[LocalTurnResult] = field(default_factory=list)

    def act(self, action: str) -> LocalTurnResult:
        """Play one turn to its end and keep it."""
        turn = play_turn(TurnStart(self.state, self.seed), action, reply)
        for each in turn.replies:
            assert each.routed.route in ("execute", "respond"), (action, each.routed.report)
        counted = {"turn": self.state.turn + 1, "version": self.state.version + 1}
        assert turn.after == turn.scene.state.model_copy(update=counted), "the commit differs from the working copy"
        self.state = turn.after
        self.turns.append(turn)
        return turn
