"""Verbs: what the words for doing mean. Each phrase is one kind of deed, some with a hint on how it is done."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from services.dm.domain.english.names import NameWord
from services.dm.domain.english.stems import stem
from services.dm.domain.english.word_lists import read_sections


@dataclass(frozen=True)
class Verb:
    """A kind of deed; `how` is the stat or the manner that the word implies."""

    kind: str
    how: str | None = None
    weak: bool = False
    """Whether another verb in the same clause says better what is meant ("go and attack", "use claws to open")."""


def _read_verb(title: str) -> Verb:
    """The verb of a section: `kind`, `kind how` or `kind weak`."""
    kind, *more = title.split()
    how = next((word for word in more if word != "weak"), None)
    return Verb(kind, how, weak="weak" in more)


def _read_phrases() -> dict[tuple[str, ...], Verb]:
    phrases: dict[tuple[str, ...], Verb] = {}
    for title, listed in read_sections("verbs"):
        for phrase in listed:
            phrases.setdefault(tuple(stem(word) for word in phrase.split()), _read_verb(title))
    return phrases


_PHRASES = _read_phrases()
_LONGEST = max(map(len, _PHRASES))


@dataclass(frozen=True)
class SpottedVerb:
    """A verb and where it stands: `start` inclusive, `end` exclusive."""

    verb: Verb
    start: int
    end: int


_SPELLINGS = sorted(phrase[0] for phrase in _PHRASES if len(phrase) == 1 and len(phrase[0]) > 3)


def verb_at(said: tuple[str, ...], at: int) -> SpottedVerb | None:
    """The longest verb phrase that begins at this word."""
    for length in range(min(_LONGEST, len(said) - at), 0, -1):
        phrase = said[at : at + length]
        if any(isinstance(word, NameWord) for word in phrase):
            continue
        verb = _PHRASES.get(tuple(stem(word) for word in phrase))
        if verb:
            return SpottedVerb(verb, at, at + length)
    return None


def verbs_in(said: tuple[str, ...]) -> tuple[SpottedVerb, ...]:
    """Every verb phrase, in order and without overlaps."""
    found: list[SpottedVerb] = []
    at = 0
    while at < len(said):
        spotted = verb_at(said, at)
        if spotted:
            found.append(spotted)
        at = spotted.end if spotted else at + 1
    return tuple(found)


def find_misspelt(said: tuple[str, ...]) -> tuple[SpottedVerb, ...]:
    """The first word that is nearly a verb, for a clause that has none."""
    for at, word in enumerate(said):
        comparable = len(word) > 3 and not isinstance(word, NameWord)
        near = get_close_matches(stem(word), _SPELLINGS, n=1, cutoff=0.84) if comparable else []
        if near:
            return (SpottedVerb(_PHRASES[(near[0],)], at, at + 1),)
    return ()
