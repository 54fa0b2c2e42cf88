"""How long a prompt is that a model would be sent, whoever is asked in the rehearsal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from contracts.dm import InvokeDungeonMaster
from services.dm.adapters.converse import arguments_for
from services.dm.domain.prompt import compose
from services.dm.wiring import catalogue


@dataclass(frozen=True)
class PromptSize:
    """One call's prompt in characters: what never changes, what is new, and what is weighed when caching is decided."""

    fixed: int
    fresh: int
    prefix: int


def prompt_size(payload: Any) -> PromptSize:
    """The size of the prompt for this request of the workflow."""
    prompt = compose(InvokeDungeonMaster.model_validate(payload), catalogue())
    sent = arguments_for(prompt, "", strict=False)
    fixed = json.dumps([sent["system"], sent["toolConfig"]["tools"]], ensure_ascii=False)
    fresh = json.dumps(sent["messages"], ensure_ascii=False)
    return PromptSize(fixed=len(fixed), fresh=len(fresh), prefix=prompt.prefix_characters)
