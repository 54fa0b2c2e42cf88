"""The choice of what to recall: what the action names comes first, then who and what is here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from contracts.chronicle import Memory
from services.chronicle.domain.entry import MOST_NAMES, StoryFact, about, kind_of, naming, words_of_id, words_of_ids
from services.chronicle.domain.words import words

if TYPE_CHECKING:
    from contracts.chronicle import RecallChronicle

MOST_SUBJECTS, MOST_NAMED = 6, 4
"""The most subjects that are looked up, and the most of them that may be words of the action."""
MOST_MEMORIES = 12
LONGEST = 500
FIRST, LATEST = 4, 8
"""The number of facts that count at either end of what is known of a subject: how it began, and how it stands."""
AT_ONCE = 20
"""The number of facts read at once: about 4 KB, which is what the smallest read is charged as. Where there are fewer,
one look shows both ends."""


def subjects(request: RecallChronicle, names: frozenset[str]) -> tuple[str, ...]:
    """The subjects to look up, given the words that names of this story are made of. Bounded, whatever the action says.
    Present things that no fact can be about are left out."""
    said = sorted(words(request.action) & names, key=lambda word: (-len(word), word))[:MOST_NAMED]
    here = (thing for thing in request.present if not words(thing.name) & set(said) and _may_be_known(thing.id, names))
    wanted = (*map(naming, said), *(about(thing.id) for thing in here))
    return tuple(dict.fromkeys(wanted))[:MOST_SUBJECTS]


def _may_be_known(id: str, names: frozenset[str]) -> bool:
    """Whether there may be a fact about this thing: then the words of its id are names, while there is room."""
    return len(names) >= MOST_NAMES or not words_of_id(id) or not names.isdisjoint(words_of_id(id))


def choose(request: RecallChronicle, first: Iterable[StoryFact], latest: Iterable[StoryFact]) -> tuple[Memory, ...]:
    """The facts that matter most to this action, oldest first; a sentence told twice counts as told first."""
    beginnings = set(first)
    once: dict[str, StoryFact] = {}
    for fact in sorted({*beginnings, *latest}, key=_when):
        once.setdefault(fact.text, fact)
    said = words(request.action)
    here = {kind_of(thing.id) for thing in request.present}
    told = [fact for fact in once.values() if fact.about or said & words(fact.text)]
    best = sorted(told, key=lambda fact: (-_weight(fact, request, said, here, fact in beginnings), _when(fact)))
    return tuple(
        Memory(turn=fact.turn, text=fact.text, about=fact.about) for fact in sorted(best[:MOST_MEMORIES], key=_when)
    )


def _weight(fact: StoryFact, request: RecallChronicle, said: frozenset[str], here: set[str], is_first: bool) -> float:
    """Words shared with the action weigh most; then whom it is about, how it began, how long ago, how much it says."""
    shared = min(3, len(said & (words(fact.text) | words_of_ids(fact))))
    present = bool(here & set(map(kind_of, fact.about)))
    return 2 * shared + present + is_first + fact.turn / request.before_turn + len(fact.text) / LONGEST


def _when(fact: StoryFact) -> tuple[int, int]:
    return fact.turn, fact.position
