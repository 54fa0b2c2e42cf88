"""Deaths of cats by place and cause, and endings of stories."""

from __future__ import annotations

from collections import Counter
from functools import partial

from ninelives.analytics.report.bars import Bar, bars
from ninelives.analytics.report.exported import Export, Row
from ninelives.analytics.report.figure import Chart, Section, Table, Tile
from ninelives.analytics.report.matrix import Cell, matrix
from ninelives.analytics.report.palette import AMBER, CYAN, MAGENTA
from ninelives.analytics.report.places import name_places
from ninelives.analytics.report.wording import count, list_words, percent

LOST = """
WITH stays AS (
    SELECT campaign_id, turn_id, number, level, place AS after,
           CASE WHEN lag(number) OVER told = number - 1 THEN lag(place) OVER told END AS before,
           row_number() OVER told = 1 AS first
    FROM turns WHERE outcome = 'resolved' WINDOW told AS (PARTITION BY campaign_id ORDER BY number)
), steps AS (
    SELECT turn_id, position, kind, source AS cause, lag(kind) OVER played AS step, lag(target) OVER played AS reached
    FROM effects WHERE kind IN ('moved', 'life-lost') WINDOW played AS (PARTITION BY turn_id ORDER BY position)
)
SELECT coalesce(steps.cause, 'unknown') AS cause, stays.level,
       coalesce(CASE steps.step WHEN 'moved' THEN steps.reached WHEN 'life-lost' THEN stays.after END,
                stays.before, CASE WHEN stays.first THEN beginnings.place END, 'unknown') AS place
FROM steps JOIN stays USING (turn_id) LEFT JOIN beginnings USING (campaign_id)
WHERE steps.kind = 'life-lost' ORDER BY campaign_id, number, position
"""
"""Lives lost, and the place of each: the place last reached before it in the same turn, or where the turn before it
ended. (The turn itself ends in the haven where the cat woke.)"""

ENDINGS = """
SELECT coalesce(ending, 'unknown') AS ending, count(*) AS campaigns
FROM turns WHERE outcome = 'resolved' AND status = 'ended' GROUP BY ALL ORDER BY campaigns DESC, ending
"""

CAMPAIGNS = """
SELECT count(*) AS campaigns
FROM (SELECT campaign_id FROM turns UNION SELECT campaign_id FROM campaigns)
"""

RESOLVED = "SELECT level, count(*) AS turns FROM turns WHERE outcome = 'resolved' GROUP BY level ORDER BY level"
MOST_PLACES, MOST_CAUSES = 12, 10


def section(export: Export) -> Section:
    """Lives lost by place and cause, by level, and the endings."""
    lost, campaigns = export.rows(LOST), export.row(CAMPAIGNS)["campaigns"]
    title = "Where cats die"
    if not campaigns:
        return Section("deaths", title, "No campaign is in this export.")
    endings = export.rows(ENDINGS)
    ended = sum(row["campaigns"] for row in endings)
    tiles = (
        Tile(count(campaigns), "campaigns"),
        Tile(count(len(lost)), "lives lost"),
        Tile(count(ended), "stories ended"),
    )
    names = name_places(export)
    spots = Counter((names.get(row["place"]) or str(row["place"]), row["cause"]) for row in lost)
    figures = (_spots(spots), _levels(lost, export.rows(RESOLVED)), _endings(endings, campaigns))
    return Section("deaths", title, _answer(spots, len(lost)), tiles, figures)


def _answer(spots: Counter[tuple[str, str]], lost: int) -> str:
    if not lost:
        return "No cat lost a life in this window."
    (place, cause), times = _rank(spots)[0]
    return f"{count(lost, 'life', 'lives')} lost; the deadliest meeting is {cause} at {place}, with {count(times)}."


def _rank(spots: Counter[tuple[str, str]]) -> list[tuple[tuple[str, str], int]]:
    return sorted(spots.items(), key=lambda item: (-item[1], item[0]))


def _spots(spots: Counter[tuple[str, str]]) -> Chart:
    ranked, title = _rank(spots), "Place and cause"
    table = Table(("place", "cause", "lives"), tuple((place, cause, count(times)) for (place, cause), times in ranked))
    if not ranked:
        return Chart("lives-by-place", title, "No life was lost.", table)
    places, causes, total = Counter[str](), Counter[str](), sum(spots.values())
    for (place, cause), times in ranked:
        places[place] += times
        causes[cause] += times
    rows, columns = _most(places, MOST_PLACES), _most(causes, MOST_CAUSES)
    says = (
        f"{percent(places[rows[0]], total)} of the lives were lost at {rows[0]}; "
        f"{columns[0]} took the most, {percent(causes[columns[0]], total)}."
    )
    cells = [Cell(place, cause, times) for (place, cause), times in ranked if place in rows and cause in columns]
    return Chart("lives-by-place", title, says, table, partial(matrix, cells, rows, columns))


def _most(counted: Counter[str], most: int) -> list[str]:
    return sorted(counted, key=lambda name: (-counted[name], name))[:most]


def _levels(lost: list[Row], resolved: list[Row]) -> Chart:
    by_level = Counter(row["level"] for row in lost)
    played = {row["level"]: row["turns"] for row in resolved}
    rates = [(level, by_level[level], 100 * by_level[level] / played[level]) for level in sorted(played)]
    table = Table(
        ("level", "lives lost", "turns", "lives per 100 turns"),
        tuple((str(level), count(lives), count(played[level]), f"{rate:.1f}") for level, lives, rate in rates),
    )
    title, note = "Lives lost by level", "The level at the end of the turn. Numbers: lives per 100 turns played at it."
    if not lost:
        return Chart("lives-by-level", title, "No life was lost.", table, half=True)
    level, _, worst = max(rates, key=lambda rate: (rate[2], -rate[0]))
    says = f"Level {level} is the most dangerous, with {worst:.1f} lives per 100 turns."
    rows = [_level(*rate) for rate in rates]
    return Chart("lives-by-level", title, says, table, partial(bars, rows), half=True, note=note)


def _level(level: int, lives: int, rate: float) -> Bar:
    lost = count(lives, "life", "lives")
    return Bar(f"level {level}", rate, f"{rate:.1f}  ({lost})", f"level {level}: {lost}", MAGENTA)


def _endings(endings: list[Row], campaigns: int) -> Chart:
    ended = sum(row["campaigns"] for row in endings)
    shown = [(row["ending"], row["campaigns"], AMBER) for row in endings]
    shown.append(("still playing", campaigns - ended, CYAN))
    table = Table(
        ("ending", "campaigns", "share"),
        tuple((name, count(number), percent(number, campaigns)) for name, number, _ in shown),
    )
    told = [f"{count(row['campaigns'])} with “{row['ending']}”" for row in endings[:3]]
    says = f"{count(ended)} of {count(campaigns, 'campaign')} ended" + (f": {list_words(told)}." if told else ".")
    rows = [_ending(name, number, percent(number, campaigns), tone) for name, number, tone in shown]
    return Chart("endings", "How stories end", says, table, partial(bars, rows), half=True)


def _ending(name: str, number: int, share: str, tone: str) -> Bar:
    return Bar(name, number, f"{count(number)}  ({share})", f"{name}: {count(number, 'campaign')}", tone)
