"""Figures of the sheet: what a clause may say of the cat's and of its enemies' without a fact of the turn."""

from __future__ import annotations

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.story.clauses import Clause
from services.dm.domain.story.context import StoryContext
from services.dm.domain.story.licences import CAT, FOE

_HAS = word_set("of out have has are is at stand stands left now")
_STANDS_AT = word_set("at back again")
_LACKS = word_set("short shy missing lack lacks lacking wanting need needs")
_OF_FOES = word_set("foe-hits foe-misses")


def figures_on_sheet(unit: str, clause: Clause, known: StoryContext) -> frozenset[int]:
    """Figures that stand on the sheet: each under its own name only."""
    state, seen = known.request.scene.state, known.request.briefing
    cat = state.character
    named = {one.id for one in (*clause.named, *clause.subject)}
    prices = {ware.price for ware in seen.wares if ware.id in named}
    costs = {each.ability.cost for each in cat.abilities if each.ability.id in named}
    if unit == "credits" or (not unit and _LACKS.intersection(token.word for token in clause.tokens)):
        wanted = [each for each in seen.wares if each.id in named or each.name.casefold() in known.at_stake]
        lacking = {each.price - cat.credits for each in wanted if each.price > cat.credits}
        of_cat = {cat.credits} if clause.role == CAT else set()
        return frozenset(of_cat | prices | (lacking if any(each.word in _LACKS for each in clause.tokens) else set()))
    if unit in ("health", "points"):
        return _health_of_cat(clause, cat.hp, cat.max_hp) if clause.role == CAT else _foes(clause, known)
    if unit == "energy":
        return frozenset((cat.energy, cat.max_energy)) | costs
    if any(token.word == "armour" for token in clause.tokens):
        return _armour(clause, known)
    if unit == "lives":
        return frozenset((cat.lives,))
    if unit == "level":
        return frozenset((cat.level,))
    if figure_is_of_foes(clause, known):
        has = any(token.word in _HAS for token in clause.tokens)
        return frozenset((known.standing,)) | (_foes(clause, known) if has and clause.role == FOE else frozenset())
    if clause.role == CAT and any(token.word in _HAS for token in clause.tokens):
        return frozenset((cat.hp, cat.max_hp, cat.credits))
    if clause.role == FOE and any(token.word in _HAS for token in clause.tokens):
        return _foes(clause, known)
    return frozenset(prices | costs)


def _health_of_cat(clause: Clause, hp: int, most: int) -> frozenset[int]:
    """The cat's health points, and the most it can have, except where the clause says only what it stands at."""
    words = {token.word for token in clause.tokens}
    is_at = bool(words & _STANDS_AT) and "of" not in words
    return frozenset((hp,)) if is_at else frozenset((hp, most))


def _foes(clause: Clause, known: StoryContext) -> frozenset[int]:
    fight = known.request.scene.state.encounter
    ids = {one.id for one in clause.subject}
    return frozenset(foe.hp for foe in fight.enemies if foe.id in ids) if fight else frozenset()


def figure_is_of_foes(clause: Clause, known: StoryContext) -> bool:
    return bool(known.standing) and any(one.role == FOE for one in (*clause.subject, *clause.named))


def _armour(clause: Clause, known: StoryContext) -> frozenset[int]:
    """Armour that was thrown against in this turn: the cat's where the clause is about it, else its enemies'."""
    of_cat = clause.mentions_cat or clause.role == CAT
    throws = (each for each in known.facts if each.kind in (_OF_FOES if of_cat else ("strike",)))
    return frozenset(int(each.happening.parts["target"]) for each in throws)
