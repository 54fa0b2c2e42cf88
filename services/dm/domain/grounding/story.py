"""Story check: everything in a narrative, or in the beginning of one, that does not stand."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.dm import Finding
from services.dm.domain.english.language import is_english
from services.dm.domain.findings import make_finding
from services.dm.domain.grounding import (
    absent_characters,
    amounts,
    location_claims,
    names_and_figures,
    player_agency,
    unearned_claims,
)
from services.dm.domain.grounding.assertions import find_assertions
from services.dm.domain.grounding.evidence import Evidence

CHECKS = (
    *("story-length", "hidden-names", "machinery", "names", "figures"),
    *("language", "amounts", "deeds", "deaths", "whereabouts", "company", "character"),
)
"""As they are called in reports."""
MOST_CLAIMS = 6
"""Findings about what did not happen: more would not make a repair better."""


def check(narrative: str, known: Evidence) -> tuple[Finding, ...]:
    """What did not happen, or not to these people, or not here; then names, figures and what no story holds."""
    return _distinct((*_claims(narrative, known), *names_and_figures.check(narrative, known)))


def _claims(narrative: str, known: Evidence) -> tuple[Finding, ...]:
    if not is_english(narrative):
        return (make_finding("language", "narrative", "The story must be told in English."),)
    return tuple(dict.fromkeys(_find_claims(narrative, known)))[:MOST_CLAIMS]


def _find_claims(narrative: str, known: Evidence) -> Iterator[Finding]:
    clauses = tuple(find_assertions(narrative, known.spoken, known.facts))
    yield from amounts.check(narrative, known)
    yield from unearned_claims.check(clauses, known)
    yield from location_claims.check(clauses, known)
    yield from absent_characters.check(narrative, clauses, known)
    yield from player_agency.check(narrative, clauses, known)


def _distinct(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """One finding for each fault: not "500" beside "500 credits", nor the same words twice under one code."""
    kept: list[Finding] = []
    for each in sorted(found, key=lambda finding: -len(finding.subject)):
        if not any(each.code == other.code and each.subject in other.subject for other in kept):
            kept.append(each)
    return tuple(each for each in dict.fromkeys(found) if each in kept)
