"""The time that turns and their stages take."""

from __future__ import annotations

from functools import partial

from ninelives.analytics.report.exported import Export, Row
from ninelives.analytics.report.figure import Chart, Section, Table, Tile
from ninelives.analytics.report.ranges import Range, ranges
from ninelives.analytics.report.spans import TimeSpan, bucket, over_time
from ninelives.analytics.report.wording import count, duration, moment, percent

STAGES = """
SELECT stage, min(position) AS first, count(*) AS visits, sum(milliseconds) AS spent,
       quantile_cont(milliseconds, 0.5) AS p50, quantile_cont(milliseconds, 0.95) AS p95,
       quantile_cont(milliseconds, 0.99) AS p99,
       count(*) FILTER (attempts > 1) AS retried, count(*) FILTER (error IS NOT NULL) AS gave_up
FROM stages GROUP BY stage ORDER BY first, stage
"""

TURNS = """
SELECT count(*) AS turns, sum(milliseconds) AS spent,
       quantile_cont(milliseconds, 0.5) AS p50, quantile_cont(milliseconds, 0.95) AS p95,
       quantile_cont(milliseconds, 0.99) AS p99,
       min(epoch_ms(accepted_at)) AS first, max(epoch_ms(accepted_at)) AS last
FROM turns WHERE milliseconds IS NOT NULL
"""

STAGED = """
SELECT coalesce(sum(milliseconds), 0) AS spent FROM turns WHERE turn_id IN (SELECT turn_id FROM stages)
"""

OVER_TIME = """
SELECT epoch_ms(accepted_at) // $bucket * $bucket AS since, count(*) AS turns,
       quantile_cont(milliseconds, 0.5) AS p50, quantile_cont(milliseconds, 0.95) AS p95,
       quantile_cont(milliseconds, 0.99) AS p99
FROM turns WHERE milliseconds IS NOT NULL AND accepted_at IS NOT NULL GROUP BY since ORDER BY since
"""

QUANTILES = ("p50", "p95", "p99")
AXIS = "datum.value >= 1000 ? datum.value / 1000 + ' s' : datum.value + ' ms'"


def section(export: Export) -> Section:
    """Stages, and whole turns over time."""
    turns = export.row(TURNS)
    if not turns["turns"]:
        return Section("latency", "How long a turn takes", "No finished turn is in this export.")
    tiles = tuple(Tile(duration(turns[name]), f"{name} of whole turns") for name in QUANTILES)
    says = (
        f"Half of the turns are over within {duration(turns['p50'])}, 95 % within {duration(turns['p95'])} "
        f"and 99 % within {duration(turns['p99'])}."
    )
    return Section(
        "latency", "How long a turn takes", says, tiles, (_stages(export, turns["p95"]), _over_time(export, turns))
    )


def _stages(export: Export, turn_p95: float) -> Chart:
    stages, spent = export.rows(STAGES), export.row(STAGED)["spent"]
    table = Table(
        ("stage", "visits", "p50", "p95", "p99", "of turn time", "retried", "gave up"),
        tuple(
            (
                row["stage"],
                count(row["visits"]),
                *(duration(row[name]) for name in QUANTILES),
                percent(row["spent"], spent),
                percent(row["retried"], row["visits"]),
                percent(row["gave_up"], row["visits"]),
            )
            for row in stages
        ),
    )
    title = "Latency by stage"
    if not stages:
        return Chart("stage-latency", title, "No stage timings are in this export.", table)
    rows = [Range(row["stage"], _values(row), _texts(row)) for row in stages]
    note = "Waits between tries are a stage's time, too. Tools of one round run side by side: shares may exceed 100 %."
    draw = partial(ranges, rows, labels=AXIS, decades=True)
    return Chart("stage-latency", title, _heaviest(stages, spent, turn_p95), table, draw, note=note)


def _heaviest(stages: list[Row], spent: int, turn_p95: float) -> str:
    heaviest = max(stages, key=lambda row: (row["spent"], row["stage"]))
    visits, retried = sum(row["visits"] for row in stages), sum(row["retried"] for row in stages)
    return (
        f"{heaviest['stage']} takes {percent(heaviest['spent'], spent)} of the time of all turns; "
        f"its p95, {duration(heaviest['p95'])}, is {percent(heaviest['p95'], turn_p95)} of a turn's. "
        f"{percent(retried, visits)} of all stages were retried."
    )


def _over_time(export: Export, turns: Row) -> Chart:
    width = bucket(turns["first"], turns["last"])
    rows = export.rows(OVER_TIME, bucket=width.milliseconds)
    table = Table(
        ("from", "turns", *QUANTILES),
        tuple((moment(row["since"]), count(row["turns"]), *_texts(row)) for row in rows),
    )
    title = f"Whole turns, by {width.name}"
    if not rows:
        return Chart("turn-latency", title, "When these turns were accepted is not in the window.", table)
    slowest = max(rows, key=lambda row: (row["p95"], row["since"]))
    says = (
        f"The slowest {width.name} began at {moment(slowest['since'])}: "
        f"p95 {duration(slowest['p95'])} of {count(slowest['turns'], 'turn')}."
    )
    spans = [TimeSpan(row["since"], moment(row["since"]), row["turns"], _values(row), _texts(row)) for row in rows]
    note = "From acceptance to the answer or to giving up, placed where the turn was accepted."
    return Chart("turn-latency", title, says, table, partial(over_time, spans, width), note=note)


def _values(row: Row) -> tuple[float, float, float]:
    return row["p50"], row["p95"], row["p99"]


def _texts(row: Row) -> tuple[str, str, str]:
    return duration(row["p50"]), duration(row["p95"]), duration(row["p99"])
