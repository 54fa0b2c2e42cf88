"""The ends of the turns that were accepted."""

from __future__ import annotations

from functools import partial

from ninelives.analytics.report.bars import Bar, bars
from ninelives.analytics.report.exported import Export, Row
from ninelives.analytics.report.figure import Chart, Section, Table, Tile
from ninelives.analytics.report.palette import AMBER, CYAN, MAGENTA, SLATE
from ninelives.analytics.report.wording import count, list_words, percent

ENDS = """
SELECT count(*) AS accepted,
       count(*) FILTER (outcome = 'resolved') AS resolved,
       count(*) FILTER (outcome = 'resolved' AND told_by = 'model' AND repairs = 0) AS model,
       count(*) FILTER (outcome = 'resolved' AND told_by = 'model' AND repairs > 0) AS repaired,
       count(*) FILTER (outcome = 'resolved' AND told_by = 'understudy') AS understudy,
       count(*) FILTER (outcome = 'failed') AS failed,
       count(*) FILTER (outcome = 'open') AS open,
       count(*) FILTER (accepted_at IS NULL) AS before
FROM turns
"""

FAILURES = """
SELECT coalesce(stage, 'unknown') AS stage, coalesce(error, 'unknown') AS error, count(*) AS turns
FROM turns WHERE outcome = 'failed' GROUP BY ALL ORDER BY turns DESC, stage, error
"""

STEPS = (
    ("accepted", "Accepted", SLATE),
    ("resolved", "Resolved", CYAN),
    ("model", "· by the model at once", CYAN),
    ("repaired", "· after a repair", CYAN),
    ("understudy", "· by the understudy", CYAN),
    ("failed", "Failed", MAGENTA),
    ("open", "Open", AMBER),
)
MOST_FAILURES = 12


def section(export: Export) -> Section:
    """The ends of turns, and the stages where the failed ones end."""
    ends = export.row(ENDS)
    accepted = ends["accepted"]
    if not accepted:
        return Section("funnel", "How turns end", "No turn is in this export.")
    tiles = (
        Tile(count(accepted), "turns accepted"),
        Tile(percent(ends["resolved"], accepted), "resolved"),
        Tile(percent(ends["understudy"], ends["resolved"]), "of them by the understudy"),
        Tile(percent(ends["repaired"], ends["resolved"]), "of them after a repair"),
    )
    return Section("funnel", "How turns end", _answer(ends), tiles, (_ends(ends), _failures(export)))


def _answer(ends: Row) -> str:
    others = [
        f"{count(ends[kind])} {word}" for kind, word in (("failed", "failed"), ("open", "are open")) if ends[kind]
    ]
    told = f"Of {count(ends['accepted'], 'accepted turn')}, {percent(ends['resolved'], ends['accepted'])} resolved"
    return f"{told}; {list_words(others)}." if others else f"{told}."


def _ends(ends: Row) -> Chart:
    accepted = ends["accepted"]
    shown = [(name, ends[key], percent(ends[key], accepted), tone) for key, name, tone in STEPS]
    rows = [_step(*step) for step in shown]
    note = "A failed turn changed nothing. Open: neither its end nor its failure is in the window."
    if ends["before"]:
        note += f" {count(ends['before'], 'turn')} were accepted before the window and are counted with it."
    return Chart(
        "turn-funnel",
        "From accepted to told",
        f"The model told {percent(ends['model'], accepted)} of all turns at its first try, "
        f"{percent(ends['repaired'], accepted)} after a repair; "
        f"the understudy stepped in for {percent(ends['understudy'], accepted)}.",
        Table(("turns", "number", "of accepted"), tuple((name.strip("· "), count(n), p) for name, n, p, _ in shown)),
        partial(bars, rows),
        note=note,
    )


def _step(name: str, number: int, share: str, tone: str) -> Bar:
    return Bar(name, number, f"{count(number)}  ({share})", f"{name}: {count(number, 'turn')}, {share}", tone)


def _failures(export: Export) -> Chart:
    failures = export.rows(FAILURES)
    table = Table(
        ("stage", "error", "turns"), tuple((row["stage"], row["error"], count(row["turns"])) for row in failures)
    )
    title = "Where turns were given up"
    if not failures:
        return Chart("turn-failures", title, "No turn failed.", table)
    total, worst = sum(row["turns"] for row in failures), failures[0]
    share = "All" if worst["turns"] == total else percent(worst["turns"], total)
    return Chart(
        "turn-failures",
        title,
        f"{share} of the failed turns ended at {worst['stage']} with {worst['error']}.",
        table,
        partial(bars, [_failure(row) for row in failures[:MOST_FAILURES]]),
    )


def _failure(row: Row) -> Bar:
    name = f"{row['stage']}: {row['error']}"
    return Bar(name, row["turns"], count(row["turns"]), f"{name}, {count(row['turns'], 'turn')}", MAGENTA)
