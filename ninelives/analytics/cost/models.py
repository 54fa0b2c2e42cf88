"""Costs of a model, and of a second reader: tokens, and the functions and the workflow that wait for them."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

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
READERS = {
    "Claude Haiku 4.5": "anthropic.claude-haiku-4-5",
    "Nova Lite": "amazon.nova-lite",
    "Nova Micro": "amazon.nova-micro",
}
"""Cheap enough to read again what another has written."""
TEXT_UNIT = 1000
"""Characters. An action seldom has more."""
GUARDRAIL_POLICIES = 2
"""Content filters and denied topics, each paid for."""
SENTENCE = 110
"""Characters of one, with its number and its marks."""
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
    return _add_waiting(calls, assumptions.model_call_ms, prices, assumptions)


def _add_waiting(calls: float, each_ms: float, prices: PriceTable, assumptions: Assumptions) -> float:
    tally = CostTally()
    for service, memory in WAITING.items():
        tally.add(service, "lambda-gb-second", calls * units.lambda_gb_seconds(memory, each_ms))
    express = units.express_gb_hours(assumptions.express_mb, each_ms)
    tally.add("gateway", "express-gb-hour", calls * express)
    return total(tally.lines(prices))


def guardrail_units(calls: float, turns: float, assumptions: Assumptions) -> float:
    """Text units that a guardrail judges in so many calls, of which one a turn tells a story and the others propose
    intents: the player's words in each, and what is answered."""
    written = (assumptions.story_tokens, assumptions.intents_tokens)
    story, intents = (ceil(tokens * assumptions.characters_per_token / TEXT_UNIT) for tokens in written)
    return GUARDRAIL_POLICIES * (calls + turns * story + (calls - turns) * intents)


def usd_of_judging(prompts: Sequence[PromptSize], turns: float, model: str, assumptions: Assumptions) -> float:
    """USD for the tokens of a second reader in so many turns like these. Its prompt is too short to cache."""
    asked = turns * assumptions.judged_share
    characters = sum(prompt.judged for prompt in prompts) / len(prompts) + assumptions.unread_sentences * SENTENCE
    usage = Usage(
        model=model,
        calls=1,
        input_tokens=round(characters / assumptions.characters_per_token),
        output_tokens=assumptions.unread_sentences * assumptions.verdict_tokens,
    )
    return asked * price_usage(usage).micro_dollars / 1_000_000


def usd_of_judging_stage(turns: float, prices: PriceTable, assumptions: Assumptions) -> float:
    """USD for its stage in so many turns: who waits, the second check, the kept answer, the traces."""
    asked = turns * assumptions.judged_share
    tally = CostTally()
    tally.add("dm", "lambda-request", 2 * asked)
    tally.add("dm", "dynamodb-write", 2 * asked)
    tally.add("dm", "trace", 2 * asked * assumptions.traced_share)
    return total(tally.lines(prices)) + _add_waiting(asked, assumptions.judge_call_ms, prices, assumptions)
