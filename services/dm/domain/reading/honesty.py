"""Words that are no deed of the cat's: claims about the world, orders to the machinery, other languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from services.dm.domain.english.tokens import fold
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.english.claims import CLAIMS, NO_VERBS
from services.dm.domain.reading.english.function_words import DETERMINERS, SUBJECTS
from services.dm.domain.reading.english.languages import (
    ENGLISH_HINTS,
    LANGUAGES,
    SCRIPTS,
    UKRAINIAN_LETTERS,
    UKRAINIAN_WORDS,
)
from services.dm.domain.reading.english.machinery import MARKS
from services.dm.domain.reading.lexing import plain
from services.dm.domain.reading.meaning import Answer, Impossible, Meaning
from services.dm.domain.reading.mending import english_words
from services.dm.domain.reading.naming import resolve
from services.dm.domain.reading.objects import divide, meaningful
from services.dm.domain.reading.scope import Scope
from services.dm.domain.reading.spelling import base_forms
from services.dm.domain.reading.verbs import begins_with_verb, hear, is_verb

_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
_WORD = re.compile(r"[^\W\d_]+")
_BE = word_set("is are was were has have")
_PAST = word_set("ago before earlier yesterday")
_THIRD = word_set("he she they everyone everybody nobody somebody someone suddenly all both")


def orders(sentence: str) -> bool:
    """Whether it talks to the machinery."""
    said = plain(sentence)
    return any(mark in said for mark in MARKS)


def without_orders(action: str) -> tuple[str, bool]:
    """The action without sentences that talk to the machinery, and whether there were any."""
    sentences = _SENTENCE.findall(action)
    kept = [sentence for sentence in sentences if not orders(sentence)]
    if len(kept) == len(sentences) and not orders(action):
        return action, False
    left = "".join(kept)
    brackets = any(mark in plain(action) for mark in ("[", "<", "{", "dan", "you are now", "system"))
    return ("" if brackets or orders(left) else left), True


def foreign(action: str) -> str:
    """The language of an action, when it is another one than English; else nothing."""
    said = plain(action)
    letters = [c for c in said if c.isalpha()]
    if not letters:
        return ""
    for language, low, high in SCRIPTS:
        if sum(low <= ord(c) <= high for c in letters) * 4 > len(letters):
            return language
    if sum(0x0400 <= ord(c) <= 0x04FF for c in letters) * 2 > len(letters):
        ukrainian = UKRAINIAN_LETTERS & set(said) or UKRAINIAN_WORDS & set(_WORD.findall(said))
        return "uk" if ukrainian else "ru"
    return _latin(_WORD.findall(said))


def _latin(words: Sequence[str]) -> str:
    if not words:
        return ""
    if len(words) == 1 and len(words[0]) < 3:
        return ""
    counts = {code: sum(_telling(word, code) for word in words) for code in _words_by_language()}
    best = max(counts.values())
    if not best:
        return ""
    leaders = [code for code, count in counts.items() if count == best]
    english = sum(word in ENGLISH_HINTS for word in words)
    strange = any(ord(c) > 127 for word in words for c in word)
    if english >= best or (begins_with_verb(words) and not strange and best < 3):
        return ""
    if best >= _CERTAIN or (len(words) <= 2 or strange):
        return leaders[0]
    return ""


@cache
def _words_by_language() -> Mapping[str, frozenset[str]]:
    """Words of each language, also without their accents, that no player of the English game types."""
    english = ENGLISH_HINTS | english_words()
    return {code: frozenset(f"{words} {fold(words)}".split()) - english for code, words in LANGUAGES.items()}


_CERTAIN = 2


@lru_cache(maxsize=4_096)
def _telling(word: str, language: str) -> float:
    """The weight of a word for a language: less when others have it, too."""
    others = sum(word in known for known in _words_by_language().values())
    if word in _words_by_language()[language]:
        return 1.0 + _OWN / others
    return 0.5 if len(word) > 5 and word.rstrip("a") in _roots(language) else 0.0


_OWN = 0.5
"""Weight of a word that no other language has, beyond that of one that all have."""


@cache
def _roots(language: str) -> frozenset[str]:
    return frozenset(word.rstrip("a") for word in _words_by_language()[language] if len(word) > 4)


def claim(clause: Clause, scope: Scope) -> Meaning | None:
    """The meaning of a claim that something is so: of the bag it is looked up, of anything else it is not so."""
    said = tuple(word for word in clause.said if word != ",")
    if not said or clause.question or clause.marked:
        return None
    if said[:2] in (("i", "have"), ("i", "got")) and len(said) > 2 and not hear(said[2:3]):
        return _having(said[2:], scope)
    if said[0] in SUBJECTS and len(said) > 2 and _is_past(said):
        return Answer("recap") if said[1] not in ("have", "had") else Impossible("not-so", " ".join(said))
    if said[1:2] == ("had",) and said[0] in SUBJECTS and not _PAST.isdisjoint(said):
        return _having(said[2:], scope)
    if boasts(clause):
        return Impossible("not-so", " ".join(said))
    return Impossible("not-so", " ".join(said)) if _of_others(said, scope) else None


def _is_past(said: Sequence[str]) -> bool:
    """Whether what one did is told: "i have paid you", "we opened it before"."""
    perfect = said[1] in ("have", "had") and _is_participle(said[2])
    told = said[-1] in _PAST or any(said[at : at + 2] in _LAST for at in range(len(said)))
    return perfect or (told and _is_participle(said[1]))


def _is_participle(word: str) -> bool:
    return is_verb(word) and (word.endswith("ed") or word in _PARTICIPLES)


_LAST = (("last", "time"), ("last", "turn"), ("last", "round"))
_PARTICIPLES = word_set(
    """paid won done eaten ate given gave taken took bought sold found beaten beat fought read told said made lost left
    brought sent hidden hid spoken spoke gone went drunk drank worn wore hit cut put broken broke"""
)


def boasts(clause: Clause) -> bool:
    """Whether something is said to be won, had or done already: then nothing else of the action is done."""
    said = tuple(word for word in clause.said if word != ",")
    asked = clause.question or clause.marked
    already = any(said[at + 1 : at + 2] == ("already",) for at, word in enumerate(said) if word in SUBJECTS)
    return not asked and (already or any(said[: len(claimed)] == claimed for claimed in CLAIMS))


def _having(words: Sequence[str], scope: Scope) -> Meaning | None:
    if words[0] in ("to", "no", "not", "never", "been", "had"):
        return None
    found = resolve(divide(words).direct, scope, "item")
    if found.entities and found.named:
        return Answer("inventory")
    return Impossible("not-so", " ".join(meaningful(words)) or " ".join(words))


def _of_others(said: Sequence[str], scope: Scope) -> bool:
    """ "the gate opens", "they both die": somebody else is the one who does it."""
    if said[0] == "my":
        return any(_does(word) or (word.endswith("s") and word not in NO_VERBS) for word in said[2:3])
    subject = said[0] in _THIRD or said[0] in DETERMINERS - {"this", "that", "some"} or _names(said, scope)
    if not subject or (said[0] not in _THIRD and len(said) < 3):
        return False
    if said[1:2] == ("of",):
        return False
    if said[0] in ("they", "both", "everyone", "everybody") and len(said) > 1:
        return any(_does(word) or is_verb(word) for word in said[1:3])
    return any(_does(word) for word in said[1:6])


def _does(word: str) -> bool:
    """A verb that somebody else is the subject of: "is", "opens"."""
    if word in _BE:
        return True
    return (
        word.endswith("s")
        and not word.endswith("ss")
        and any(form != word and is_verb(form) for form in base_forms(word))
        and word not in NO_VERBS
    )


def _names(said: Sequence[str], scope: Scope) -> bool:
    if begins_with_verb(said[:1]):
        return False
    return any(resolve(said[:size], scope, "person").score >= 0.9 for size in (1, 2) if meaningful(said[:size]))
