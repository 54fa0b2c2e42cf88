"""Reasons of refusals, in the few words a dashboard can hold. Which rule it was exactly, the events tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

OTHER = "other"

_CODES = {
    "budget": "action-spent move-spent no-action-left no-move-left enemies-acted time-passed cannot-act not-ready",
    "combat": "in-encounter no-encounter no-fight fight-over enemy-down enemies-standing cleared cornered not-safe",
    "means": "cannot-afford too-dear no-energy no-charges spent used-up too-few already-used no-slot not-tired no-need",
    "bag": "bag-full too-heavy not-carried already-taken already-worn worn not-worn nothing-worn wrong-slot needed",
    "place": "locked not-locked needs-key not-there already-hidden no-use no-room no-progress",
    "people": "not-trusted unwelcome unwanted wrong-approach guarded-topic devoted promised no-shop sold-out worthless",
    "quest": "quest-known quest-over too-early not-met no-choice-open one-choice at-its-best at-its-highest",
    "no-such-thing": "unknown-tool bad-arguments canon-incomplete unsound-encounter",
    "story-over": "campaign-over life-lost",
}
_REASONS = {code: reason for reason, codes in _CODES.items() for code in codes.split()}

REASONS = (*_CODES, OTHER)
"""Every value that the dimension `reason` has."""


def reason_of(code: str) -> str:
    """The reason behind a refusal's code. A code that a new tool brought is `other` until it is sorted in here."""
    return "no-such-thing" if code.startswith("no-such-") else _REASONS.get(code, OTHER)


def count_by_reason(codes: Iterable[str]) -> Counter[str]:
    """The number of these refusals, by reason."""
    return Counter(map(reason_of, codes))
