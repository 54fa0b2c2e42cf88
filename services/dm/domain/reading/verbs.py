"""The lexicon of verbs, and hearing one in the words of a clause."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.english.addresses import CALLING
from services.dm.domain.reading.english.approaches import APPROACHES, STATS
from services.dm.domain.reading.english.deeds import DEEDS
from services.dm.domain.reading.english.function_words import DETERMINERS, FILLERS, ORDINALS, PREPOSITIONS, PRONOUNS
from services.dm.domain.reading.english.languages import ENGLISH_HINTS
from services.dm.domain.reading.english.manners import MANNERS
from services.dm.domain.reading.english.questions import question_words
from services.dm.domain.reading.english.thesaurus import SYNONYMS
from services.dm.domain.reading.spelling import base_forms, closeness, stem

PARTICLES = word_set(
    "laugh smile joke jokes alone up off on out in down away over back apart aside on around behind into"
)
_FARTHEST_PARTICLE = 7
FARTHEST = 10
"""The last word of a clause that a verb may begin with."""
_NOUNS_BEGIN = [[word] for word in ("the", "a", "an", "my", "his", "her", "its", "their", "that", "this")]


@dataclass(frozen=True)
class Verb:
    """A verb as it was heard. `sense`: a deed, "persuade", "try" or a manner; `detail`: approach, stat.
    `rest`: the words of the clause without it."""

    sense: str
    detail: str
    phrase: tuple[str, ...]
    rest: tuple[str, ...]
    sure: float = 1.0

    @property
    def length(self) -> int:
        return len(self.phrase)


Entry = tuple[tuple[str, ...], str, str]


def _phrases(text: str) -> Iterator[tuple[str, ...]]:
    """Each phrase of a table; of "in|into", one with either."""
    for phrase in text.replace("\n", " ").split(","):
        if words := phrase.split():
            yield from product(*(word.split("|") for word in words))


def _entries() -> Iterator[Entry]:
    for deed, text in DEEDS.items():
        yield from ((words, deed, "") for words in _phrases(text))
    for approach, text in APPROACHES.items():
        yield from ((words, "persuade", approach) for words in _phrases(text))
    for stat, text in STATS.items():
        yield from ((words, "try", stat) for words in _phrases(text))
    for manner, text in MANNERS.items():
        yield from ((words, manner, "") for words in _phrases(text))


@cache
def lexicon() -> Mapping[str, tuple[Entry, ...]]:
    """First word of a phrase to the entries that begin with it, the longest first."""
    found: dict[str, dict[Entry, None]] = {}
    for entry in _entries():
        found.setdefault(entry[0][0], {})[entry] = None
    return {first: tuple(sorted(entries, key=lambda e: -len(e[0]))) for first, entries in found.items()}


@cache
def phrases_of(sense: str) -> frozenset[tuple[str, ...]]:
    """Every phrase of a sense, for tests and for those who must know whether a verb was there."""
    return frozenset(words for words, known, _ in _entries() if known == sense)


@cache
def _common_words() -> frozenset[str]:
    """Words of any sentence, and those by which a question about the game is known."""
    return frozenset(CALLING | DETERMINERS | FILLERS | PREPOSITIONS | PRONOUNS | ORDINALS.keys() | question_words())


@cache
def _known_words() -> frozenset[str]:
    """Every word of the language that is known here: none of them is a slip of another."""
    said = {word for words, _, _ in _entries() for word in words}
    return _common_words() | said | ENGLISH_HINTS | set(SYNONYMS)


def is_common(word: str) -> bool:
    """Whether it may be part of any sentence, or of a question about the game."""
    return word in _common_words() or stem(word) in _common_words()


def is_known(word: str) -> bool:
    return word in _known_words() or stem(word) in _known_words()


def is_verb(word: str) -> bool:
    return any(form in lexicon() for form in base_forms(word))


def base_form(word: str) -> str:
    """The form of a known verb that stands behind "to": "threw" is of "throw"; empty for any other word."""
    return next((form for form in base_forms(word) if form in lexicon()), "")


def hear(words: Sequence[str]) -> tuple[Verb, ...]:
    """The senses of the verb that these words begin with: of each, by its longest phrase."""
    return _hear(tuple(words)) if words else ()


def begins_with_verb(words: Sequence[str], senses: Collection[str] | None = None) -> bool:
    """Whether these words surely begin with a verb, of one of these senses if any are given."""
    return any(verb.sure == 1.0 and (senses is None or verb.sense in senses) for verb in hear(words))


def without_verb(words: Sequence[str]) -> Sequence[str]:
    """The words without the verb they surely begin with: "answer the phone" looks for a phone."""
    lengths = [verb.length for verb in hear(words) if verb.sure == 1.0 and "~" not in verb.phrase]
    rest = words[max(lengths, default=0) :]
    return rest if any(word not in _common_words() for word in rest) else words


@lru_cache(maxsize=4_096)
def _hear(words: tuple[str, ...]) -> tuple[Verb, ...]:
    heard = _hear_from(words, words[0], 1.0)
    if not heard and len(words[0]) > 4 and not is_known(words[0]):
        heard = [verb for form, sure in _respell(words[0]) for verb in _hear_from((form, *words[1:]), form, sure)]
    longest: dict[tuple[str, str], Verb] = {}
    for verb in heard:
        kept = longest.get((verb.sense, verb.detail))
        if kept is None or verb.length > kept.length:
            longest[verb.sense, verb.detail] = verb
    return tuple(longest.values())


def _hear_from(words: Sequence[str], first: str, sure: float) -> list[Verb]:
    heard: list[Verb] = []
    for phrase, sense, detail in (entry for form in base_forms(first) for entry in lexicon().get(form, ())):
        rest = _after(phrase, words, sense not in _INTRANSITIVE)
        if rest is not None:
            heard.append(Verb(sense, detail, phrase, tuple(rest), sure))
    return heard


_INTRANSITIVE = word_set("move_to flee rest hide wait defend")


def _after(phrase: tuple[str, ...], words: Sequence[str], parted: bool = True) -> Sequence[str] | None:
    """The words but for the phrase; None when it is not there. `parted`: an object may stand inside it."""
    size = len(phrase)
    if "~" in phrase:
        gap = phrase.index("~")
        ending = phrase[gap + 1 :]
        if tuple(words[1:gap]) != phrase[1:gap]:
            return None
        ends = (at for at in range(gap + 1, len(words)) if tuple(words[at : at + len(ending)]) == ending)
        at = next(ends, 0)
        kept = ending[-1:] if ending[-1] in PREPOSITIONS else ()
        return [*words[gap:at], *kept, *words[at + len(ending) :]] if at else None
    if tuple(words[1:size]) == phrase[1:] and len(words) >= size:
        return words[size:]
    if parted and size == 2 and phrase[1] in PARTICLES:
        for at in range(2, min(len(words), _FARTHEST_PARTICLE)):
            if words[at - 1] in DETERMINERS:
                continue
            if words[at] == phrase[1] and not (
                phrase[1] in PREPOSITIONS and list(words[at + 1 : at + 2]) in _NOUNS_BEGIN
            ):
                return [*words[1:at], *words[at + 1 :]]
    return None


@lru_cache(maxsize=4_096)
def _respell(word: str) -> tuple[tuple[str, float], ...]:
    """Verbs that a word which is none may be a slip of."""
    near = [(known, closeness(word, known)) for known in lexicon() if known[0] == word[0]]
    best = max((score for _, score in near), default=0.0)
    return tuple((known, 0.9) for known, score in near if score >= max(best, 0.8))
