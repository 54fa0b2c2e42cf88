"""Facts that a clause has told: those whose telling it may count as, so that they are not told once more."""

from __future__ import annotations

from collections.abc import Mapping

from services.dm.domain.english.numerals import is_numeral
from services.dm.domain.english.tokens import written_out
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.facts import TurnFact
from services.dm.domain.story.clauses import Clause
from services.dm.domain.story.licences import BLOWS
from services.dm.domain.story.vocabulary import is_free, kept_up, loose_words, plain_words, root

LEAST_RETOLD = 0.4
"""Part of the words of a fact in the rules' own words that a clause needs to have told it."""
_COMMON = word_set("get go find part open meet touch through one other remain left still more fight leave")
_ALL = word_set("both all they neither")
_MONEY = word_set("credit credits coin coins")
_BY_FOE = BLOWS | {"foe-falls", "hurt"}
_PAID = frozenset(("take-credits", "leaves-credits", "pay", "sell"))
_KEYS = ("item", "condition", "place", "secret", "quest")
_OF_ITSELF = frozenset(("arrive", "quest-on"))
"""Facts that are told without the name of what they are about."""


def find_told(clause: Clause, borne: Mapping[str, tuple[TurnFact, ...]]) -> set[str]:
    """The ids of the facts that a clause has told by its words, each with the facts that bear it out. A common word of
    nobody's tells nothing by itself."""
    told: set[str] = set()
    for word, facts in borne.items():
        if is_free(word) or (_is_common(word) and not clause.role):
            continue
        blows = [fact for fact in facts if fact.kind in _BY_FOE]
        every = any(token.word in _ALL for token in clause.tokens)
        told.update(fact.id for fact in (blows if every else blows[:1]))
        told.update(fact.id for fact in facts if fact.kind not in _BY_FOE and _says_what(fact, clause))
    return told


def _is_common(word: str) -> bool:
    return root(word) in loose_words() | kept_up() or word in _COMMON


def _says_what(fact: TurnFact, clause: Clause) -> bool:
    """Whether a clause that may be about this fact says what it is about."""
    words = [token.word for token in clause.tokens]
    if fact.kind in _PAID:
        return any(word in _MONEY or is_numeral(word) for word in words)
    if not fact.kind:
        own = {root(word) for word in written_out(fact.text)} - plain_words()
        return len(own & set(map(root, words))) >= LEAST_RETOLD * len(own)
    key = next((fact.happening.parts[name] for name in _KEYS if fact.happening.parts.get(name)), "")
    core = key.casefold().partition(" × ")[0].split()
    return not core or fact.kind in _OF_ITSELF or core[-1] in " ".join(words)
