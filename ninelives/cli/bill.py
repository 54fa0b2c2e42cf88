"""`ninelives bill`: what the system costs, at rest and per thousand turns, from counted work."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from infra.errors import UserError
from ninelives.cli.progress import step

if TYPE_CHECKING:
    from ninelives.analytics.cost.prices import PriceTable
    from ninelives.analytics.cost.resting import Resting

console = Console(highlight=False, width=max(Console().width, 100))  # tables stay whole in a narrow window


def bill(
    turns: Annotated[int, typer.Option(min=5, max=5000, help="How many turns of each kind to play and count.")] = 30,
    at_rest: Annotated[bool, typer.Option("--at-rest", help="Only what a month without players costs.")] = False,
) -> None:
    """Compute the bill: count the templates, play turns with everything counted, and price the sums."""
    from ninelives.analytics.cost import report
    from ninelives.analytics.cost.assembly import synthesise
    from ninelives.analytics.cost.assumptions import Assumptions
    from ninelives.analytics.cost.playing import rehearse
    from ninelives.analytics.cost.prices import price_table
    from ninelives.analytics.cost.resting import at_rest as resting_of

    prices, assumptions = price_table(), Assumptions()
    with tempfile.TemporaryDirectory() as scratch:
        with step("Synthesising the stacks for AWS"):
            assembly = synthesise(Path(scratch))
        _show_resting(resting_of(assembly, assumptions), prices)
        if at_rest:
            return
        try:
            with step(f"Playing {turns} turns with tools and {turns} without"):
                out = Path(scratch) / "out"
                kinds = {
                    "with tools": rehearse(turns, assembly=out),
                    "story only": rehearse(turns, plain=True, assembly=out),
                }
        except UserError as error:
            raise UserError(f"The turns could not be played: {error}") from error
    console.print(report.playing_table(kinds, prices))
    console.print(report.priced_table(kinds, prices))
    console.print(report.amounts_table(kinds, prices))
    console.print(report.models_table(kinds, prices, assumptions))
    console.print(report.readers_table(kinds, prices, assumptions))
    console.print(report.guardrail_table(kinds, prices, assumptions))
    console.print(report.standing_table(kinds, prices))
    console.print(report.guests_table(prices))


def _show_resting(resting: Resting, prices: PriceTable) -> None:
    from ninelives.analytics.cost import report

    console.print(f"\nPrices: {prices.region}, {prices.as_of}. {prices.source}\n")
    console.print(report.resting_table(resting, prices))
    idle = ", ".join(f"{count} {kind.split('::')[1]} {kind.split('::')[2]}" for kind, count in resting.idle())
    console.print(f"[dim]Nothing while idle and empty: {idle}.[/]\n")
    for kind, count in sorted(resting.unpriced.items()):
        console.print(f"[yellow]No price is known for {count} {kind}: the bill is too low.[/]")
