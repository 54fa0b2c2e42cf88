"""Assumptions for all that cannot be counted on a desk. Everything else on the bill is counted or measured."""

from __future__ import annotations

from dataclasses import dataclass, field

CORE_MB = 1769
"""Lambda gives a function one core's worth of CPU at this memory, and less in proportion."""

WAITS_MS = {
    "GetItem": 4.0,
    "BatchGetItem": 6.0,
    "Query": 5.0,
    "PutItem": 6.0,
    "UpdateItem": 6.0,
    "DeleteItem": 6.0,
    "TransactWriteItems": 15.0,
    "BatchExecuteStatement": 8.0,
    "PutEvents": 12.0,
    "SendMessage": 8.0,
    "PostToConnection": 8.0,
    "Invoke": 8.0,
    "StartExecution": 12.0,
    "StartSyncExecution": 12.0,
}
"""Milliseconds of a call to AWS from within a region, besides those of the called function itself."""


@dataclass(frozen=True)
class Assumptions:
    """Times in milliseconds, shares from 0 to 1."""

    waits_ms: dict[str, float] = field(default_factory=lambda: dict(WAITS_MS))
    core_speed: float = 1.0
    """Time of one Graviton core for what takes this machine's core 1."""
    transition_ms: float = 10.0
    """Milliseconds that an Express workflow spends on each state besides its task."""
    express_mb: int = 64
    cold_share: float = 0.02
    """Share of invocations that start a container."""
    cold_ms: float = 900.0
    """Milliseconds that starting one adds to its billed time; INIT is billed."""
    idle_polls_per_minute: float = 15.0
    """Lambda polls a queue by five long polls of 20 s each, also when it is empty."""
    minutes_per_month: float = 60 * 730
    traced_share: float = 0.0
    """Tracing is off. Where it is on, X-Ray samples everything up to one request a second, then 5 %."""
    model_call_ms: float = 4000.0
    story_tokens: int = 330
    """Written by a model for a story of 60 to 180 words with its suggestions."""
    intents_tokens: int = 110
    """Written by a model to propose intents."""
    judged_share: float = 0.84
    """Share of turns in which the rules leave something to a second reader (docs/second-reader.md)."""
    unread_sentences: int = 2
    """In such a turn."""
    verdict_tokens: int = 40
    """Written for each of them."""
    judge_call_ms: float = 1500.0
    characters_per_token: float = 4.0
    cached_share: float = 0.9
    """Share of model calls that find the fixed prefix cached: it lives 5 minutes and is the same for all."""

    def function_ms(self, cpu_ms: float, memory_mb: int) -> float:
        """The milliseconds that computing takes in a function of this size, when it takes `cpu_ms` here."""
        return cpu_ms * self.core_speed * max(1.0, CORE_MB / memory_mb)
