"""The check of replies that tell no story: labelled intents, and what cannot be read, through the real check."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.dm import ReplyRouted
from contracts.tools import ToolCall
from ninelives.evaluation.corpus import LabelledReply, replies
from ninelives.evaluation.requests import figures_of, turn_of, write_request
from ninelives.evaluation.statistics import Rate, rate
from services.dm.domain.validate import validate_and_route
from services.dm.wiring import catalogue

LONGEST = 4000


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
        """A sound reply passes without a finding; another one goes where it must, with its fault named."""
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
    def wrong(self) -> tuple[ReplyVerdict, ...]:
        return tuple(each for each in self.verdicts if not each.is_right)


def check_corpus() -> CorpusCheck:
    """Every labelled reply through the check."""
    return CorpusCheck(tuple(ReplyVerdict(reply, judge(reply)) for reply in replies()))


def judge(labelled: LabelledReply) -> ReplyRouted:
    """The check's verdict on this reply in its situation."""
    figures = figures_of(turn_of(labelled.situation, labelled.fresh))
    calls = tuple(
        ToolCall(
            call_id=f"m{n}", name=name, arguments={key: figures.get(str(word), word) for key, word in given.items()}
        )
        for n, (name, given) in enumerate(labelled.calls)
    )
    request = write_request(
        labelled.situation,
        labelled.action,
        at_start=labelled.fresh,
        tools_allowed=labelled.tools_allowed,
        calls=calls,
        narrative=labelled.story[:LONGEST] if labelled.story is not None else None,
        stop="length" if labelled.story and len(labelled.story) > LONGEST else labelled.stop,
    )
    return validate_and_route(request, catalogue())
