"""Common words: "go", "get", "take" tell nothing by themselves, and what they tell is in the words beside them."""

from __future__ import annotations

from itertools import pairwise

from services.dm.domain.english.numerals import is_numeral
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.facts import TurnFact
from services.dm.domain.story.clauses import Clause
from services.dm.domain.story.figures import has_figure, read_figures
from services.dm.domain.story.licences import BLOWS, CAT
from services.dm.domain.story.readings import Unverified
from services.dm.domain.story.sentence import SentenceRead
from services.dm.domain.story.vocabulary import light_words, plain_words, root

_PARTICLES = word_set("out down up off away over under back through round around on home apart")
"""With them a common word tells something of its own: whoever goes out is no more."""


def tell_together(
    light: dict[str, tuple[TurnFact, ...]], clause: Clause, reading: SentenceRead
) -> dict[str, tuple[TurnFact, ...]]:
    """Facts that common words tell when nothing else does: about what they name, or, for several words, those that bear
    out all. One word waits for a clause that is about the same and tells its fact. Raises Unverified."""
    shared = tuple(fact for fact in next(iter(light.values())) if all(fact in facts for facts in light.values()))
    figures = [figure for figure in read_figures(clause) if figure.unit or len(light) == 1]
    about = tuple(fact for fact in shared if _names_it(clause, fact) or any(has_figure(fact, each) for each in figures))
    if _goes_for_the_cat(clause) and any(fact.kind in BLOWS for fact in shared):
        about = shared
    if not about and (len(light) < 2 or not shared):
        if not shared or clause.denies or not _says_little(clause):
            raise Unverified("unverified-word", next(iter(light)))
        reading.waiting.append((clause, next(iter(light)), shared))
        return {}
    return dict.fromkeys(light, about or shared)


def _names_it(clause: Clause, fact: TurnFact) -> bool:
    """Whether the clause names what the fact is about; of a blow, somebody else than who goes for whom."""
    others = (one for one in clause.named if one.role != CAT)
    told = fact.text.casefold()
    return any(
        one.name.casefold() in told
        for one in others
        if fact.kind not in BLOWS or not one.role or one not in clause.subject
    )


def _goes_for_the_cat(clause: Clause) -> bool:
    words = [token.word for token in clause.tokens]
    return any(pair in (("for", "you"), ("at", "you")) for pair in pairwise(words))


def _says_little(clause: Clause) -> bool:
    """Whether it has nothing but common words, names and grammar."""
    words = [token.word for token in clause.tokens if not (token.named or token.slot or is_numeral(token.word))]
    return all(root(word) in plain_words() | light_words() and word not in _PARTICLES for word in words)


def check_waiting(reading: SentenceRead) -> None:
    """Raises Unverified for a common word that waits, when no other clause of the sentence tells its fact of the same
    subject."""
    for clause, word, shared in reading.waiting:
        if not any(told.subject == clause.subject and set(facts) & set(shared) for told, facts in reading.clauses):
            raise Unverified("unverified-word", word)
