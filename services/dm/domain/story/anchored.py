"""Clauses that say what a fact is about so that no other can be meant: its amount, its place or its thing, and whose it
is. Common words beside that, and how it was done, are of the fact as well."""

from __future__ import annotations

from dataclasses import replace

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.facts import TurnFact
from services.dm.domain.story.clauses import Clause, find_own_verb
from services.dm.domain.story.context import Named
from services.dm.domain.story.figures import has_figure, may_fall_on, read_figures
from services.dm.domain.story.licences import CAT, FOE
from services.dm.domain.story.slots import part_of
from services.dm.domain.story.vocabulary import (
    forms,
    grave_words,
    is_of,
    is_unknown,
    light_words,
    may_be_harmless,
    root,
)

_TO = word_set("into to out in at onto through for inside")
_PARTS = {"arrive": "place", "carry": "item"}
_ENDS_IT = frozenset(map(root, word_set("leave lose stop let drop slow give end miss fail stay keep avoid late")))
"""Common words that say that it was not so, or is no more."""
_REACH = 3


def is_anchored(fact: TurnFact, at: int, clause: Clause) -> bool:
    """Whether the clause is certainly of this fact, and the word may stand beside it."""
    word = clause.tokens[at].word
    own = forms(word)
    if clause.denies or any(form in _ENDS_IT for form in own):
        return False
    if fact.kind in ("hurt", "foe-hits"):
        of_blows = any(is_of(section, word) for section in ("swing", "hit", "hurt"))
        return (of_blows or _is_manner(word)) and _tells_amount(fact, clause)
    if "total" in fact.happening.parts and root(word) in light_words():
        return _tells_throw(fact, clause)
    if fact.kind not in _PARTS or clause.role != CAT:
        return False
    comes = fact.kind == "arrive" and word == find_own_verb(clause) and not any(f in grave_words() for f in own)
    return (comes or root(word) in light_words()) and _names(fact, clause)


def _is_manner(word: str) -> bool:
    return root(word) in light_words() or may_be_harmless(word) or is_unknown(word)


def _tells_amount(fact: TurnFact, clause: Clause) -> bool:
    slotted = any(token.slot == fact.id and part_of(token.word) == "amount" for token in clause.tokens)
    counted = any(
        has_figure(fact, figure) and figure.unit in ("damage", "points", "health", "")
        for figure in read_figures(clause)
    )
    foes = tuple(one for one in (*clause.subject, *clause.named) if one.role == FOE)
    hits = fact.kind != "foe-hits" or clause.role == FOE
    return hits and (slotted or counted) and _is_theirs(fact, foes) and may_fall_on(fact, clause)


def _tells_throw(fact: TurnFact, clause: Clause) -> bool:
    """Whether the clause and what it goes on with have both figures of a throw, and are of whoever threw."""
    thrown = {int(fact.happening.parts[name]) for name in ("total", "target")}
    said = {each.value for each in read_figures(replace(clause, tokens=(*clause.tokens, *clause.following)))}
    of_foe = fact.kind in ("foe-hits", "foe-misses")
    foes = tuple(one for one in clause.subject if one.role == FOE)
    return thrown <= said and bool(foes) == of_foe and (not of_foe or _is_theirs(fact, foes))


def _is_theirs(fact: TurnFact, foes: tuple[Named, ...]) -> bool:
    foe = fact.happening.parts["foe"].casefold()
    return not foes or any(one.name.casefold() in foe or foe in one.name.casefold() for one in foes)


def _names(fact: TurnFact, clause: Clause) -> bool:
    """Whether the clause names the place that one came to, as such, or the thing."""
    wanted = fact.happening.parts[_PARTS[fact.kind]].casefold().partition(" × ")[0]
    for at, token in enumerate(clause.tokens):
        if any(one.name.casefold() == wanted for one in token.named):
            before = {each.word for each in clause.tokens[max(0, at - _REACH) : at]}
            return fact.kind != "arrive" or bool(before & _TO)
    return False
