"""Judging a narrative: one call to the second reader that this deployment is configured with, as far as money goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from contracts.dm import JudgeNarrative, NarrativeJudged
from services.dm.application.ports import Model
from services.dm.application.settings import GameMasterSettings
from services.dm.domain.judging.prompt import compose
from services.dm.domain.judging.verdicts import read_verdicts


@dataclass(frozen=True)
class ConfiguredJudge:
    """The second reader of a deployment. `open_model` is called only when it is needed."""

    settings: GameMasterSettings
    open_model: Callable[[], Model]
    is_priced: Callable[[str], bool]

    def judge(self, request: JudgeNarrative) -> NarrativeJudged:
        """The verdicts; none where nobody is to be asked, or where a spending limit is reached.

        Raises ModelThrottled, ModelUnavailable or ModelRefused.
        """
        if not self._may_ask(request):
            return NarrativeJudged(envelope=request.envelope)
        completion = self.open_model().complete(compose(request), self.settings.judge_model)
        verdicts = read_verdicts(completion, {each.number for each in request.unread})
        return NarrativeJudged(envelope=request.envelope, verdicts=verdicts, usage=completion.usage)

    def _may_ask(self, request: JudgeNarrative) -> bool:
        settings, limits = self.settings, self.settings.limits
        if settings.judge == "off" or not settings.judge_model:
            return False
        return not limits.are_set or (self.is_priced(settings.judge_model) and limits.share_used(request.spent) < 1)
