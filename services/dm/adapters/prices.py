"""What a model call costs, by list price. Figures are nano-dollars per token: 3,000 is $3 per million tokens.

Prices change without notice and differ by region: this table says what an operator can expect, not what is billed.
Cached tokens cost a tenth to read and 1.25 times the input to write.
"""

from __future__ import annotations

import logging
from typing import NamedTuple

from contracts.dm import Usage


class TokenPrice(NamedTuple):
    """Nano-dollars per token."""

    input: int
    output: int


_PRICES = {
    "claude-sonnet-4": TokenPrice(3_000, 15_000),
    "claude-haiku-4-5": TokenPrice(1_000, 5_000),
    "claude-opus-4-5": TokenPrice(5_000, 25_000),
    "claude-opus-4-6": TokenPrice(5_000, 25_000),
    "claude-opus-4-7": TokenPrice(5_000, 25_000),
    "nova-micro": TokenPrice(35, 140),
    "nova-lite": TokenPrice(60, 240),
    "nova-pro": TokenPrice(800, 3_200),
}


def price_usage(usage: Usage) -> Usage:
    """The usage with its cost in whole micro-dollars, rounded up. A model without a price costs 0 and is logged."""
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
    return next((price for name, price in _PRICES.items() if name in model), None)
