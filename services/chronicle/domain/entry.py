"""The index of facts: each is filed once under each thing it is about, and once under each word of a name in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from contracts.envelope import Slug, Value
from services.chronicle.domain.words import words, words_of_names

if TYPE_CHECKING:
    from contracts.campaign import TurnResolvedData

MOST_NAMES = 2000
"""The words of all names of a world are a few hundred. Beyond this, a new name is found by who is present only."""
MOST_WORDS = 8
"""Under how many words one fact is filed: a sentence that names more is a list."""

_INSTANCE = re.compile(r"-\d+$")


class StoryFact(Value):
    """A sentence of the rules, with its place in the story: the turn, and which of the turn's facts it is."""

    turn: int
    position: int
    text: str
    about: tuple[Slug, ...] = ()


class IndexEntry(Value):
    """One line of the index: a subject ("about/old-mags", "word/mags") and a fact that has to do with it."""

    subject: str
    fact: StoryFact


def facts_of(turn: TurnResolvedData) -> tuple[StoryFact, ...]:
    """The facts of a resolved turn, in their order."""
    return tuple(
        StoryFact(turn=turn.number, position=position, text=fact.text, about=fact.about)
        for position, fact in enumerate(turn.facts)
    )


def entries_of(turn: TurnResolvedData) -> Iterator[IndexEntry]:
    """The index entries of a turn's facts. Equal turns give equal entries, whichever delivery they came with.

    What is about nothing in particular is filed under the place the turn ended in.
    """
    for fact in facts_of(turn):
        for id in dict.fromkeys(map(kind_of, fact.about or (turn.place.id,))):
            yield IndexEntry(subject=about(id), fact=fact)
        yield from filed_by_words(fact)


def names_in(turn: TurnResolvedData) -> frozenset[str]:
    """Every word that a fact of this turn is filed under, and those of the ids it is filed under."""
    facts = facts_of(turn)
    ids = (id for fact in facts for id in fact.about or (turn.place.id,))
    named = frozenset(word for fact in facts for word in _filed_under(fact))
    return named.union(*map(words_of_id, ids))


def about(id: str) -> str:
    """The subject of everything about this thing, given its id or that of an instance of it."""
    return f"about/{kind_of(id)}"


def naming(word: str) -> str:
    """The subject of everything that names something by this word."""
    return f"word/{word}"


def kind_of(id: str) -> str:
    """The id without the number of an instance: the second rust rat is remembered with the first."""
    return _INSTANCE.sub("", id)


def filed_by_words(fact: StoryFact) -> Iterator[IndexEntry]:
    """The index entries of a fact under the words of names."""
    return (IndexEntry(subject=naming(word), fact=fact) for word in _filed_under(fact))


def words_of_ids(fact: StoryFact) -> frozenset[str]:
    """The words of what a fact is about, whether it says them or not: "It swings open" is about the iron gate."""
    return frozenset[str]().union(*map(words_of_id, fact.about))


def words_of_id(id: str) -> frozenset[str]:
    """The words that an id is made of."""
    return words(id.replace("-", " "))


def _filed_under(fact: StoryFact) -> tuple[str, ...]:
    return tuple(sorted(words_of_ids(fact) | words_of_names(fact.text)))[:MOST_WORDS]
