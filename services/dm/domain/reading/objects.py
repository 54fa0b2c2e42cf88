"""Objects of a deed (what is done to what, with what): a clause's words after its verb, divided at the prepositions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from services.dm.domain.reading.english.function_words import DETERMINERS, FILLERS, PREPOSITIONS, PRONOUNS, TAILS
from services.dm.domain.reading.naming import WHOLE_NAME, Reference, resolve
from services.dm.domain.reading.noun_phrases import is_adverb, take_apart
from services.dm.domain.reading.scope import Scope

_SILENT = (
    DETERMINERS
    | FILLERS
    | PRONOUNS
    | PREPOSITIONS
    | {",", "and", "'s", "myself", "yourself", "another", "other", "i", "we", "us", "you"}
)


@dataclass(frozen=True)
class Objects:
    """`direct`: before the first preposition; `by`: what follows each; `whole`: all of it."""

    direct: tuple[str, ...] = ()
    by: dict[str, tuple[str, ...]] = field(default_factory=dict)
    whole: tuple[str, ...] = ()

    def after(self, *prepositions: str) -> tuple[str, ...]:
        return next((self.by[word] for word in prepositions if self.by.get(word)), ())

    @property
    def first(self) -> tuple[str, ...]:
        """The direct object, or what stands after the first preposition."""
        return self.direct or next((words for words in self.by.values() if words), ())

    @property
    def names_something(self) -> bool:
        return bool(meaningful(self.whole))


def divide(words: Sequence[str]) -> Objects:
    """Divide the words after a verb. Asked of the same words by every reader of a clause."""
    return _divide(tuple(words))


@lru_cache(maxsize=1_024)
def _divide(words: tuple[str, ...]) -> Objects:
    groups: dict[str, list[str]] = {"": []}
    at = ""
    whole: list[str] = []
    said = aside_left_out(words)
    for word, after in zip(said, (*said[1:], ""), strict=False):
        if word in (",", "and") and not whole:
            continue
        if word in _OWNERS and after in _OWNING and whole:
            break
        if (word in TAILS or word == "i") and any(w not in FILLERS for w in whole) and not _points(word, whole[-1]):
            break
        if word in _ANYBODY and after and _ends_a_name(whole):
            break
        if word == "like" and after in _ANYBODY | PRONOUNS and whole:
            break
        if word == "its" and meaningful(whole) and whole[-1] not in PREPOSITIONS:
            break
        whole.append(word)
        if word in PREPOSITIONS:
            at = word
            groups.setdefault(at, [])
        else:
            groups[at].append(word)
    direct = tuple(groups.pop(""))
    return Objects(direct, {prep: tuple(found) for prep, found in groups.items()}, tuple(whole))


def _ends_a_name(words: Sequence[str]) -> bool:
    """Whether a name may end here, so that who comes next is the subject of a clause that tells about it: "the nip
    somebody left on the bench"."""
    return (len(words) > 1 or bool(meaningful(words))) and words[-1] not in PREPOSITIONS | DETERMINERS | {
        ",",
        "and",
        "to",
        "from",
    }


_ANYBODY = frozenset(("somebody", "someone", "everybody", "everyone", "nobody", "noone", "people", "they", "he", "she"))
_OWNERS = frozenset(("you", "u", "ya", "he", "she", "they", "we"))
_OWNING = frozenset(("have", "has", "got", "sell", "sells", "carry", "can", "could"))
"""Verbs that, with one of those before them, tell who has a thing, not its name ("the cheapest thing you have")."""


def aside_left_out(words: Sequence[str]) -> tuple[str, ...]:
    """The words without what is remarked after a comma: "the cream, he looks chilled"."""
    for at in range(1, len(words) - 2):
        if words[at] != ",":
            continue
        remarks = words[at + 1] in _REMARKING or (words[at + 1] in ("this", "that") and words[at + 2] in _BEING)
        if remarks and words[at + 2] not in (",", "and", "one"):
            return tuple(words[:at])
    return tuple(words)


_REMARKING = frozenset(("he", "she", "it", "they", "there", "you", "we", "which", "who"))
_BEING = frozenset(("is", "was", "are", "were", "looks", "has"))


def _points(word: str, before: str) -> bool:
    """ "over to that market" points at it; "the thing that hums" tells about it."""
    return word == "that" and (before in PREPOSITIONS or before in (",", "and"))


def meaningful(words: Sequence[str]) -> tuple[str, ...]:
    """Words that name something, pronouns and what is of the verb left out."""
    around = zip(("", *words), words, (*words[1:], ""), strict=False)
    return tuple(
        word
        for before, word, after in around
        if word not in _SILENT and not is_adverb(word) and not _helps(before, word, after)
    )


def _helps(before: str, word: str, after: str) -> bool:
    """Whether it is of the verb, and no tin: "whether I can", "can you"."""
    return word == "can" and not _WHO_CAN.isdisjoint((before, after))


_WHO_CAN = frozenset(
    ("i", "you", "u", "he", "she", "it", "we", "they", "one", "who", "there", "somebody", "anybody", "nobody")
)


def find(objects: Objects, scope: Scope, *kinds: str) -> Reference:
    """The things of these kinds in a clause: by its direct object, all of its words, what follows a preposition."""
    best = Reference(phrase=" ".join(objects.first))
    tried: set[tuple[str, ...]] = set()
    listed = objects.direct[: objects.direct.index(",")] if "," in objects.direct else ()
    for words in (objects.direct, objects.whole, listed, *objects.by.values()):
        if not words or words in tried:
            continue
        tried.add(words)
        found = resolve(words, scope, *kinds)
        if found.entities and found.score > best.score + 0.01:
            best = found
        if best.score >= WHOLE_NAME:
            break
    return best


_ARTICLES = ("the", "my", "a", "an", "that", "this")


def is_list(words: Sequence[str]) -> bool:
    return "," in words or "and" in words


def each(words: Sequence[str], scope: Scope, *kinds: str) -> list[Reference]:
    """One reference for every member of a list: "the beak, the hook and that bottle"."""
    members: list[list[str]] = [[]]
    listed = is_list(words)
    for word in words:
        if word in (",", "and"):
            members.append([])
        elif listed and word in _ARTICLES and meaningful(members[-1]):
            members.append([word])
        else:
            members[-1].append(word)
    whole = resolve([word for word in words if word != ","], scope, *kinds)
    if len(members) < 2 or (whole.one and whole.score >= 1.0):
        return [whole]
    found = [resolve(member, scope, *kinds) for member in members if meaningful(member) or take_apart(member).pronoun]
    return [reference for reference in found if reference.entities] or [whole]
