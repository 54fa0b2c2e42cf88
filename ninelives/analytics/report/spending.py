"""The cost of the model: per turn, per hour that somebody plays, and as a campaign grows."""

from __future__ import annotations

from functools import partial

from ninelives.analytics.report.bars import Bar, bars
from ninelives.analytics.report.exported import Export, Row
from ninelives.analytics.report.figure import Chart, Section, Table, Tile
from ninelives.analytics.report.palette import CYAN, MAGENTA
from ninelives.analytics.report.ranges import Range, ranges
from ninelives.analytics.report.tokens import Tokens, tokens
from ninelives.analytics.report.wording import count, dollars, duration, percent

PAUSE_MINUTES = 30
LEAST_HOURS = 1 / 6
"""An hour's cost is not told from less play than this."""

TOLD = "FROM turns WHERE outcome = 'resolved'"

TOTALS = f"""
SELECT count(*) AS turns, coalesce(sum(micro_dollars), 0) AS cost, coalesce(sum(input_tokens), 0) AS input,
       coalesce(sum(cached_tokens), 0) AS cached, coalesce(sum(output_tokens), 0) AS output {TOLD}
"""

MODELS = f"""
SELECT coalesce(model, 'no model') AS model, count(*) AS turns, sum(micro_dollars) AS cost,
       quantile_cont(micro_dollars, 0.5) AS p50, quantile_cont(micro_dollars, 0.95) AS p95,
       quantile_cont(micro_dollars, 0.99) AS p99,
       sum(input_tokens) AS input, sum(cached_tokens) AS cached, sum(output_tokens) AS output
{TOLD} GROUP BY ALL ORDER BY cost DESC, model
"""

SESSIONS = """
WITH played AS (
    SELECT owner, turn_id, epoch_ms(accepted_at) AS began, epoch_ms(accepted_at) + coalesce(milliseconds, 0) AS ended,
           coalesce(micro_dollars, 0) AS cost
    FROM turns WHERE accepted_at IS NOT NULL AND owner IS NOT NULL
), marked AS (
    SELECT *, began - max(ended) OVER (PARTITION BY owner ORDER BY began, turn_id
                                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) > $pause AS pause
    FROM played
), numbered AS (
    SELECT *, count(*) FILTER (pause) OVER (PARTITION BY owner ORDER BY began, turn_id) AS session FROM marked
), sessions AS (
    SELECT (max(ended) - min(began)) / 60000 AS minutes, count(*) AS turns, sum(cost) AS cost
    FROM numbered GROUP BY owner, session
)
SELECT CASE WHEN minutes <= 10 THEN 0 WHEN minutes <= 30 THEN 1 WHEN minutes <= 60 THEN 2
            WHEN minutes <= 120 THEN 3 ELSE 4 END AS length,
       count(*) AS sessions, sum(turns) AS turns, sum(minutes) AS minutes, sum(cost) AS cost
FROM sessions GROUP BY length ORDER BY length
"""
LENGTHS = ("up to 10 min", "10 to 30 min", "30 to 60 min", "1 to 2 h", "over 2 h")

BY_AGE = f"""
SELECT (number - 1) // $step AS part, count(*) AS turns, quantile_cont(micro_dollars, 0.5) AS p50,
       quantile_cont(micro_dollars, 0.95) AS p95, quantile_cont(micro_dollars, 0.99) AS p99
{TOLD} AND model IS NOT NULL GROUP BY part ORDER BY part
"""
LONGEST = f"SELECT coalesce(max(number), 0) AS number {TOLD}"
MOST_PARTS = 12
AXIS = "'$' + format(datum.value / 1e6, '~f')"


def section(export: Export) -> Section:
    """Cost per turn by model, tokens, cost per player-hour, and cost by the age of a campaign."""
    totals = export.row(TOTALS)
    title = "What the model costs"
    if not totals["turns"]:
        return Section("cost", title, "No resolved turn is in this export.")
    sessions = export.rows(SESSIONS, pause=PAUSE_MINUTES * 60_000)
    hours = sum(row["minutes"] for row in sessions) / 60
    spent_playing = sum(row["cost"] for row in sessions)
    per_turn = totals["cost"] / totals["turns"]
    per_hour = dollars(spent_playing / hours) if hours >= LEAST_HOURS else None
    tiles = (
        Tile(dollars(per_turn), "per resolved turn"),
        Tile(dollars(1000 * per_turn), "per 1,000 turns"),
        Tile(per_hour or "–", "per player-hour"),
        Tile(dollars(totals["cost"]), "in this window"),
    )
    if not totals["cost"]:
        says = f"Nothing was paid for {count(totals['turns'], 'turn')}: no priced model told any of them."
    else:
        says = f"A turn costs {dollars(per_turn)} on average" + (f", an hour of play {per_hour}." if per_hour else ".")
    models = export.rows(MODELS)
    figures = (_models(models), _tokens(models, totals), _sessions(sessions, hours), _by_age(export))
    return Section("cost", title, says, tiles, figures)


def _models(models: list[Row]) -> Chart:
    table = Table(
        ("model", "turns", "mean", "p50", "p95", "p99", "sum"),
        tuple(
            (row["model"], count(row["turns"]), dollars(row["cost"] / row["turns"]), *_texts(row), dollars(row["cost"]))
            for row in models
        ),
    )
    title, note = (
        "Cost per turn, by model",
        "The model that answered last; micro-dollars from a price table, not from a bill.",
    )
    paid = [row for row in models if row["cost"]]
    if not paid:
        return Chart("cost-by-model", title, "No priced model answered.", table, note=note)
    total, first = sum(row["cost"] for row in paid), paid[0]
    says = (
        f"{first['model']} has {percent(first['cost'], total)} of the cost: half of its turns stay within "
        f"{dollars(first['p50'])}, 95 % within {dollars(first['p95'])}."
    )
    rows = [Range(row["model"], _values(row), _texts(row)) for row in paid]
    return Chart("cost-by-model", title, says, table, partial(ranges, rows, labels=AXIS), note=note)


def _tokens(models: list[Row], totals: Row) -> Chart:
    table = Table(
        ("model", "read", "read from the cache", "written", "per turn"),
        tuple(
            (
                row["model"],
                count(row["input"]),
                count(row["cached"]),
                count(row["output"]),
                count(round((row["input"] + row["cached"] + row["output"]) / row["turns"])),
            )
            for row in models
        ),
    )
    title = "Tokens per turn"
    using = [row for row in models if row["input"] + row["cached"] + row["output"]]
    if not using:
        return Chart("tokens", title, "No tokens were used.", table)
    read = totals["input"] + totals["cached"]
    says = (
        f"{percent(totals['cached'], read)} of the {count(read)} tokens read came from the prompt cache; "
        f"{count(totals['output'])} were written."
    )
    rows = [
        Tokens(row["model"], *(row[kind] / row["turns"] for kind in ("cached", "input", "output"))) for row in using
    ]
    return Chart("tokens", title, says, table, partial(tokens, rows))


def _sessions(sessions: list[Row], hours: float) -> Chart:
    table = Table(
        ("sessions that last", "sessions", "turns", "hours", "cost", "per player-hour"),
        tuple(
            (
                LENGTHS[row["length"]],
                count(row["sessions"]),
                count(int(row["turns"])),
                f"{row['minutes'] / 60:.1f}",
                dollars(row["cost"]),
                dollars(_rate(row)) if row["minutes"] else "–",
            )
            for row in sessions
        ),
    )
    title = "Cost per player-hour"
    note = (
        f"A player's session lasts from its first accepted turn to its last answer; more than {PAUSE_MINUTES} minutes "
        "without a turn end it. Failed turns are part of the time."
    )
    if hours < LEAST_HOURS:
        says = f"{duration(hours * 3_600_000)} of play are too little to say what an hour costs."
        return Chart("cost-per-hour", title, says, table, note=note)
    dearest = max(sessions, key=lambda row: (_rate(row), row["length"]))
    all_sessions = sum(row["sessions"] for row in sessions)
    says = (
        f"{count(all_sessions, 'session')} lasted {hours:.1f} hours in all. "
        f"Dearest are those of {LENGTHS[dearest['length']]}, at {dollars(_rate(dearest))} an hour."
    )
    rows = [
        Bar(
            LENGTHS[row["length"]],
            _rate(row),
            f"{dollars(_rate(row))} an hour",
            f"{count(row['sessions'], 'session')}, {row['minutes'] / 60:.1f} hours, {dollars(row['cost'])}",
            MAGENTA if row is dearest else CYAN,
        )
        for row in sessions
    ]
    return Chart("cost-per-hour", title, says, table, partial(bars, rows), note=note)


def _by_age(export: Export) -> Chart:
    longest = export.row(LONGEST)["number"]
    step = max(1, -(-longest // MOST_PARTS))
    parts = export.rows(BY_AGE, step=step)
    names = [_part(row["part"], step) for row in parts]
    table = Table(
        ("turns of a campaign", "turns", "p50", "p95", "p99"),
        tuple((name, count(row["turns"]), *_texts(row)) for name, row in zip(names, parts, strict=True)),
    )
    title = "Cost as a campaign grows"
    if not parts:
        return Chart("cost-by-age", title, "No model told a turn.", table)
    if len(parts) == 1:
        says = f"All turns told by a model are {names[0]} of their campaign: too few to see a trend."
    else:
        change = parts[-1]["p50"] / parts[0]["p50"] if parts[0]["p50"] else 1.0
        says = f"The median of {names[-1]} is {change:.2f} times that of {names[0]}."
    rows = [Range(name, _values(row), _texts(row)) for name, row in zip(names, parts, strict=True)]
    return Chart("cost-by-age", title, says, table, partial(ranges, rows, labels=AXIS))


def _part(number: int, step: int) -> str:
    return f"turn {number + 1}" if step == 1 else f"turns {number * step + 1}–{(number + 1) * step}"


def _rate(row: Row) -> float:
    """Micro-dollars per hour."""
    return float(row["cost"] / row["minutes"] * 60) if row["minutes"] else 0.0


def _values(row: Row) -> tuple[float, float, float]:
    return row["p50"], row["p95"], row["p99"]


def _texts(row: Row) -> tuple[str, str, str]:
    return dollars(row["p50"]), dollars(row["p95"]), dollars(row["p99"])
