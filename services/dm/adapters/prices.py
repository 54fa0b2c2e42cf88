"""Costs of model calls, by list price. Figures are nano-dollars per token: 3,000 is $3 per million tokens.

`model_prices.json` is data, so that a deployment whose spending limit could not be counted is refused by it.

Prices change without notice and differ by region: this table says what an operator can expect, not what is billed.
Cached tokens cost a tenth to read and 1.25 times the input to write.
"""

from __future__ import annotations

import json
import logging
from functools import cache
from pathlib import Path
from typing import NamedTuple

from contracts.dm import Usage


class TokenPrice(NamedTuple):
    """Nano-dollars per token."""

    input: int
    output: int


def price_usage(usage: Usage) -> Usage:
    """The usage with its cost in whole micro-dollars, rounded up. A model without a price costs 0 and is logged:
    it is asked only where no spending limit is set."""
    price = find_price(usage.model or "")
    if price is None:
        logging.getLogger(__name__).warning("no price for model %s: its cost is counted as 0", usage.model)
        return usage
    nano = (
        usage.input_tokens * price.input
        + usage.output_tokens * price.output
        + usage.cache_read_tokens * price.input // 10
        + usage.cache_write_tokens * price.input * 5 // 4
    )
    return usage.model_copy(update={"micro_dollars": -(-nano // 1000)})


def find_price(model: str) -> TokenPrice | None:
    """The price of the model whose name is part of this model id ("eu.anthropic.claude-haiku-4-5-…")."""
    return next((price for name, price in _prices().items() if name in model), None)


@cache
def _prices() -> dict[str, TokenPrice]:
    listed = json.loads(Path(__file__).with_name("model_prices.json").read_text(encoding="utf-8"))
    return {name: TokenPrice(**price) for name, price in listed.items()}
