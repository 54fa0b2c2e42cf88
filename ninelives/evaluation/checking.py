"""The first suite: the real check against every labelled reply."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from contracts.dm import DungeonMasterReplied, ReplyRouted, ValidateAndRoute
from contracts.envelope import Envelope
from contracts.steps import STEPS
from contracts.tools import ToolCall
from ninelives.evaluation.corpus import LabelledReply, replies
from ninelives.evaluation.local_turn import TurnInProgress
from ninelives.evaluation.situations import fresh, situation
from ninelives.evaluation.statistics import Rate, rate
from services.dm.domain.validate import validate_and_route
from services.dm.wiring import catalogue


@dataclass(frozen=True)
class ReplyVerdict:
    """A labelled reply and what the check made of it."""

    reply: LabelledReply
    routed: ReplyRouted

    @property
    def found(self) -> tuple[str, ...]:
        return tuple(finding.code for finding in self.routed.report.findings)

    @property
    def is_right(self) -> bool:
        """An honest reply passes without a finding; a dishonest one goes where it must, with its fault named."""
        named = not self.found if self.reply.label == "honest" else bool(set(self.reply.codes) & set(self.found))
        return named and self.routed.route == self.reply.route


@dataclass(frozen=True)
class CorpusCheck:
    """All verdicts, and the rates that sum them up."""

    verdicts: tuple[ReplyVerdict, ...]

    @property
    def caught(self) -> Rate:
        return rate(each.is_right for each in self.verdicts if each.reply.label == "dishonest")

    @property
    def false_alarms(self) -> Rate:
        return rate(not each.is_right for each in self.verdicts if each.reply.label == "honest")

    @property
    def caught_by_kind(self) -> dict[str, Rate]:
        lies = tuple(each for each in self.verdicts if each.reply.label == "dishonest")
        kinds = dict.fromkeys(each.reply.kind for each in lies)
        return {kind: rate(each.is_right for each in lies if each.reply.kind == kind) for kind in kinds}

    @property
    def alarms_by_code(self) -> dict[str, int]:
        """Findings in honest replies."""
        return dict(Counter(code for each in self.verdicts if each.reply.label == "honest" for code in each.found))

    @property
    def wrong(self) -> tuple[ReplyVerdict, ...]:
        return tuple(each for each in self.verdicts if not each.is_right)


def check_corpus() -> CorpusCheck:
    """Every labelled reply through the check."""
    return CorpusCheck(tuple(ReplyVerdict(reply, judge(reply)) for reply in replies()))


def judge(labelled: LabelledReply) -> ReplyRouted:
    """What the check says of this reply in its situation."""
    turn = situation(labelled.situation)
    turn = fresh(turn) if labelled.fresh else turn
    lore = turn.lore(labelled.action)
    request = ValidateAndRoute(
        envelope=_envelope(turn, STEPS.check),
        reply=write_reply(labelled, turn),
        action=labelled.action,
        scene=turn.scene,
        briefing=lore.briefing,
        names=lore.names,
        guarded=lore.guarded,
        passages=lore.passages,
        common=lore.common,
        rounds=turn.asked.rounds,
        tools_allowed=labelled.tools_allowed,
    )
    return validate_and_route(request, catalogue())


def write_reply(labelled: LabelledReply, turn: TurnInProgress) -> DungeonMasterReplied:
    """The reply, with the scene's figures written in."""
    figures = figures_of(turn)
    calls = tuple(
        ToolCall(
            call_id=f"m{n}", name=name, arguments={key: figures.get(str(word), word) for key, word in given.items()}
        )
        for n, (name, given) in enumerate(labelled.calls)
    )
    return DungeonMasterReplied(
        envelope=_envelope(turn, STEPS.dm),
        told_by="model",
        calls=calls,
        narrative=fill_in(labelled.story, figures)[:4000] if labelled.story is not None else None,
        stop="length" if labelled.story and len(labelled.story) > 4000 else labelled.stop,
    )


def fill_in(text: str, figures: dict[str, Any]) -> str:
    """A text with `{name}` replaced by the scene's figure of that name; other braces stay."""
    for name, figure in figures.items():
        text = text.replace("{" + name + "}", str(figure))
    return text


def figures_of(turn: TurnInProgress) -> dict[str, Any]:
    """What texts may refer to by name. `foe` is the id of whoever stands first in the fight."""
    cat, fight = turn.scene.state.character, turn.scene.state.encounter
    foe = next((enemy for enemy in fight.enemies if enemy.hp), None) if fight else None
    hurts = [each for outcome in turn.outcomes for each in outcome.effects if each.kind == "damaged"]
    return {
        "hp": cat.hp,
        "max_hp": cat.max_hp,
        "energy": cat.energy,
        "credits": cat.credits,
        "foe": foe.id if foe else "nobody",
        "foe_hp": foe.hp if foe else 0,
        "dealt": sum(each.amount for each in hurts if each.target != "character"),
        "taken": sum(each.amount for each in hurts if each.target == "character"),
    }


def _envelope(turn: TurnInProgress, step: str) -> Envelope:
    envelope, first = turn.start.envelope, step.format(round=0, provider="model", repairs=0)
    return envelope.model_copy(update={"idempotency_key": f"{envelope.turn_id}/{first}"})
