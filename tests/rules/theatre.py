"""A turn as the workflow plays it, with the understudy as master, without anything between the functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from contracts.campaign import Settled
from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster, PlayedRound, ReplyRouted, ValidateAndRoute
from contracts.envelope import Envelope
from contracts.lore import LoreRetrieved, RetrieveLore
from contracts.state import CampaignState
from contracts.tools import Outcome, ToolCall
from services.campaign.domain.beginning import begin
from services.campaign.domain.fold import fold_all
from services.campaign.domain.turn import play_out
from services.dm.domain.understudy.master import reply
from services.dm.domain.validate import validate_and_route
from services.dm.wiring import catalogue
from services.lore.domain.retrieval import retrieve
from services.lore.wiring import world
from services.tools.domain.execute import execute
from services.tools.domain.world import play
from tests.rules.company import CAMPAIGN

TOOL_ROUNDS = 4


@dataclass(frozen=True)
class Told:
    """A turn as its player reads it."""

    action: str
    narrative: str
    suggested_actions: tuple[str, ...]
    settled: tuple[Settled, ...]
    after: CampaignState

    @property
    def refusals(self) -> tuple[str, ...]:
        """Codes of the rules that said no."""
        return tuple(one.outcome.refusal.code for one in self.settled if one.outcome.refusal)


@dataclass
class Evening:
    """One campaign in the shipped world, typed into turn by turn."""

    state: CampaignState
    seed: str
    turns: list[Told] = field(default_factory=list)

    def act(self, action: str) -> Told:
        """Play one turn to its end and keep it."""
        turn = _Turn(self, action)
        routed = turn.played_out()
        self.state = play_out(self.state, [one.outcome for one in turn.settled]).state
        counted = {"turn": self.state.turn, "version": self.state.version}
        assert self.state == turn.scene.state.model_copy(update=counted), "the commit differs from the working copy"
        told = Told(
            action=action,
            narrative=routed.narrative or "",
            suggested_actions=routed.suggested_actions,
            settled=tuple(turn.settled),
            after=self.state,
        )
        self.turns.append(told)
        return told


class _Turn:
    """A turn under way: the working copy, what is known around it, and the rounds so far."""

    def __init__(self, evening: Evening, action: str) -> None:
        self.number = evening.state.turn + 1
        self.action, self.seed = action, evening.seed
        id = f"t_{'a' * 20}" + "".join(chr(ord("a") + int(digit)) for digit in f"{self.number:06d}")
        self.envelope = Envelope(idempotency_key=id, correlation_id=id, campaign_id=CAMPAIGN, turn_id=id)
        self.scene, opening = begin(evening.state)
        lost = [each for each in opening if each.kind == "life-lost"]
        self.rounds = [PlayedRound(consequences=tuple(lost))] if lost else []
        self.settled: list[Settled] = []
        self.lore = self._look()

    def played_out(self) -> ReplyRouted:
        """Rounds of deeds, each answered by the world, until the story is told."""
        for number in range(TOOL_ROUNDS):
            routed = self._asked(tools_allowed=True)
            if routed.route == "respond" and not self._owes_the_enemies():
                return routed
            self._round(number, routed.calls)
            if routed.route == "respond":
                break
        told = self._asked(tools_allowed=False)
        assert told.route == "respond"
        return told

    def _round(self, number: int, calls: tuple[ToolCall, ...]) -> None:
        first, turn = len(self.settled), self.envelope.turn_id
        self._settle(
            execute(f"{turn}/{number}/{position}", call, self.scene, self.lore.canon, self.seed)
            for position, call in enumerate(calls)
        )
        self.lore = self._look()
        self._settle(play(f"{turn}/world/{number}", self.scene, self.lore.canon, self.seed))
        self.lore = self._look()
        self.rounds.append(_round(self.settled[first:]))

    def _owes_the_enemies(self) -> bool:
        return self.scene.state.encounter is not None and not self.scene.budget.enemies_acted

    def _look(self) -> LoreRetrieved:
        return retrieve(world(), RetrieveLore(envelope=self.envelope, action=self.action, scene=self.scene))

    def _settle(self, outcomes: Iterable[Outcome]) -> None:
        settled, self.scene = fold_all(self.scene, tuple(outcomes))
        self.settled += settled

    def _asked(self, *, tools_allowed: bool) -> ReplyRouted:
        said = reply(self._request(tools_allowed))
        routed = validate_and_route(self._to_check(said, tools_allowed), catalogue())
        assert routed.route in ("execute", "respond"), (self.action, routed.report)
        return routed

    def _request(self, tools_allowed: bool) -> InvokeDungeonMaster:
        return InvokeDungeonMaster(
            envelope=self.envelope,
            provider="understudy",
            action=self.action,
            number=self.number,
            scene=self.scene,
            briefing=self.lore.briefing,
            passages=self.lore.passages,
            common=self.lore.common,
            rounds=tuple(self.rounds),
            tools_allowed=tools_allowed,
        )

    def _to_check(self, said: DungeonMasterReplied, tools_allowed: bool) -> ValidateAndRoute:
        return ValidateAndRoute(
            envelope=self.envelope,
            reply=said,
            action=self.action,
            scene=self.scene,
            briefing=self.lore.briefing,
            names=self.lore.names,
            guarded=self.lore.guarded,
            rounds=tuple(self.rounds),
            tools_allowed=tools_allowed,
        )


def _round(settled: list[Settled]) -> PlayedRound:
    return PlayedRound(
        outcomes=tuple(one.outcome for one in settled),
        consequences=tuple(each for one in settled for each in one.consequences),
        refused={one.outcome.key: one.refused.reason for one in settled if one.refused},
    )
