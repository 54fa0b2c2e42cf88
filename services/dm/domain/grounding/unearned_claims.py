"""News that only the rules can make: what is gained, lost, opened, healed, finished.

A clause that tells such news stands only when an effect of this turn bears it out. Whom or what it happened to is
judged by the names and figures beside it; these rules judge that it happened at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.dm import Finding, ValidateAndRoute
from services.dm.domain.grounding.claim_patterns import GAINED, LOOT, MONEY, NEWS
from services.dm.domain.grounding.evidence import words
from services.dm.domain.grounding.happened import Happened
from services.dm.domain.intents import finding


def check(clauses: tuple[str, ...], now: Happened, request: ValidateAndRoute) -> Iterator[Finding]:
    """What these clauses tell as news and did not happen."""
    for clause in clauses:
        found = next((news for news in NEWS if news.tells(clause, now)), None)
        if found:
            yield finding(found.code, clause, f"{found.what}, but the story says: “{clause[:160]}”.")
        yield from _foreign_loot(clause, now, request)


def _foreign_loot(clause: str, now: Happened, request: ValidateAndRoute) -> Iterator[Finding]:
    """Something was gained, but not this: a kind of thing that neither the rules nor the scene speak of."""
    match = NEWS[0].telling.search(clause) if GAINED(now) else None
    if match:
        money = frozenset(MONEY.split("|")) if now.any_of("credits-gained") else frozenset()
        seen = money | now.told | now.carried | {word for text in _seen(request) for word in words(text)}
        loot = re.findall(rf"\b{LOOT}\b", clause, re.IGNORECASE)
        if any(not {word, word.rstrip("s")} & seen for thing in loot for word in words(thing)):
            yield finding("unearned-gain", clause, f"This was not gained in this turn: “{clause[:160]}”.")


def _seen(request: ValidateAndRoute) -> tuple[str, ...]:
    return tuple(find.name for find in (*request.briefing.finds, *request.briefing.wares))
