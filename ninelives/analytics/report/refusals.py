"""Refusals of the rules, and their reasons."""

from __future__ import annotations

from functools import partial

from ninelives.analytics.report.bars import Bar, bars
from ninelives.analytics.report.exported import Export, Row
from ninelives.analytics.report.figure import Chart, Section, Table, Tile
from ninelives.analytics.report.palette import CYAN, MAGENTA
from ninelives.analytics.report.wording import count, percent

CODES = "SELECT code, count(*) AS refusals FROM refusals GROUP BY code ORDER BY refusals DESC, code"

TURNS = """
SELECT count(*) AS turns, count(*) FILTER (refusals > 0) AS refused, coalesce(sum(tool_calls), 0) AS calls
FROM turns WHERE outcome = 'resolved'
"""

TOOLS = """
SELECT tool, count(*) AS calls, count(*) FILTER (verdict = 'refused') AS refused
FROM tool_calls GROUP BY tool ORDER BY refused DESC, calls DESC, tool
"""

REASONS = """
SELECT tool, refusal AS code, count(*) AS refusals FROM tool_calls
WHERE verdict = 'refused' AND refusal IS NOT NULL
GROUP BY tool, code ORDER BY refusals DESC, tool, code
"""
MOST_CODES, MOST_TOOLS = 14, 16


def section(export: Export) -> Section:
    """Refusals by code, and by tool where progress events are in the export."""
    codes, turns = export.rows(CODES), export.row(TURNS)
    total = sum(row["refusals"] for row in codes)
    title = "What is refused, and why"
    if not turns["turns"]:
        return Section("refusals", title, "No resolved turn is in this export.")
    tiles = (
        Tile(count(total), "refusals"),
        Tile(percent(turns["refused"], turns["turns"]), "of turns had one"),
        Tile(f"{total / turns['turns']:.2f}", "per resolved turn"),
    )
    if not total:
        says = f"Nothing was refused in {count(turns['turns'], 'turn')}."
    else:
        says = f"{count(total, 'refusal')} in {count(turns['turns'], 'turn')}: most often “{codes[0]['code']}”."
    return Section("refusals", title, says, tiles, (_codes(codes, total), _tools(export)))


def _codes(codes: list[Row], total: int) -> Chart:
    shares = [(row["code"], row["refusals"], percent(row["refusals"], total)) for row in codes]
    table = Table(
        ("reason", "refusals", "share"), tuple((code, count(number), share) for code, number, share in shares)
    )
    title = "Reasons"
    if not codes:
        return Chart("refusal-codes", title, "There is no refusal in this window.", table)
    shown = shares[:MOST_CODES]
    says = f"“{shown[0][0]}” makes {shown[0][2]} of all refusals; there are {count(len(codes), 'reason')} in all."
    rows = [_code(*reason) for reason in shown]
    note = "From committed turns: refused by a tool's rules or when the campaign settled the effects."
    return Chart("refusal-codes", title, says, table, partial(bars, rows), half=True, note=note)


def _code(code: str, number: int, share: str) -> Bar:
    return Bar(code, number, f"{count(number)}  ({share})", f"{code}: {count(number)}, {share}", MAGENTA)


def _tools(export: Export) -> Chart:
    tools, reasons = export.rows(TOOLS), export.rows(REASONS)
    calls = {row["tool"]: row["calls"] for row in tools}
    rows = [
        (row["tool"], row["code"], count(row["refusals"]), percent(row["refusals"], calls[row["tool"]]))
        for row in reasons
    ]
    rows += [(row["tool"], "none refused", "0", "0 %") for row in tools if not row["refused"]]
    table = Table(("tool", "reason", "refusals", "of its calls"), tuple(rows))
    title, note = (
        "Refused calls by tool",
        "From progress events, which may be lost; calls of failed turns are among them.",
    )
    if not tools:
        says = "The export holds no progress events, so what was called is not known."
        return Chart("refusal-tools", title, says, table, half=True)
    strictest = max(tools, key=lambda row: (row["refused"] / row["calls"], row["calls"], row["tool"]))
    if not strictest["refused"]:
        says = f"None of {count(sum(calls.values()), 'call')} was refused by a tool's rules."
        return Chart("refusal-tools", title, says, table, half=True, note=note)
    why = next((f", mostly for “{row['code']}”" for row in reasons if row["tool"] == strictest["tool"]), "")
    share = percent(strictest["refused"], strictest["calls"])
    says = f"{strictest['tool']} is refused most, in {share} of {count(strictest['calls'], 'call')}{why}."
    shown = [_tool(row) for row in tools[:MOST_TOOLS]]
    return Chart("refusal-tools", title, says, table, partial(bars, shown), half=True, note=note)


def _tool(row: Row) -> Bar:
    share = percent(row["refused"], row["calls"])
    says = f"{row['tool']}: {count(row['refused'])} of {count(row['calls'], 'call')} refused"
    return Bar(row["tool"], row["refused"] / row["calls"], f"{share} of {count(row['calls'])}", says, CYAN)
