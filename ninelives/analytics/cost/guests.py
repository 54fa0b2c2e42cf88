"""The cost of guests by who says who they are: the pool of players, on either plan, or tokens of our own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ninelives.analytics.cost.prices import PriceTable

MANY = (1_000, 100_000, 1_000_000)
"""Guests a month that are asked about."""
DAYS = 31


@dataclass(frozen=True)
class TokensOfOurOwn:
    """Assumptions about a guest who comes twice, for an hour: what signing for them would take."""

    tokens: int = 10
    """Of fifteen minutes each, in a month. For each a refresh token is replaced, an item of one write unit, and an
    authorizer is called once, whose answer is cached for as long."""
    authorizer_gb_seconds: float = 0.06
    """Of 256 MB: mostly a start, for guests come seldom."""


def of_pool(prices: PriceTable, plan: str, guests: float) -> float:
    """USD a month for so many guests who are users of the pool on this plan, and nobody else is."""
    return prices[f"player-{plan}"].after_free_tier(guests)


def of_own_tokens(prices: PriceTable, guests: float, assumed: TokensOfOurOwn) -> float:
    """USD a month for as many who have tokens that a key in KMS signed, behind a Lambda authorizer."""
    tokens = guests * assumed.tokens
    return (
        prices["kms-key"].of(1)
        + prices["rsa-signature"].of(tokens)
        + prices["dynamodb-write"].of(tokens)
        + prices["lambda-request"].of(tokens)
        + prices["lambda-gb-second"].of(tokens * assumed.authorizer_gb_seconds)
    )


def bounds(prices: PriceTable, a_day: int) -> Iterator[tuple[int, float]]:
    """The most guests that can count in a month when so many may come in a day, and what they cost: those who come, and
    with them all who came the month before and renew their session once more."""
    for guests in (a_day * DAYS, 2 * a_day * DAYS):
        yield guests, of_pool(prices, "lite", guests)
