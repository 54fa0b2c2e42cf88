"""One word of a sentence that nothing bears out, and that stands beside what is told: a common one, or one on no list,
where nothing is denied, nothing else is named, and no part of a body."""

from __future__ import annotations

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.story.clauses import Clause, find_own_verb
from services.dm.domain.story.context import StoryContext
from services.dm.domain.story.licences import OTHER
from services.dm.domain.story.loosened import is_strange_name
from services.dm.domain.story.readings import Unverified
from services.dm.domain.story.sentence import SentenceRead
from services.dm.domain.story.vocabulary import is_unknown, light_words, root

_NEW = word_set("a an one another some two three")
_OF_BODIES = word_set(
    "paw paws ear ears leg legs tail fur flank eye eyes nose side claw claws back whisker whiskers life lives one"
)

_CHANGES = frozenset(map(root, word_set("leave lose keep give let stop hold take drop stay close put go get")))
"""Common words that say what becomes of something: no other clause excuses them."""
_OBJECTS = [["it"], ["them"], ["him"], ["her"]]


def _is_at_stake(clause: Clause, known: StoryContext) -> bool:
    return any(one.way or one.id in known.goods for one in (*clause.subject, *clause.named))


def take_slack(word: str, clause: Clause, reading: SentenceRead) -> bool:
    """Whether the word may stand, if the sentence turns out to tell a fact by others: it is the first such word."""
    words = [token.word for token in clause.tokens]
    if reading.slack or clause.denies or _OF_BODIES.intersection(words):
        return False
    at = words.index(word)
    if is_strange_name(at, clause):
        return False
    if clause.role == OTHER and clause.mentions_cat:
        return False
    is_deed = find_own_verb(clause) == word and "have" not in words
    if root(word) in _CHANGES and (
        is_deed or words[at + 1 : at + 2] in _OBJECTS or _is_at_stake(clause, reading.known)
    ):
        return False
    if root(word) not in light_words() and (not is_unknown(word) or _NEW.intersection(words[max(0, at - 2) : at])):
        return False
    reading.slack = word
    reading.unlisted = reading.unlisted or is_unknown(word)
    reading.slack_is_of_somebody = bool(clause.subject) or clause.mentions_cat
    return True


def check_slack(reading: SentenceRead) -> None:
    """Raises Unverified for a sentence that tells nothing but by such a word."""
    several = len(reading.clauses) > 1
    if reading.slack and not (several and (reading.told or not reading.slack_is_of_somebody)):
        raise Unverified("unverified-word", reading.slack)
