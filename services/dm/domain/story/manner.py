"""Manner of a blow: in a sentence that tells how an enemy's blow went, what else is said of that enemy says how it
struck, as long as it is of coming on or of hitting, and says nothing that the blow was not."""

from __future__ import annotations

from itertools import pairwise

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.facts import TurnFact
from services.dm.domain.story.clauses import Clause
from services.dm.domain.story.context import Named
from services.dm.domain.story.figures import is_numeral
from services.dm.domain.story.licences import CAT, FOE, licence_of
from services.dm.domain.story.readings import Unverified
from services.dm.domain.story.sentence import SentenceRead
from services.dm.domain.story.slack import take_slack
from services.dm.domain.story.tokens import YOU, YOURS
from services.dm.domain.story.vocabulary import forms, grave_words, is_of, light_words, onslaught, root

_NEW = word_set("a an one another some both two")
_OF_BODIES = word_set(
    "paw paws ear ears leg legs tail fur flank eye eyes nose side claw claws back life lives blood breath wind heart"
    " throat skin bone bones stuffing vest armour"
)
_PARTICLES = word_set("out down up off away over apart in back together again behind")
_WITH = YOU | YOURS | word_set("to with the rain air")
_BESIDE = word_set("at past by around towards toward beside before for after behind")
_NO_WORD = word_set("nothing nobody no better none")
_MORE = word_set("more twice once another else too also")
_FATES = ("falls", "flee", "down", "leaves", "helpless", "hurting", "handed")


def may_be_manner(word: str, clause: Clause, reading: SentenceRead) -> bool:
    """Whether the word may stand, if the sentence turns out to tell of a blow of the clause's subject."""
    subject = {one.id for one in clause.subject}
    if clause.role != FOE or len(subject) != 1 or any(one.role not in (FOE, CAT) for one in clause.named):
        return False
    if any(one.role == FOE and one.id not in subject for one in clause.named) or not _is_of_coming_on(word, clause):
        return False
    words = [token.word for token in clause.tokens if not token.compared]
    if (_OF_BODIES | _MORE).intersection(words) or any(
        is_numeral(each) for each in words if each not in ("first", "second")
    ):
        return False
    reading.manner.append((clause, word))
    return True


def _is_of_coming_on(word: str, clause: Clause) -> bool:
    words = [token.word for token in clause.tokens]
    at = words.index(word)
    if any(each in _PARTICLES and not _WITH.intersection(words[n + 1 : n + 3]) for n, each in enumerate(words)):
        return False
    if clause.denies and word in _NO_WORD:
        return True
    if any(is_of(section, word) for section in _FATES) and root(word) not in light_words():
        return root(word) == root("fall") and "short" in words
    if root(word) in light_words():
        after = words[at + 1 : at + 3]
        return bool(after)
    if any(form in onslaught() for form in forms(word)):
        return True
    of_blows = any(is_of(section, word) for section in ("swing", "fight-begins"))
    return of_blows and not any(form in grave_words() for form in forms(word))


def check_manner(reading: SentenceRead) -> None:
    """Raises Unverified for such a word in a sentence that tells of no blow that it could be of."""
    for clause, word in reading.manner:
        blows = tuple(fact for fact in reading.known.facts if _is_told(fact, clause.subject, reading))
        fits = any(_fits(fact, word, clause) and not _comes_after(fact, word, clause, reading) for fact in blows)
        if not (fits or take_slack(word, clause, reading)):
            raise Unverified("unverified-word", word)


def _is_told(fact: TurnFact, subject: tuple[Named, ...], reading: SentenceRead) -> bool:
    """Whether the sentence tells this blow of theirs, in a clause about them."""
    if fact.kind not in ("foe-hits", "foe-misses"):
        return False
    foe = fact.happening.parts.get("foe", "").casefold()
    if not any(one.name.casefold() in foe or foe in one.name.casefold() for one in subject):
        return False
    return any(
        fact in facts for clause, facts in reading.clauses if clause.subject == subject or fact.id in _slots(clause)
    )


def _comes_after(fact: TurnFact, word: str, clause: Clause, reading: SentenceRead) -> bool:
    """Whether somebody strikes once more when the blow is told already."""
    at = next(n for n, (each, _) in enumerate(reading.clauses) if each is clause)
    told = next((n for n, (_, facts) in enumerate(reading.clauses) if fact in facts), at)
    return root(word) not in light_words() and told < at


def _slots(clause: Clause) -> set[str]:
    return {token.slot for token in clause.tokens}


def _fits(fact: TurnFact, word: str, clause: Clause) -> bool:
    """Whether the word, of this blow, says no more than it: what missed touched nobody, what hit was not in vain."""
    words = [token.word for token in clause.tokens]
    after = words[words.index(word) + 1 :]
    if "hit" in licence_of(fact).sections:
        return not clause.denies
    if clause.denies and not _NO_WORD.intersection(words):
        return False
    return not (after[:1] and after[0] in YOU | YOURS) and not any(
        each in YOU | YOURS and before not in _BESIDE for before, each in pairwise(after)
    )
