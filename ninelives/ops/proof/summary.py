"""A verdict on the dice for a person to read."""

from __future__ import annotations

from rich import box
from rich.table import Table

from ninelives.ops.proof.verification import Verdict


def in_one_line(verdict: Verdict) -> str:
    """The verdict in a line."""
    played = f"{verdict.campaign_id}: {verdict.turns} turns, {verdict.rolls} rolls"
    if verdict.origin:
        played += f" since it left {verdict.origin.campaign_id} after turn {verdict.origin.turn}"
    if verdict.mismatches:
        return f"{played}, {verdict.verified} verified, {len(verdict.mismatches)} mismatches."
    if not verdict.seed_is_public:
        return f"{played}. The seed is not public before the story ends; until then no face can be verified."
    return f"{played}, all {verdict.verified} verified with the seed that was committed to."


def by_size(verdict: Verdict) -> Table:
    """The dice by their size: how many were thrown, and their mean beside a fair die's."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    for column in ("die", "thrown", "mean", "fair"):
        table.add_column(column, justify="right")
    for sides in sorted({sides for sides, _ in verdict.faces}):
        counts = {face: count for (size, face), count in verdict.faces.items() if size == sides}
        thrown = sum(counts.values())
        mean = sum(face * count for face, count in counts.items()) / thrown
        table.add_row(f"d{sides}", str(thrown), f"{mean:.2f}", f"{(sides + 1) / 2:.1f}")
    return table
