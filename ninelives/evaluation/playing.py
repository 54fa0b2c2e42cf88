"""A turn the way the workflow plays it, with a game master of one's choice: at most 4 rounds of tools, 1 repair per
reply, then the understudy. No retries and no clock: a model that fails is stood in for at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from contracts.dm import (
    DungeonMasterReplied,
    GroundingReport,
    InvokeDungeonMaster,
    ReplyRouted,
    Spent,
    Usage,
    ValidateAndRoute,
)
from contracts.errors import StageError
from contracts.tools import ToolCall
from ninelives.evaluation.table import Turn
from services.dm.domain.understudy.master import reply as understudy
from services.dm.domain.validate import validate_and_route
from services.dm.wiring import catalogue

MOST_ROUNDS = 4
Told = Literal["model", "understudy"]
Master = Callable[[InvokeDungeonMaster], DungeonMasterReplied]


class UnderstudyUnclean(Exception):
    """The understudy said what the check does not let pass: a bug in one of them."""


@dataclass(frozen=True)
class Step:
    """A reply and the verdict on it. `repairs`: how many it had cost already."""

    reply: DungeonMasterReplied
    routed: ReplyRouted
    repairs: int
    new: tuple[str, ...]
    """Codes of what was found in this reply."""


@dataclass(frozen=True)
class Story:
    """A finished turn and how it came about."""

    turn: Turn
    narrative: str
    suggested: tuple[str, ...]
    told_by: Told
    report: GroundingReport
    steps: tuple[Step, ...] = field(repr=False)
    failures: tuple[str, ...] = ()

    @property
    def usage(self) -> tuple[Usage, ...]:
        return tuple(step.reply.usage for step in self.steps)

    @property
    def proposed(self) -> tuple[ToolCall, ...]:
        """What the model asked for, in order, whether it stood or not."""
        return tuple(call for step in self.steps for call in step.reply.calls)


class Telling:
    """One turn in the making."""

    def __init__(self, turn: Turn, action: str, master: Master) -> None:
        self._turn, self._action, self._master = turn, action, master
        self._provider: Told = "model"
        self._report = GroundingReport()
        self._violation: str | None = None
        self._repairs = 0
        self._tools_allowed = True
        self._steps: list[Step] = []
        self._failures: list[str] = []

    def told(self) -> Story:
        """Play it to its end. Raises UnderstudyUnclean when the last one in line is not believed either."""
        while True:
            routed = self._ask()
            if routed is None:
                continue
            if routed.route == "execute":
                self._plays(routed.calls)
            elif routed.route == "respond":
                if not self._owes_the_enemies_their_turn():
                    return self._story(routed)
                self._tools_allowed = False
                self._plays(())
            elif self._provider == "understudy":
                raise UnderstudyUnclean(f"{self._action!r}: {routed.report.findings}")
            elif routed.route == "repair":
                self._violation, self._repairs = routed.violation, self._repairs + 1
            else:
                self._hands_over()

    def _ask(self) -> ReplyRouted | None:
        """One reply and its verdict; None when the model failed and the understudy takes over."""
        turn, lore = self._turn, self._turn.lore(self._action)
        request = InvokeDungeonMaster(
            envelope=turn.envelope(f"dm/{turn.played}/{self._provider}/{self._repairs}"),
            provider=self._provider,
            action=self._action,
            number=turn.number,
            scene=turn.scene,
            briefing=lore.briefing,
            passages=lore.passages,
            common=lore.common,
            history=turn.history,
            memories=turn.memories,
            spent=Spent(turn=self._spent(), campaign=turn.spent),
            rounds=turn.rounds,
            tools_allowed=self._tools_allowed,
            violation=self._violation,
        )
        try:
            reply = understudy(request) if self._provider == "understudy" else self._master(request)
        except StageError as error:
            self._failures.append(type(error).__name__)
            self._hands_over()
            return None
        routed = validate_and_route(
            ValidateAndRoute(
                envelope=turn.envelope("validate"),
                reply=reply,
                action=self._action,
                scene=turn.scene,
                briefing=lore.briefing,
                names=lore.names,
                guarded=lore.guarded,
                passages=lore.passages,
                memories=turn.memories,
                common=lore.common,
                rounds=turn.rounds,
                tools_allowed=self._tools_allowed,
                repairs=self._repairs,
                report=self._report,
            ),
            catalogue(),
        )
        new = routed.report.findings[len(self._report.findings) :]
        self._steps.append(Step(reply, routed, self._repairs, tuple(finding.code for finding in new)))
        self._report = routed.report
        return routed

    def _plays(self, calls: tuple[ToolCall, ...]) -> None:
        self._turn = self._turn.play(calls)
        self._tools_allowed = self._tools_allowed and self._turn.played < MOST_ROUNDS
        self._violation, self._repairs = None, 0

    def _owes_the_enemies_their_turn(self) -> bool:
        scene = self._turn.scene
        return self._tools_allowed and scene.state.encounter is not None and not scene.budget.enemies_acted

    def _spent(self) -> int:
        return sum(step.reply.usage.micro_dollars for step in self._steps)

    def _hands_over(self) -> None:
        self._provider, self._violation, self._repairs = "understudy", None, 0

    def _story(self, routed: ReplyRouted) -> Story:
        return Story(
            turn=self._turn,
            narrative=routed.narrative or "",
            suggested=routed.suggested_actions,
            told_by=self._steps[-1].reply.told_by,
            report=routed.report,
            steps=tuple(self._steps),
            failures=tuple(self._failures),
        )


def tell(turn: Turn, action: str, master: Master) -> Story:
    """Play this action in this scene with this game master."""
    return Telling(replace(turn), action, master).told()
