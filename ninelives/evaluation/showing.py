"""A scorecard on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table

from ninelives.evaluation.scorecard import Scorecard
from ninelives.evaluation.statistics import Rate


def show_card(card: Scorecard) -> RenderableType:
    """Rates with their intervals, the chance of passing again and again, the bill."""
    return Group(*_tables(card))


def _tables(card: Scorecard) -> Iterator[RenderableType]:
    rates = Table(title=f"{card.master}, each entry played {card.k} times", title_justify="left")
    for heading in ("", "rate", "of", "95 % (Wilson)"):
        rates.add_column(heading, justify="left" if not heading else "right")
    for name, each in card.rates.items():
        rates.add_row(name, *_cells(each))
    yield rates
    again = Table(title="pass^k", title_justify="left")
    again.add_column("suite")
    for k in range(1, card.k + 1):
        again.add_column(str(k), justify="right")
    for suite, chances in card.pass_hat.items():
        again.add_row(suite, *(f"{chance:.2f}" for chance in chances))
    yield again
    yield ", ".join(f"{name} {figure:,.2f}".removesuffix(".00") for name, figure in card.totals.items())


def _cells(each: Rate) -> tuple[str, str, str]:
    low, high = each.interval
    return f"{each.value:.1%}" if each.value is not None else "–", str(each.count), f"{low:.1%} … {high:.1%}"
