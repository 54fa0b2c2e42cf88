"""What a model adds: its tokens, and the functions and the workflow that wait for it."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.dm import Usage
from ninelives.analytics.cost import units
from ninelives.analytics.cost.assumptions import Assumptions
from ninelives.analytics.cost.prices import PriceTable
from ninelives.analytics.cost.prompts import PromptSize
from ninelives.analytics.cost.tally import CostTally, total
from services.dm.adapters.families import find_family, is_cacheable
from services.dm.adapters.prices import price_usage

MODELS = {
    "Claude Sonnet 4.6": "anthropic.claude-sonnet-4-6",
    "Claude Haiku 4.5": "anthropic.claude-haiku-4-5",
    "Nova Lite": "amazon.nova-lite",
}
WAITING = {"gateway": 1024, "dm": 512}
"""Functions that are charged while the model writes, with their memory: the caller, and the API a player waits at."""


def tokens(prompt: PromptSize, model: str, last: bool, assumptions: Assumptions) -> tuple[Usage, Usage]:
    """The usage of one call that finds the prefix cached, and of one that does not; the same where nothing is."""
    per = assumptions.characters_per_token
    fixed, fresh = round(prompt.fixed / per), round(prompt.fresh / per)
    written = assumptions.story_tokens if last else assumptions.intents_tokens
    plain = Usage(model=model, calls=1, input_tokens=fixed + fresh, output_tokens=written)
    if not is_cacheable(find_family(model), prompt.prefix):
        return plain, plain
    cold = plain.model_copy(update={"input_tokens": fresh, "cache_write_tokens": fixed})
    return plain.model_copy(update={"input_tokens": fresh, "cache_read_tokens": fixed}), cold


def usd_of_tokens(prompts: Sequence[PromptSize], turns: int, model: str, assumptions: Assumptions) -> float:
    """USD for these calls, of which one a turn tells the story and the others propose intents."""
    share, told, usd = assumptions.cached_share, turns / len(prompts), 0.0
    for prompt in prompts:
        for last, weight in ((True, told), (False, 1 - told)):
            warm, cold = (price_usage(usage).micro_dollars for usage in tokens(prompt, model, last, assumptions))
            usd += weight * (share * warm + (1 - share) * cold) / 1_000_000
    return usd


def usd_of_waiting(calls: float, prices: PriceTable, assumptions: Assumptions) -> float:
    """USD for what waits while a model is called so often."""
    tally = CostTally()
    for service, memory in WAITING.items():
        tally.add(service, "lambda-gb-second", calls * units.lambda_gb_seconds(memory, assumptions.model_call_ms))
    express = units.express_gb_hours(assumptions.express_mb, assumptions.model_call_ms)
    tally.add("gateway", "express-gb-hour", calls * express)
    return total(tally.lines(prices))
