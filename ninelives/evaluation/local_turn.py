"""One turn through the workflow's own definition, its stages called in this process. Nothing is stored or announced."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from contracts import campaign, chronicle, dm, gateway, lore, tools
from contracts.dm import (
    DungeonMasterReplied,
    InvokeDungeonMaster,
    JudgeMode,
    JudgeNarrative,
    NarrativeJudged,
    ReplyRouted,
    ValidateAndRoute,
)
from contracts.envelope import Envelope, Message
from contracts.errors import StageError
from contracts.state import CampaignState, Scene
from contracts.tools import Outcome, ToolCall
from infra.workflows.interpreter import Pause, no_pause, run
from ninelives.evaluation.campaigns import pack
from services.campaign.domain.derive import open_scene
from services.campaign.domain.fold import fold_all
from services.campaign.domain.turn import commit_reply, play_out
from services.dm.domain.understudy.master import reply as understudy
from services.dm.domain.validate import validate_and_route
from services.dm.wiring import catalogue
from services.lore.domain.retrieval import retrieve
from services.tools.domain.execute import execute
from services.tools.domain.world import play

Master = Callable[[InvokeDungeonMaster], DungeonMasterReplied]
Judge = Callable[[JudgeNarrative], NarrativeJudged]
Recall = Callable[[chronicle.RecallChronicle], chronicle.ChronicleRecalled]


class TurnFailed(Exception):
    """A turn that the workflow gave up; `str(error)` says in which stage, and why."""


class UnderstudyUnclean(TurnFailed):
    """The understudy's own reply does not stand: a bug in it, or in the check."""


def no_memories(request: chronicle.RecallChronicle) -> chronicle.ChronicleRecalled:
    """A chronicle that knows of nothing."""
    return chronicle.ChronicleRecalled(envelope=request.envelope)


def no_verdicts(request: JudgeNarrative) -> NarrativeJudged:
    """A second reader who says nothing."""
    return NarrativeJudged(envelope=request.envelope)


@dataclass(frozen=True)
class SecondOpinion:
    """The judge who reads again what the rules cannot read, and the mode: whether that counts."""

    mode: JudgeMode = "off"
    judge: Judge = no_verdicts


@dataclass(frozen=True)
class TurnStart:
    """The start of a turn: the campaign's state, the seed of its dice, and what its story remembers."""

    state: CampaignState
    seed: str = field(repr=False)
    turn_id: str = ""
    """The first part of every key of the turn, those of its dice included. Made of its number when it is not given."""
    history: tuple[campaign.RecentTurn, ...] = field(default=(), repr=False)
    recall: Recall = field(default=no_memories, repr=False)
    spent: int = 0
    """By the turns before this one, in micro-dollars."""

    @property
    def envelope(self) -> Envelope:
        turn = self.turn_id or _turn_id(self.state.turn + 1)
        return Envelope(idempotency_key=turn, correlation_id=turn, campaign_id=self.state.campaign_id, turn_id=turn)


@dataclass(frozen=True)
class TurnInProgress:
    """A turn at the moment in which its game master is asked for the next reply."""

    start: TurnStart
    asked: InvokeDungeonMaster = field(repr=False)
    view: lore.RetrieveLore = field(repr=False)
    """The last look: what the lore is about."""

    @property
    def scene(self) -> Scene:
        return self.asked.scene

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        return tuple(outcome for played in self.asked.rounds for outcome in played.outcomes)

    @property
    def after(self) -> CampaignState:
        """The state if the turn were committed now."""
        return play_out(self.start.state, self.outcomes).state

    def lore(self, action: str) -> lore.LoreRetrieved:
        """The lore that can be seen and said, when this is the action."""
        return retrieve(pack(self.start.state.world), self.view.model_copy(update={"action": action}))


@dataclass(frozen=True)
class JudgedReply:
    """A reply of the game master and the verdict on it. `repairs`: how many it had cost already."""

    reply: DungeonMasterReplied
    routed: ReplyRouted
    repairs: int
    new: tuple[str, ...]
    """Codes of what was found in this reply."""


@dataclass(frozen=True)
class LocalTurnResult:
    """A turn that the workflow played to its commit, and how it came about."""

    start: TurnStart
    request: campaign.PersistCampaign
    committed: campaign.TurnCommitted
    scene: Scene = field(repr=False)
    """The working copy when the story was told."""
    guarded: tuple[str, ...] = field(repr=False)
    """Names that its story may not speak."""
    replies: tuple[JudgedReply, ...] = field(repr=False)
    failures: tuple[str, ...] = ()
    """Errors of a game master that was stood in for."""

    @property
    def telling(self) -> campaign.Telling:
        return self.request.telling

    @property
    def after(self) -> CampaignState:
        return self.committed.sheet.state

    @property
    def settled(self) -> tuple[campaign.Settled, ...]:
        return self.committed.settled

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        return self.request.outcomes


Script = Callable[[int, TurnInProgress], Sequence[ToolCall]]
"""The calls of the reply of this number, counted from 0. None: the story is told."""


class LocalStages:
    """The stages of one turn. Those that store are played on the state the turn starts from."""

    def __init__(self, start: TurnStart, master: Master, opinion: SecondOpinion = SecondOpinion()) -> None:
        self._start, self._master, self._opinion = start, master, opinion
        self._view: lore.RetrieveLore | None = None
        self.now: TurnInProgress | None = None
        self.replies: list[JudgedReply] = []
        self.persisted: campaign.PersistCampaign | None = None
        self.committed: campaign.TurnCommitted | None = None
        self.failed: gateway.FailTurn | None = None
        self.trace: tuple[campaign.StageTrace, ...] = ()

    def __call__(self, stage: str, payload: Any) -> Any:
        """Answer as the function of this stage does."""
        request_type, answer = STAGES[stage]
        reply: Message = answer(self, request_type.model_validate(payload))
        return reply.model_dump(mode="json")

    def open_turn(self, request: campaign.OpenTurn) -> campaign.TurnOpened:
        start = self._start
        return campaign.TurnOpened(
            envelope=request.envelope,
            number=start.state.turn + 1,
            base_version=start.state.version,
            scene=open_scene(start.state),
            history=start.history,
            spent_micro_dollars=start.spent,
            seed=start.seed,
        )

    def retrieve_lore(self, request: lore.RetrieveLore) -> lore.LoreRetrieved:
        self._view = request
        return retrieve(pack(request.scene.state.world), request)

    def recall_chronicle(self, request: chronicle.RecallChronicle) -> chronicle.ChronicleRecalled:
        return self._start.recall(request)

    def invoke_dungeon_master(self, request: InvokeDungeonMaster) -> DungeonMasterReplied:
        assert self._view, "the workflow looks around before it asks"
        self.now = TurnInProgress(self._start, request, self._view)
        if request.provider == "understudy":
            return understudy(request)
        reply = self._master(request)
        return reply.model_copy(update={"judge": self._opinion.mode}) if reply.told_by == "model" else reply

    def validate_and_route(self, request: ValidateAndRoute) -> ReplyRouted:
        routed = self.judge(request)
        found = routed.report.findings[len(request.report.findings) :]
        if request.judged is not None:
            self.replies.pop()  # the same reply, read again
        self.replies.append(JudgedReply(request.reply, routed, request.repairs, tuple(each.code for each in found)))
        return routed

    def judge_narrative(self, request: JudgeNarrative) -> NarrativeJudged:
        return self._opinion.judge(request)

    def judge(self, request: ValidateAndRoute) -> ReplyRouted:
        """The verdict on a reply."""
        return validate_and_route(request, catalogue())

    def execute_tool(self, request: tools.ExecuteTool) -> tools.ToolExecuted:
        key = request.envelope.idempotency_key
        outcome = execute(key, request.call, request.scene, request.canon, request.seed)
        return tools.ToolExecuted(envelope=request.envelope, outcome=outcome)

    def settle_effects(self, request: campaign.SettleEffects) -> campaign.EffectsSettled:
        settled, scene = fold_all(request.scene, request.outcomes)
        return campaign.EffectsSettled(envelope=request.envelope, scene=scene, settled=settled)

    def play_world(self, request: tools.PlayWorld) -> tools.WorldPlayed:
        outcomes = play(request.envelope.idempotency_key, request.scene, request.canon, request.seed)
        return tools.WorldPlayed(envelope=request.envelope, outcomes=outcomes)

    def persist_campaign(self, request: campaign.PersistCampaign) -> campaign.TurnCommitted:
        self.persisted = request
        self.committed = commit_reply(request, play_out(self._start.state, request.outcomes), datetime.now(UTC))
        return self.committed

    def void_turn(self, request: campaign.VoidTurn) -> campaign.TurnVoided:
        return campaign.TurnVoided(envelope=request.envelope, committed=self.committed)

    def format_response(self, request: gateway.FormatResponse) -> gateway.TurnClosed:
        self.trace = request.trace
        return gateway.TurnClosed(envelope=request.envelope, status="resolved", number=request.committed.number)

    def fail_turn(self, request: gateway.FailTurn) -> gateway.TurnClosed:
        self.failed = request
        return gateway.TurnClosed(envelope=request.envelope, status="failed")


STAGES: dict[str, tuple[type[Message], Callable[[LocalStages, Any], Message]]] = {
    "OpenTurn": (campaign.OpenTurn, LocalStages.open_turn),
    "RetrieveLore": (lore.RetrieveLore, LocalStages.retrieve_lore),
    "RecallChronicle": (chronicle.RecallChronicle, LocalStages.recall_chronicle),
    "InvokeDungeonMaster": (dm.InvokeDungeonMaster, LocalStages.invoke_dungeon_master),
    "ValidateAndRoute": (dm.ValidateAndRoute, LocalStages.validate_and_route),
    "JudgeNarrative": (dm.JudgeNarrative, LocalStages.judge_narrative),
    "ExecuteTool": (tools.ExecuteTool, LocalStages.execute_tool),
    "SettleEffects": (campaign.SettleEffects, LocalStages.settle_effects),
    "PlayWorld": (tools.PlayWorld, LocalStages.play_world),
    "PersistCampaign": (campaign.PersistCampaign, LocalStages.persist_campaign),
    "VoidTurn": (campaign.VoidTurn, LocalStages.void_turn),
    "FormatResponse": (gateway.FormatResponse, LocalStages.format_response),
    "FailTurn": (gateway.FailTurn, LocalStages.fail_turn),
}


class ScriptedStages(LocalStages):
    """The same, with the calls of each round given by a script, and nobody who judges them."""

    def __init__(self, start: TurnStart, script: Script) -> None:
        super().__init__(start, _silent)
        self._script = script

    def judge(self, request: ValidateAndRoute) -> ReplyRouted:
        assert self.now, "the workflow asks before it checks"
        calls = tuple(self._script(len(self.replies), self.now)) if request.tools_allowed else ()
        return ReplyRouted(
            envelope=request.envelope,
            route="execute" if calls else "respond",
            calls=calls,
            narrative="",
            report=request.report,
        )


def play_turn(
    start: TurnStart,
    action: str,
    master: Master,
    pause: Pause = no_pause,
    opinion: SecondOpinion = SecondOpinion(),
) -> LocalTurnResult:
    """Play this action with this game master. `pause` is called with the seconds before each retry of the workflow.

    A master's StageError is treated as the workflow treats it; any other error is raised. Raises UnderstudyUnclean, and
    TurnFailed for another stage's StageError.
    """
    return _play(LocalStages(start, master, opinion), start, action, pause)


def play_script(start: TurnStart, script: Script, action: str = "") -> LocalTurnResult:
    """Play the calls of a script, and what the world does about them; tell no story. Raises TurnFailed."""
    return _play(ScriptedStages(start, script), start, action, no_pause)


def play_rounds(start: TurnStart, rounds: Sequence[Sequence[ToolCall]], action: str = "") -> LocalTurnResult:
    """Play these calls, round by round. Raises TurnFailed."""
    return play_script(start, lambda number, _: rounds[number] if number < len(rounds) else (), action)


def _play(stages: LocalStages, start: TurnStart, action: str, pause: Pause) -> LocalTurnResult:
    turn = gateway.PlayTurn(envelope=start.envelope, owner="local", action=action)
    execution = run(stages, turn.model_dump_json(), name_of=_stage_error, pause=pause)
    if stages.failed:
        unclean = stages.failed.error == UnderstudyUnclean.__name__
        kind = UnderstudyUnclean if unclean else TurnFailed
        raise kind(f"{action!r}: {stages.failed.stage}: {stages.failed.error}: {stages.failed.cause}")
    if not (execution["status"] == "SUCCEEDED" and stages.persisted and stages.committed and stages.now):
        raise TurnFailed(f"{action!r}: {execution.get('error')}: {execution.get('cause')}")
    given_up = (step for step in stages.trace if step.stage == "InvokeDungeonMaster" and step.error)
    return LocalTurnResult(
        start=start,
        request=stages.persisted,
        committed=stages.committed,
        scene=stages.now.scene,
        guarded=stages.now.asked.guarded,
        replies=tuple(stages.replies),
        failures=tuple(step.error or "" for step in given_up),
    )


def _stage_error(error: Exception) -> str | None:
    return type(error).__name__ if isinstance(error, StageError) else None


def _silent(request: InvokeDungeonMaster) -> DungeonMasterReplied:
    return DungeonMasterReplied(envelope=request.envelope, told_by="understudy", narrative="")


def _turn_id(number: int) -> str:
    """Turn ids are 26 letters; the number is written in them, so that no two turns roll the same dice."""
    return "t_" + str(number).translate(str.maketrans("0123456789", "abcdefghij")).rjust(26, "a")
