"""What a story tells as so, against what happened: the checks that go beyond names and figures."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.dm import Finding, ValidateAndRoute
from services.dm.domain.english.language import is_english
from services.dm.domain.grounding import absent_characters, amounts, location_claims, player_agency, unearned_claims
from services.dm.domain.grounding.assertions import asserted
from services.dm.domain.grounding.evidence import Evidence
from services.dm.domain.grounding.happened import happened
from services.dm.domain.intents import finding

CHECKS = ("language", "amounts", "deeds", "deaths", "whereabouts", "company", "character")
MOST = 6
"""Findings of one story: more would not make a repair better."""


def check(narrative: str, known: Evidence, request: ValidateAndRoute) -> tuple[Finding, ...]:
    """Everything in a narrative that did not happen, or not to these people, or not here."""
    if not is_english(narrative):
        return (finding("language", "narrative", "The story must be told in English."),)
    return tuple(dict.fromkeys(_found(narrative, known, request)))[:MOST]


def _found(narrative: str, known: Evidence, request: ValidateAndRoute) -> Iterator[Finding]:
    now = happened(request)
    facts = tuple(fact for played in request.rounds for outcome in played.outcomes for fact in outcome.facts)
    clauses = tuple(asserted(narrative, known.spoken, facts))
    yield from amounts.check(narrative, known, request)
    yield from unearned_claims.check(clauses, now, request)
    yield from location_claims.check(clauses, now, request)
    yield from absent_characters.check(narrative, clauses, now, request)
    yield from player_agency.check(narrative, clauses, now, request)
