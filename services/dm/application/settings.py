"""Settings of a deployment's game master, read once from its environment by `wiring`."""

from __future__ import annotations

from dataclasses import dataclass, field

from contracts.dm import JudgeMode
from services.dm.domain.budget_policy import SpendingLimits

UNDERSTUDY = "understudy"


@dataclass(frozen=True)
class GameMasterSettings:
    """What an operator decides. `provider`: understudy, bedrock or openai."""

    provider: str = UNDERSTUDY
    model: str = ""
    cheap_model: str = ""
    """Asked near a spending limit; none: that step is left out."""
    limits: SpendingLimits = field(default_factory=SpendingLimits)
    timeout_seconds: float = 20.0
    """How long one call to a model may take, a stream as a whole; below the function's own timeout."""
    strict_tools: bool = False
    streams: bool = True
    """Whether replies may be told before they have ended."""
    narration_queue_url: str = ""
    """Where a story goes while it is told; none: nothing is told ahead."""
    stages_table: str = ""
    judge: JudgeMode = "off"
    judge_model: str = ""
    """The second reader's, behind the same provider."""
    openai_base_url: str = ""
    openai_api_key: str = ""
