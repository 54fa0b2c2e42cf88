"""Two versions of a turn side by side on a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from ninelives.evaluation.whatif.difference import StateDifference
from ninelives.evaluation.whatif.summary import Summary
from ninelives.evaluation.whatif.version import Version
from ninelives.evaluation.whatif.what_if import Compared
from ninelives.ops.history.explanation import describe_roll
from ninelives.terminal import plain

MOST_DIFFERENCES = 30
SAME = Text("the same", "dim")


def turn(compared: Compared, master: str) -> RenderableType:
    """The story, the calls, the dice and the bill of both versions, and where the states differ after them."""
    title = Text(f"Turn {compared.number}: {plain(compared.action)}", "bold")
    rows = {name: (say(compared.was), say(compared.would_be)) for name, say in ROWS.items()}
    if all(was == would_be for was, would_be in rows.values()) and compared.ends_the_same:
        return Group(title, Text("  the same"))
    table = Table(expand=True)
    table.add_column("")
    table.add_column("as it was", ratio=1)
    table.add_column(Text(f"with {master}"), ratio=1)
    for name, (was, would_be) in rows.items():
        if was or would_be:
            table.add_row(name, Text(was or "–"), SAME if was == would_be else Text(would_be or "–"))
    return Group(title, table, *changes(compared.differences))


def changes(found: tuple[StateDifference, ...]) -> Iterable[Text]:
    """The fields in which two states differ."""
    for each in found[:MOST_DIFFERENCES]:
        yield Text(f"  {each.path}: {_short(each.one)} → {_short(each.other)}")
    if len(found) > MOST_DIFFERENCES:
        yield Text(f"  … and {len(found) - MOST_DIFFERENCES} more (--json tells them all)")


def sum_up(summary: Summary) -> Iterable[RenderableType]:
    """The turns from which the two part, the differences at the end, and the cost of the difference."""
    told = {
        "told": summary.told_otherwise_from,
        "played": summary.played_otherwise_from,
        "the state": summary.state_otherwise_from,
    }
    for what, since in told.items():
        yield Text(f"{what}: " + ("the same in all turns" if since is None else f"differs from turn {since} on"))
    yield Text(f"the state after turn {summary.last}: {len(summary.differences)} differences")
    yield from changes(summary.differences)
    for name, (was, would_be) in summary.totals.items():
        yield Text(f"{name}: {was:,} → {would_be:,} ({would_be - was:+,})")
    if summary.ended_early:
        yield Text(f"This story ends with turn {summary.last}; {summary.ended_early} more were played.")


def _teller(version: Version) -> str:
    usage, telling = version.telling.usage, version.telling
    model = f" ({usage.model})" if usage.model else ""
    repairs = f", {telling.report.repairs} repairs" if telling.report.repairs else ""
    failures = f", stood in after {', '.join(version.failures)}" if version.failures else ""
    return f"{telling.told_by}{model}{repairs}{failures}"


def _calls(version: Version) -> str:
    return "\n".join(f"{one.call.name} {plain(json.dumps(one.call.arguments))}" for one in version.intents)


def _rolls(version: Version) -> str:
    return "\n".join(describe_roll(roll, version.state.character.name) for roll in version.rolls)


def _format_usage(version: Version) -> str:
    usage = version.telling.usage
    if not usage.calls:
        return ""
    cached = usage.cache_read_tokens + usage.cache_write_tokens
    tokens = f"{usage.input_tokens:,} + {cached:,} cached in, {usage.output_tokens:,} out"
    return f"{usage.calls} calls, {tokens}, {usage.micro_dollars:,} micro-dollars"


ROWS = {
    "told by": _teller,
    "story": lambda version: plain(version.telling.narrative),
    "calls": _calls,
    "rolls": _rolls,
    "refused": lambda version: ", ".join(version.refusals),
    "spent": _format_usage,
}


def _short(value: object) -> str:
    text = plain("–" if value is None else str(value))
    return text if len(text) <= 60 else f"{text[:59]}…"
