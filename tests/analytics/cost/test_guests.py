"""The cost of guests is computed, and is what the pages say of it."""

from __future__ import annotations

import re

import pytest

from infra.constructs.player_limits import ALLOWANCES
from infra.local.home import REPOSITORY
from ninelives.analytics.cost.guests import MANY, TokensOfOurOwn, bounds, of_own_tokens, of_pool
from ninelives.analytics.cost.prices import price_table

PRICES = price_table()
COSTS = (REPOSITORY / "docs" / "costs.md").read_text()
[ADR] = (REPOSITORY / "docs" / "adr").glob("0027-*.md")
DECISION = ADR.read_text()


def _row(text: str, begins: str) -> list[str]:
    """The figures of a table's row."""
    [row] = re.findall(rf"^\| {re.escape(begins)}[^|]*\|(.+)\|$", text, re.M)
    return [each.strip() for each in row.split("|")]


@pytest.mark.parametrize("guests", [10_000, *MANY[1:]])
def test_the_page_has_what_a_month_of_players_costs_on_either_plan(guests: int) -> None:
    assert _row(COSTS, f"{guests:,} ") == [f"{of_pool(PRICES, plan, guests):,.0f}" for plan in ("lite", "essentials")]


def test_the_decision_rests_on_the_sums_for_a_thousand_a_hundred_thousand_and_a_million() -> None:
    own = [of_own_tokens(PRICES, guests, TokensOfOurOwn()) for guests in MANY]

    for begins, plan in (("Cognito, Lite", "lite"), ("Cognito, Essentials", "essentials")):
        assert _row(DECISION, begins) == [f"{of_pool(PRICES, plan, guests):,.0f}" for guests in MANY]
    assert _row(DECISION, "own tokens") == [f"{usd:,.0f}" for usd in own]


def test_what_guests_can_cost_in_a_month_is_bounded_by_how_many_may_come_in_a_day() -> None:
    (come, usd), (renew, most) = bounds(PRICES, ALLOWANCES["all_guests_per_day"].in_aws)

    assert f"so {come:,} come in a month, which is ${usd:,.0f}" in COSTS
    assert f"${most:,.0f} is the most that guests can cost in any month" in " ".join(COSTS.split())
    assert f"{come:,} a month: **${usd:,.0f}**, and **${most:,.0f}**" in DECISION
    assert renew == 2 * come


def test_a_step_in_a_price_counts_for_what_lies_beyond_it_and_the_free_part_is_the_first() -> None:
    assert PRICES["player-lite"].of(110_000) == pytest.approx(100_000 * 0.0055 + 10_000 * 0.0046)
    assert PRICES["player-lite"].after_free_tier(110_000) == pytest.approx(90_000 * 0.0055 + 10_000 * 0.0046)
