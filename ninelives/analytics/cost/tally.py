"""The tally of what was used: amounts by service and by the name of their price."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ninelives.analytics.cost.prices import PriceTable


@dataclass(frozen=True)
class Line:
    """One line of a bill, for `amount` in the price's units."""

    service: str
    price: str
    amount: float
    usd: float


@dataclass
class CostTally:
    """Counts up. Amounts are in the units of prices.json, whatever they are charged per."""

    amounts: dict[tuple[str, str], float] = field(default_factory=dict)

    def add(self, service: str, price: str, amount: float) -> None:
        self.amounts[service, price] = self.amounts.get((service, price), 0.0) + amount

    def scale(self, factor: float) -> CostTally:
        return CostTally({key: amount * factor for key, amount in self.amounts.items()})

    def lines(self, prices: PriceTable) -> list[Line]:
        """Priced without the free tier, dearest first."""
        found = [
            Line(service, price, amount, prices[price].of(amount)) for (service, price), amount in self.amounts.items()
        ]
        return sorted(found, key=lambda line: (-line.usd, line.service, line.price))

    def of_all_services(self) -> dict[str, float]:
        """The amounts by price alone: free tiers are an account's."""
        found: dict[str, float] = {}
        for (_, price), amount in self.amounts.items():
            found[price] = found.get(price, 0.0) + amount
        return found

    def rows(self) -> list[tuple[str, str, float]]:
        """The amounts, as they can be written down."""
        return [(service, price, amount) for (service, price), amount in sorted(self.amounts.items())]

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, float]]) -> CostTally:
        tally = cls()
        for service, price, amount in rows:
            tally.add(service, price, amount)
        return tally


def total(lines: Iterable[Line]) -> float:
    return sum(line.usd for line in lines)
