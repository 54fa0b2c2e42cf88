"""Are the dice fair, and do rolls succeed as often as they should?"""

from __future__ import annotations

from collections import defaultdict
from functools import partial

from ninelives.analytics.report.checks import ReportCheck, checks
from ninelives.analytics.report.exported import Export
from ninelives.analytics.report.faces import faces
from ninelives.analytics.report.fairness import Judgement, judge
from ninelives.analytics.report.figure import Chart, Section, Table, Tile
from ninelives.analytics.report.wording import count, list_words, percent, probability

FACES = """
SELECT sides, face, count(*) AS seen FROM (SELECT sides, unnest(faces) AS face FROM rolls)
GROUP BY sides, face ORDER BY sides, face
"""

CHECKS = """
WITH thrown AS (
    SELECT target, outcome IN ('critical', 'success') AS hit, len(faces) AS dice, kept[1] AS face,
           list_max(faces) AS best, list_min(faces) AS worst,
           least(19, greatest(1, 21 - (target - modifier))) / 20 AS p
    FROM rolls WHERE sides = 20 AND target IS NOT NULL AND outcome IS NOT NULL
), weighed AS (
    SELECT target, hit, CASE WHEN dice = 1 OR best = worst THEN p
                             WHEN face = best THEN 1 - (1 - p) * (1 - p) ELSE p * p END AS due
    FROM thrown
)
SELECT target, count(*) AS rolls, count(*) FILTER (hit) AS successes, round(sum(due), 6) AS due
FROM weighed GROUP BY target ORDER BY target
"""
"""`due` by the rules: a 20 always succeeds, a 1 never; of two dice the better or the worse counts (when both show the
same it cannot be told which, and the plain chance is taken)."""


def section(export: Export) -> Section:
    """Every die that was thrown, also those an edge dropped; and the rolls against a target."""
    judged, title = _judge(export), "Are the dice fair?"
    if not judged:
        return Section("dice", title, "No roll is in this export.")
    thrown = sum(die.thrown for die in judged)
    checked = [ReportCheck(row["target"], row["rolls"], row["successes"], row["due"]) for row in export.rows(CHECKS)]
    tiles = (
        Tile(count(thrown), "dice thrown"),
        *(Tile(f"d{die.sides}", die.verdict if die.verdict != "too few" else "too few to say") for die in judged),
    )
    figures = (*(_die(die) for die in judged), *((_success(checked),) if checked else ()))
    return Section("dice", title, _answer(judged, thrown), tiles, figures)


def _judge(export: Export) -> list[Judgement]:
    """A judgement of each size of die, smallest first."""
    seen: dict[int, dict[int, int]] = defaultdict(dict)
    for row in export.rows(FACES):
        seen[row["sides"]][row["face"]] = row["seen"]
    return [judge([by_face.get(face, 0) for face in range(1, sides + 1)], len(seen)) for sides, by_face in seen.items()]


def _answer(judged: list[Judgement], thrown: int) -> str:
    dice = count(thrown, "die", "dice")
    loaded, unusual = (_name_dice(judged, verdict) for verdict in ("loaded", "unusual"))
    enough = [die for die in judged if die.verdict != "too few"]
    if loaded:
        return f"No: of {dice}, {list_words(loaded)} came out as a fair one practically never does."
    if not enough:
        return f"{dice} are too few to say."
    if unusual:
        return f"Probably: of {dice}, only {list_words(unusual)} came out in an unusual way."
    return f"{dice} give no reason to doubt it."


def _name_dice(judged: list[Judgement], verdict: str) -> list[str]:
    return [f"the d{die.sides}" for die in judged if die.verdict == verdict]


def _die(die: Judgement) -> Chart:
    low, high = die.band
    rows = tuple(
        (str(face), count(seen), f"{die.expected:.1f}", "" if low <= seen <= high else "outside")
        for face, seen in enumerate(die.counts, 1)
    )
    figure = (
        f"d{die.sides}-faces",
        f"d{die.sides}",
        _verdict(die),
        Table(("face", "came", "expected", "band"), rows),
        partial(faces, die),
    )
    note = (
        f"χ² = {die.statistic:.2f} on {die.sides - 1} degrees of freedom, p = {probability(die.p)}. "
        f"The faces of a fair die all lie between {low:.1f} and {high:.1f}, the shaded band, in 95 of 100 such samples."
    )
    return Chart(*figure, half=True, note=note)


def _verdict(die: Judgement) -> str:
    thrown, p = count(die.thrown, "throw"), probability(die.p)
    most = max(range(die.sides), key=lambda face: die.counts[face])
    match die.verdict:
        case "too few":
            return f"{thrown}: too few to say, with {die.expected:.1f} expected of each face."
        case "fair":
            return f"{thrown}: looks fair. A fair die strays at least this far with probability {p}."
        case "unusual":
            return f"{thrown}: unusual. A fair die strays this far with probability {p}; look again with more throws."
        case "loaded":
            came = f"{most + 1} came {count(die.counts[most], 'time')} where {die.expected:.0f} are expected"
            return f"{thrown}: looks loaded. {came}; a fair die strays this far with probability {p}."


def _success(rows: list[ReportCheck]) -> Chart:
    rolls, hits, due = (sum(values) for values in zip(*((r.rolls, r.successes, r.due) for r in rows), strict=True))
    astray = [row for row in rows if not row.interval[0] <= row.due / row.rolls <= row.interval[1]]
    table = Table(
        ("target", "rolls", "succeeded", "rate", "due by the rules"),
        tuple(
            (str(r.target), count(r.rolls), count(r.successes), percent(r.successes, r.rolls), percent(r.due, r.rolls))
            for r in rows
        ),
    )
    says = (
        f"{percent(hits, rolls)} of {count(rolls, 'roll')} against a target succeeded; "
        f"with their bonuses, fair dice give {percent(due, rolls)}."
    )
    if astray:
        says += (
            f" {count(len(astray))} of {count(len(rows), 'target')} are off by more than chance is in 19 of 20 cases."
        )
    note = "Bars: where the true rate lies with 95 % confidence. Only turns that resolved tell their rolls."
    return Chart("success", "Success by target", says, table, partial(checks, rows), note=note)
