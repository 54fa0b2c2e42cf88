"""Refusals that are no question of words: what a second reader may not overrule in a sentence it is asked about.

Verification ends at the first rule that a sentence breaks, and a word that nobody knows comes first. Here the other
rules are tried all the same, each with the benefit of the doubt: a figure is refused when no fact at all has it.
"""

from __future__ import annotations

from services.dm.domain.story.clauses import read_clauses
from services.dm.domain.story.company import check_company
from services.dm.domain.story.context import Named, StoryContext
from services.dm.domain.story.own_deeds import check_own_deed
from services.dm.domain.story.readings import Unverified
from services.dm.domain.story.sentence import SentenceRead
from services.dm.domain.story.speech import take_out_quotations
from services.dm.domain.story.verify import (
    _check_slots,
    check_figures,
    check_time,
    verify,
)

UNREAD = frozenset(("unverified-word", "unverified-comparison", "leans", "speech"))
"""Rules by which a sentence is neither confirmed nor refuted."""


def find_refusal(sentence: str, known: StoryContext, before: tuple[Named, ...], unit: str) -> str:
    """The rule that refuses this sentence whatever its unknown words mean; nothing when there is none."""
    plain, quoted = take_out_quotations(sentence)
    rule = verify(plain, known, before, unit=unit, speaks=bool(quoted)).rule if plain else ""
    if rule and rule not in UNREAD:
        return rule
    try:
        for spoken in quoted:
            _check_names_and_figures(spoken, known, (), "")
        _check_names_and_figures(plain, known, before, unit)
        if plain and not quoted:
            _check_doer_and_time(plain, known, before, unit)
    except Unverified as refused:
        return refused.rule
    return ""


def _check_names_and_figures(text: str, known: StoryContext, before: tuple[Named, ...], unit: str) -> None:
    reading = SentenceRead(known, False, unit)
    for clause in read_clauses(text, known, before):
        check_company(clause, known)
        _check_slots(clause, known)
        check_figures(clause, known.facts, reading)


def _check_doer_and_time(text: str, known: StoryContext, before: tuple[Named, ...], unit: str) -> None:
    reading = SentenceRead(known, False, unit)
    for clause in read_clauses(text, known, before):
        check_time(clause, (), reading)
        check_own_deed(clause, known)
