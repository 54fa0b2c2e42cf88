"""States that a clause may not contradict: who lies there does nothing, and who has a condition has it."""

from __future__ import annotations

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.facts import TurnFact
from services.dm.domain.story.clauses import Clause
from services.dm.domain.story.context import StoryContext
from services.dm.domain.story.licences import CAT, FOE
from services.dm.domain.story.readings import Unverified
from services.dm.domain.story.shown import find_condition
from services.dm.domain.story.vocabulary import plain_words, root

_IS = word_set("is are was were has have")

_LAID_LOW = frozenset(map(root, word_set("fall weak weakness still there down leave come")))

_RID = frozenset(
    map(root, word_set("shake off free clear gone go avoid escape rid cure lift fade over lose resist jump"))
)
"""Stems that say that somebody has a condition no more, or has escaped it."""


def check_fallen(clause: Clause, facts: tuple[TurnFact, ...], known: StoryContext) -> None:
    """Raises Unverified for an enemy that has fallen and does more than the facts say."""
    up = known.is_up
    about = [up[one.id] for one in clause.subject if one.id in up]
    fallen = [fact.happening.parts["foe"].casefold() for fact in known.facts if fact.kind == "foe-falls"]
    gone = not up and any(one.name.casefold() in foe for one in clause.subject for foe in fallen)
    if clause.role == FOE and not facts and not _only_is(clause) and ((about and not any(about)) or gone):
        raise Unverified("fallen", clause.subject[0].name)


def _only_is(clause: Clause) -> bool:
    """Whether a clause says what somebody is, or is like, and nothing that is done."""
    words = [token.word for token in clause.tokens if not (token.compared or token.named)]
    doing = [word for word in words if root(word) not in plain_words() and root(word) not in _LAID_LOW]
    return (not doing and not clause.denies) or (
        bool(doing) and any(word in _IS for word in words) and not any(word.endswith(("s", "ing")) for word in doing)
    )


def check_condition(clause: Clause, known: StoryContext) -> None:
    """Raises Unverified for a clause that gives a condition to one who has it not, or takes it from one who has it."""
    name = find_condition(clause, known)
    if not name:
        _check_rid(clause, known)
        return
    rid = clause.denies or any(root(token.word) in _RID for token in clause.tokens)
    who = CAT if clause.mentions_cat else clause.role if clause.role in (CAT, FOE) else ""
    has = who in known.conditions[name] if who else bool(known.conditions[name])
    if has == rid:
        raise Unverified("condition", name)


def _check_rid(clause: Clause, known: StoryContext) -> None:
    """Raises Unverified for a condition, in whatever form, that the cat shook off in this turn and is told to have."""
    if clause.denies or not clause.mentions_cat:
        return
    words = {root(token.word) for token in clause.tokens if not token.compared}
    for fact in known.facts:
        off = root(fact.happening.parts.get("condition", "").casefold())
        is_rid = fact.kind in ("you-shake-off", "cured") and CAT not in known.conditions.get(off, ())
        if is_rid and off in words and not words & _RID:
            raise Unverified("condition", off)
