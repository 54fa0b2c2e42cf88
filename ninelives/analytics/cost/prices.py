"""The price table: one data file, with where the figures are from and when."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

FILE = Path(__file__).with_name("prices.json")


class Price(BaseModel):
    """`usd` for every `per` of `unit`, and `usd_beyond` for those that are more than `beyond` in a month. The first
    `free` cost nothing in an account that uses nothing else."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    usd: float = Field(gt=0)
    per: int = Field(gt=0)
    unit: str
    free: int = 0
    beyond: float = math.inf
    usd_beyond: float = 0

    def of(self, amount: float) -> float:
        """USD for `amount`, without the free tier."""
        more = max(0.0, amount - self.beyond)
        return ((amount - more) * self.usd + more * self.usd_beyond) / self.per

    def after_free_tier(self, amount: float) -> float:
        """USD for `amount` in one month of an account that uses nothing else."""
        return self.of(amount) - self.of(min(amount, self.free))


class PriceTable(BaseModel):
    """List prices of one region."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    region: str
    as_of: str
    source: str
    prices: dict[str, Price]

    def __getitem__(self, name: str) -> Price:
        return self.prices[name]


@cache
def price_table() -> PriceTable:
    return PriceTable.model_validate_json(FILE.read_text(encoding="utf-8"))
