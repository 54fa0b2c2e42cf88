"""The length of the prompt that a model would be sent, whoever is asked in the rehearsal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from contracts.dm import InvokeDungeonMaster, JudgeNarrative, UnreadSentence
from services.dm.adapters.converse import arguments_for
from services.dm.domain.judging import prompt as judging
from services.dm.domain.prompt import Prompt, compose
from services.dm.wiring import catalogue


@dataclass(frozen=True)
class PromptSize:
    """One call's prompt in characters: what never changes, what is new, and what is weighed when caching is decided.
    `judged`: what a second reader would be sent of the same turn, sentences left out."""

    fixed: int
    fresh: int
    prefix: int
    judged: int = 0


def prompt_size(payload: Any) -> PromptSize:
    """The size of the prompt for this request of the workflow."""
    request = InvokeDungeonMaster.model_validate(payload)
    prompt = compose(request, catalogue())
    fixed, fresh = _wire_sizes(prompt)
    return PromptSize(
        fixed, fresh, prompt.prefix_characters, judged=sum(_wire_sizes(judging.compose(_judge_request(request))))
    )


def _judge_request(request: InvokeDungeonMaster) -> JudgeNarrative:
    """The shortest that a second reader could be asked about this turn."""
    known = {name: getattr(request, name) for name in ("envelope", "action", "scene", "briefing", "passages", "rounds")}
    return JudgeNarrative(**known, unread=(UnreadSentence(number=1, text="-"),))


def _wire_sizes(prompt: Prompt) -> tuple[int, int]:
    """The characters that go over the wire: of what never changes, and of what is new."""
    sent = arguments_for(prompt, "", strict=False)
    fixed = json.dumps([sent["system"], sent["toolConfig"]["tools"]], ensure_ascii=False)
    return len(fixed), len(json.dumps(sent["messages"], ensure_ascii=False))
