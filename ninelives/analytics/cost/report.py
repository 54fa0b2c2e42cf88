"""The bill as tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from rich import box
from rich.table import Table

from ninelives.analytics.cost.assumptions import Assumptions
from ninelives.analytics.cost.guests import MANY, TokensOfOurOwn, of_own_tokens, of_pool
from ninelives.analytics.cost.models import guardrail_units
from ninelives.analytics.cost.playing import Played, with_models, with_readers
from ninelives.analytics.cost.prices import PriceTable
from ninelives.analytics.cost.resting import Resting
from ninelives.analytics.cost.tally import Line, total
from ninelives.analytics.cost.tape import GB

HOURS_PER_MONTH = 730


def resting_table(resting: Resting, prices: PriceTable) -> Table:
    """A month at rest, by what is charged."""
    table = _table(
        "At rest: a month in which nobody plays, USD", "what", "amount", "unit", "list price", "free tier off"
    )
    for name, amount in sorted(resting.tally.of_all_services().items()):
        price = prices[name]
        table.add_row(
            name, f"{amount:,.0f}", price.unit, f"{price.of(amount):.2f}", f"{price.after_free_tier(amount):.2f}"
        )
    after = sum(prices[name].after_free_tier(amount) for name, amount in resting.tally.of_all_services().items())
    table.add_section()
    table.add_row("total", "", "", f"{total(resting.tally.lines(prices)):.2f}", f"{after:.2f}")
    return table


def playing_table(kinds: Mapping[str, Played], prices: PriceTable) -> Table:
    """A thousand turns by service."""
    bills = {kind: played.tally.lines(prices) for kind, played in kinds.items()}
    return _compare("A thousand turns by service, USD", bills, lambda line: line.service)


def priced_table(kinds: Mapping[str, Played], prices: PriceTable) -> Table:
    """A thousand turns by what is charged."""
    bills = {kind: played.tally.lines(prices) for kind, played in kinds.items()}
    return _compare("A thousand turns by what is charged, USD", bills, lambda line: line.price)


def amounts_table(kinds: Mapping[str, Played], prices: PriceTable) -> Table:
    """The amounts that a turn uses."""
    table = _table("What one turn uses", "what", "unit", *kinds)
    amounts = {kind: played.tally.of_all_services() for kind, played in kinds.items()}
    for name in sorted({name for each in amounts.values() for name in each}):
        used = (f"{each.get(name, 0) / 1000:.3g}" for each in amounts.values())
        table.add_row(name, prices[name].unit, *used)
    return table


def models_table(kinds: Mapping[str, Played], prices: PriceTable, assumptions: Assumptions) -> Table:
    """The cost that a model adds to a thousand turns."""
    added = {kind: with_models(played, prices, assumptions) for kind, played in kinds.items()}
    return _tabulate_additions("What a model adds to a thousand turns, USD", added, "waiting")


def readers_table(kinds: Mapping[str, Played], prices: PriceTable, assumptions: Assumptions) -> Table:
    """The cost that a second reader adds to a thousand turns."""
    added = {kind: with_readers(played, prices, assumptions) for kind, played in kinds.items()}
    return _tabulate_additions("What a second reader adds to a thousand turns, USD", added, "its stage")


def guardrail_table(kinds: Mapping[str, Played], prices: PriceTable, assumptions: Assumptions) -> Table:
    """The cost that a guardrail of Bedrock adds to a thousand turns."""
    table = _table("What a guardrail adds to a thousand turns, USD", "what", *kinds)
    judged = [guardrail_units(1000 * played.model_calls, 1000, assumptions) for played in kinds.values()]
    price = prices["guardrail-unit"]
    table.add_row(price.unit, *(f"{amount:,.0f}" for amount in judged))
    table.add_row("USD", *(f"{price.of(amount):.2f}" for amount in judged))
    return table


def _tabulate_additions(title: str, added: Mapping[str, Mapping[str, tuple[float, float]]], beside: str) -> Table:
    table = _table(title, "model", *(f"{kind}: tokens" for kind in added), beside)
    for model in next(iter(added.values())):
        waiting = " / ".join(f"{each[model][1]:.3f}" for each in added.values())
        table.add_row(model, *(f"{each[model][0]:.2f}" for each in added.values()), waiting)
    return table


def guests_table(prices: PriceTable) -> Table:
    """The cost of guests in a month, by who says who they are."""
    table = _table("Guests of a month, USD", "guests", "Cognito, Lite", "Cognito, Essentials", "tokens of our own")
    for guests in MANY:
        sums = of_pool(prices, "lite", guests), of_pool(prices, "essentials", guests)
        table.add_row(
            f"{guests:,}", *(f"{usd:,.0f}" for usd in (*sums, of_own_tokens(prices, guests, TokensOfOurOwn())))
        )
    return table


def standing_table(kinds: Mapping[str, Played], prices: PriceTable) -> Table:
    """The charges by the hour while anybody plays, and by the month for what is kept."""
    table = _table("While it is played, and for ever after, USD", "what", "amount", "USD")
    metrics = len({metric for played in kinds.values() for metric in played.metrics})
    hourly = prices["custom-metric"].of(metrics) / HOURS_PER_MONTH
    table.add_row("custom metrics, an hour with turns in it", f"{metrics} metrics", f"{hourly:.3f}")
    table.add_row("the same, every hour of a month", f"{metrics} metrics", f"{hourly * HOURS_PER_MONTH:.2f}")
    for kind, played in kinds.items():
        asked = played.tally.of_all_services()["api-request"]
        usd = prices["edge-request"].of(asked)
        table.add_row(
            f"1,000 turns ({kind}) through CloudFront, beyond what is free", f"{asked:,.0f} requests", f"{usd:.4f}"
        )
        kept = sum(played.kept_bytes.values()) / GB
        archived = played.tally.of_all_services().get("archive-gb", 0.0)
        monthly = prices["dynamodb-gb-month"].of(kept) + prices["recovery-gb-month"].of(kept)
        monthly += prices["archive-gb-month"].of(archived)
        size = f"{(kept + archived) * 1024:.1f} MB"
        table.add_row(f"1,000 turns ({kind}) in tables, backups and archive, a month", size, f"{monthly:.4f}")
    return table


def _compare(title: str, bills: Mapping[str, Iterable[Line]], key: Callable[[Line], str]) -> Table:
    sums: dict[str, dict[str, float]] = defaultdict(dict)
    for kind, lines in bills.items():
        for line in lines:
            sums[key(line)][kind] = sums[key(line)].get(kind, 0.0) + line.usd
    table = _table(title, "", *bills)
    for name, usd in sorted(sums.items(), key=lambda each: -max(each[1].values())):
        table.add_row(name, *(f"{usd.get(kind, 0.0):.4f}" for kind in bills))
    table.add_section()
    table.add_row("total", *(f"{sum(usd.get(kind, 0.0) for usd in sums.values()):.4f}" for kind in bills))
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1))
    for column in columns:
        right = column not in ("", "what", "unit", "model")
        table.add_column(column, justify="right" if right else "left", no_wrap=True)
    return table
