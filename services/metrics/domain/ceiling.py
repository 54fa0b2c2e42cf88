"""Ceiling of what a deployment may spend on models in a day."""

from __future__ import annotations

from dataclasses import dataclass

from services.metrics.domain.data_points import CostLine

LOOKS = 100
"""The number of times each counter looks at the sum of a day on the way to its ceiling."""


@dataclass(frozen=True)
class DayCeiling:
    """Micro-dollars, and tokens for models that have no price; 0 is no limit."""

    micro_dollars: int = 0
    tokens: int = 0

    def share(self, spent: CostLine) -> float:
        """The larger of the shares used of the two limits."""
        dollars = spent.micro_dollars / self.micro_dollars if self.micro_dollars else 0.0
        tokens = spent.tokens / self.tokens if self.tokens else 0.0
        return max(dollars, tokens)
