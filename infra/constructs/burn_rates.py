"""Burn rates of a promise's error budget, and when one is worth waking somebody: arithmetic only.

A burn rate of 1 spends exactly the budget of the promise's 30 days in 30 days. The rates and windows are those of
the Site Reliability Workbook, chapter 5: a page for 2 % of the budget in an hour or 5 % in six hours, a ticket for
10 % in three days. The short window, a twelfth of the long one, ends the alarm soon after the trouble has ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BUDGET_DAYS = 30
FEWEST = 5
"""Bad events in the long window below which nothing is raised, whatever share they are.

Among ten turns an hour one failure is 10 %, twenty times the budget, and no trend. So a fault at three in the morning
that hurts one player pages nobody; the dead letters and the failed turns have alarms of their own that count from one.
"""

Severity = Literal["page", "ticket"]


@dataclass(frozen=True)
class BurnRate:
    """Raise `severity` while the budget is spent more than `times` too fast over both windows (minutes)."""

    severity: Severity
    times: float
    long: int
    short: int


BURN_RATES = (
    BurnRate("page", 14.4, long=60, short=5),
    BurnRate("page", 6, long=6 * 60, short=30),
    BurnRate("ticket", 1, long=3 * 24 * 60, short=6 * 60),
)


@dataclass(frozen=True)
class Counts:
    """Events of a window: the bad ones, and all of them."""

    bad: float
    total: float


def burn(counts: Counts, objective: float, *, fewest: int = 1) -> float:
    """The burn rate of the budget: 0 without anything bad, or with fewer than `fewest`."""
    return counts.bad / counts.total / (1 - objective) if counts.bad >= fewest else 0.0


def raised(rate: BurnRate, objective: float, long: Counts, short: Counts) -> bool:
    """Whether both windows burn faster than this rate allows. Exactly as fast as allowed is allowed."""
    return burn(long, objective, fewest=FEWEST) > rate.times and burn(short, objective) > rate.times


def budget_left(counts: Counts, objective: float) -> float:
    """The budget that is left, in per cent of it: 100 when nothing was bad, negative when the promise is broken."""
    return 100 * (1 - burn(counts, objective))


def burn_expression(total: str, objective: float, *, fewest: int = 1) -> str:
    """`burn` as CloudWatch metric math over the metric `bad` and the expression `total`; no data counts as none."""
    bad, budget = "FILL(bad, 0)", f"{1 - objective:.4g}"
    return f"IF({bad} >= {fewest}, {bad} / ({total}) / {budget}, 0)"


def budget_expression(total: str, objective: float) -> str:
    """`budget_left` as CloudWatch metric math."""
    return f"100 * (1 - {burn_expression(total, objective)})"
