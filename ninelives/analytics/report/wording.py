"""Numbers as people read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime


def count(number: int, one: str = "", many: str = "") -> str:
    """`1,204`, or with a noun `1 turn`, `1,204 turns`."""
    if not one:
        return f"{number:,}"
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def percent(part: float, whole: float) -> str:
    """The share as `41 %`, with a decimal where a whole number would hide something; `–` of nothing."""
    if not whole:
        return "–"
    share = 100 * part / whole
    if share in (0, 100):
        return f"{share:.0f} %"
    return f"{share:.1f} %" if share < 10 or share > 90 else f"{share:.0f} %"


def duration(milliseconds: float) -> str:
    """`412 ms`, `1.8 s`, `3 min 5 s`, `2.5 h`."""
    if milliseconds < 999.5:
        return f"{milliseconds:.0f} ms"
    seconds = milliseconds / 1000
    if seconds < 99.5:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 90:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    return f"{seconds / 3600:.1f} h"


def dollars(micro_dollars: float) -> str:
    """`$0.0042`: two digits that mean something at least, never an exponent."""
    amount = micro_dollars / 1_000_000
    if not amount:
        return "$0"
    places = 2
    while places < 6 and amount < 10 ** (1 - places):
        places += 1
    return f"${amount:,.{places}f}"


def probability(p: float) -> str:
    """`0.58`, `0.0031`, `below 0.0001`."""
    if p < 0.0001:
        return "below 0.0001"
    return f"{p:.4f}" if p < 0.01 else f"{p:.2f}"


def moment(milliseconds: int) -> str:
    """A time since the epoch as `2031-05-04 09:00 UTC`."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")


def list_words(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)
