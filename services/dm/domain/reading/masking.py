"""Words with what they name replaced by its kind: what is left is how something is said, whatever it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.english.function_words import DETERMINERS, FILLERS, PREPOSITIONS, PRONOUNS
from services.dm.domain.reading.english.questions import AUXILIARIES, WH
from services.dm.domain.reading.entities import ID, KIND, NAME, Entity, content_of
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import stem

SLOTS: Mapping[str, str] = {
    "person": "person", "foe": "foe", "spawn": "foe", "fallen": "foe", "item": "item", "ware": "ware", "find": "find",
    "feature": "feature", "way": "way", "place": "way", "ability": "ability", "quest": "quest", "offer": "quest",
    "topic": "topic", "condition": "condition", "stat": "stat",
}  # fmt: skip
"""The word in place of an entity of each kind. Of two that are named alike well the kind that comes first."""
_ORDER = {kind: place for place, kind in enumerate(SLOTS)}
_PLAIN = (
    DETERMINERS | PREPOSITIONS | PRONOUNS | FILLERS | WH | AUXILIARIES
    | word_set(
        """about anything ask back bad best better big can cat cats do down everything fight first get give go good got
        happen happens hear help here hit how i im kill know last left like little look make many me mean means more
        much need new next no not nothing now of off old on one other out quest quests say see second some something
        take talk tell that there thing things this two up use want way we what where why work you"""
    )
)  # fmt: skip
"""Words that say how something is said, whatever is called so here."""
LONGEST_NAME = 5


def mask(words: Sequence[str], scope: Scope) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words with `<kind>` for what they name, and every kind that one of them may name."""
    said: list[str] = []
    kinds: set[str] = set()
    at = 0
    while at < len(words):
        size, named = _longest_name(words, at, scope)
        if named:
            said.append(f"<{SLOTS[named[0].kind]}>")
            kinds.update(SLOTS[entity.kind] for entity in named)
        else:
            said.append("<number>" if words[at].isdigit() else words[at])
        at += size
    return tuple(said), frozenset(kinds)


def _longest_name(words: Sequence[str], at: int, scope: Scope) -> tuple[int, tuple[Entity, ...]]:
    for size in range(min(LONGEST_NAME, len(words) - at), 0, -1):
        span = words[at : at + size]
        if span[0] in _PLAIN or span[-1] in _PLAIN:
            continue
        if named := _find_named(span, scope):
            return size, named
    return 1, ()


def _find_named(span: Sequence[str], scope: Scope) -> tuple[Entity, ...]:
    """Entities that every telling word of these belongs to, the best named first."""
    content = [stem(word) for word in span if word not in _PLAIN]
    worths: dict[Entity, float] = {}
    for number, word in enumerate(content):
        known = scope.by_word.get(word, {})
        worths = {e: min(worths[e], w) for e, w in known.items() if e in worths} if number else dict(known)
    least = KIND if len(content) > 1 else ID
    found = [(worth, entity) for entity, worth in worths.items() if worth >= least and _is_telling(content, entity)]
    found.sort(key=lambda each: (-each[0], _ORDER[each[1].kind]))
    return tuple(entity for worth, entity in found if worth >= found[0][0] - 0.1)


def _is_telling(content: Sequence[str], entity: Entity) -> bool:
    """Not only the first half of a name: "static" is no Static Row."""
    name = content_of(entity.name)
    first_half = len(content) == 1 and content[0] in name[:-1] and entity.words.get(content[0]) == NAME
    return entity.kind == "person" or not first_half
