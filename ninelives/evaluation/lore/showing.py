"""A run of retrieval as a table."""

from __future__ import annotations

from collections.abc import Mapping

from rich.table import Table

from ninelives.evaluation.lore.measuring import Cost, Found


def show_table(title: str, found: Mapping[str, Found], costs: Mapping[str, Cost]) -> Table:
    """One row a ranker."""
    table = Table(title=title, title_justify="left")
    table.add_column("", no_wrap=True)
    for heading in ("nDCG@10", "recall@5", "questions/s", "built in ms", "memory, MB"):
        table.add_column(heading, justify="right")
    for name, each in found.items():
        cost = costs[name]
        table.add_row(
            name,
            f"{each.ndcg:.3f}",
            f"{each.recall:.3f}",
            f"{cost.questions_per_second:,.0f}",
            f"{cost.build_seconds * 1000:,.0f}",
            f"{cost.bytes / 1_000_000:.1f}",
        )
    return table
