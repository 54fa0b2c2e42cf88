"""Deeds of players: what changed in their campaigns, and where they went."""

from __future__ import annotations

from functools import partial

from ninelives.analytics.report.bars import Bar, bars
from ninelives.analytics.report.exported import Export, Row
from ninelives.analytics.report.figure import Chart, Section, Table
from ninelives.analytics.report.palette import CYAN
from ninelives.analytics.report.places import name_places
from ninelives.analytics.report.wording import count, percent

KINDS = """
SELECT kind, count(*) AS effects, count(DISTINCT turn_id) AS turns FROM effects
WHERE kind NOT IN ('turn-began', 'action-spent', 'round-passed') GROUP BY kind ORDER BY effects DESC, kind
"""

VISITS = """
SELECT target AS place, count(*) AS visits, count(DISTINCT campaign_id) AS cats
FROM effects WHERE kind = 'moved' GROUP BY place ORDER BY visits DESC, place
"""

RESOLVED = "SELECT count(*) AS turns FROM turns WHERE outcome = 'resolved'"
MOST = 14


def section(export: Export) -> Section:
    """Effects by kind, and places visited."""
    kinds, visits, turns = export.rows(KINDS), export.rows(VISITS), export.row(RESOLVED)["turns"]
    title = "What players do"
    if not kinds:
        return Section("deeds", title, "No effect is in this export.")
    total = sum(row["effects"] for row in kinds)
    says = f"{count(total, 'effect')} were applied in {count(turns, 'turn')}, {total / max(turns, 1):.1f} a turn."
    return Section("deeds", title, says, (), (_kinds(kinds, turns), _visits(visits, name_places(export))))


def _kinds(kinds: list[Row], turns: int) -> Chart:
    table = Table(
        ("effect", "applied", "of turns"),
        tuple((row["kind"], count(row["effects"]), percent(row["turns"], turns)) for row in kinds),
    )
    first = kinds[0]
    says = f"The most frequent is “{first['kind']}”, in {percent(first['turns'], turns)} of the turns."
    note = "Without what every turn does: its beginning, its action, its round of a fight."
    rows = [_bar(row["kind"], row["effects"], f"in {percent(row['turns'], turns)} of turns") for row in kinds[:MOST]]
    return Chart("effects", "Effects", says, table, partial(bars, rows), half=True, note=note)


def _visits(visits: list[Row], names: dict[str, str]) -> Chart:
    shown = [
        (names.get(row["place"]) or str(row["place"]), row["visits"], count(row["cats"], "campaign")) for row in visits
    ]
    table = Table(("place", "arrivals", "by"), tuple((name, count(number), cats) for name, number, cats in shown))
    title = "Places"
    if not shown:
        return Chart("visits", title, "Nobody went anywhere.", table, half=True)
    total = sum(number for _, number, _ in shown)
    name, most, _ = shown[0]
    says = f"{count(total, 'arrival')} at {count(len(shown), 'place')}; {name} saw the most, {percent(most, total)}."
    rows = [_bar(name, number, f"by {cats}") for name, number, cats in shown[:MOST]]
    return Chart("visits", title, says, table, partial(bars, rows), half=True)


def _bar(name: str, number: int, more: str) -> Bar:
    return Bar(name, number, count(number), f"{name}: {count(number)}, {more}", CYAN)
