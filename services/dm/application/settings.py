"""Settings of a deployment's game master, read once from its environment by `wiring`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from contracts.dm import JudgeMode
from contracts.state import USUAL_CONTENT, ContentLevel
from services.dm.domain.budget_policy import SpendingLimits

UNDERSTUDY = "understudy"
Format = Literal["tools", "json", "auto"]
Profile = Literal["full", "small"]


@dataclass(frozen=True)
class GameMasterSettings:
    """Settings that an operator decides. `provider`: understudy, bedrock or openai."""

    provider: str = UNDERSTUDY
    model: str = ""
    cheap_model: str = ""
    """Asked near a spending limit; none: that step is left out."""
    limits: SpendingLimits = field(default_factory=SpendingLimits)
    timeout_seconds: float = 20.0
    """Time limit of one call to a model, a stream as a whole; below the function's own timeout."""
    strict_tools: bool = False
    streams: bool = True
    """Whether replies may be told before they have ended."""
    narration_queue_url: str = ""
    """Queue that a story goes to while it is told; none: nothing is told ahead."""
    stages_table: str = ""
    judge: JudgeMode = "off"
    judge_model: str = ""
    """The second reader's, behind the same provider."""
    content: ContentLevel = USUAL_CONTENT
    """The loosest level that a campaign may have."""
    help: str = ""
    """The help named to a player who may be in danger; none: a neutral text."""
    guardrail: str = ""
    """A Bedrock guardrail, `id:version`; none: the rules of content alone."""
    format: Format = "tools"
    """Form of a request to an OpenAI-compatible server; auto goes from tools to JSON when no tool was called."""
    profile: Profile = "full"
    """Size of the prompt: how much a model is told and offered."""
    openai_base_url: str = ""
    openai_api_key: str = ""
    openai_api_key_parameter: str = ""
    """Name of the parameter that holds the key instead; none: the endpoint asks for none, or `openai_api_key` is it."""
