"""Unearned claims: news that only the rules can make, of what is gained, lost, opened, healed, finished.

A clause that tells such news stands only when an effect of this turn bears it out. Whom or what it happened to is
judged by the names and figures beside it; these rules judge that it happened at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.dm import Finding
from services.dm.domain.english.tokens import words
from services.dm.domain.findings import make_finding
from services.dm.domain.grounding.claim_patterns import GAINED, LOOT, MONEY, NEWS
from services.dm.domain.grounding.evidence import Evidence


def check(clauses: tuple[str, ...], known: Evidence) -> Iterator[Finding]:
    """What these clauses tell as news and did not happen."""
    now = known.happened
    for clause in clauses:
        found = next((news for news in NEWS if news.tells(clause, now)), None)
        if found:
            yield make_finding(found.code, clause, f"{found.what}, but the story says: “{clause[:160]}”.")
        yield from _foreign_loot(clause, known)


def _foreign_loot(clause: str, known: Evidence) -> Iterator[Finding]:
    """Something was gained, but not this: a kind of thing that neither the rules nor the scene speak of."""
    now = known.happened
    match = NEWS[0].telling.search(clause) if GAINED(now) else None
    if match:
        money = MONEY if now.any_of("credits-gained") else frozenset()
        seen = money | now.told | now.carried | {word for text in _seen(known) for word in words(text)}
        loot = re.findall(rf"\b{LOOT}\b", clause, re.IGNORECASE)
        if any(not {word, word.rstrip("s")} & seen for thing in loot for word in words(thing)):
            yield make_finding("unearned-gain", clause, f"This was not gained in this turn: “{clause[:160]}”.")


def _seen(known: Evidence) -> tuple[str, ...]:
    return tuple(find.name for find in (*known.briefing.finds, *known.briefing.wares))
