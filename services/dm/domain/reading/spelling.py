"""Words alike: base forms, plurals, one slip of a key, and spelling by ear."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_IRREGULAR = dict(
    pair.split()
    for pair in """
        went go, gone go, took take, taken take, gave give, given give, bought buy, sold sell, ate eat, drank
        drink, fought fight, ran run, hid hide, slept sleep, spoke speak, told tell, said say, threw throw, struck
        strike, bit bite, stole steal, wore wear, got get, knives knife, mice mouse, lives life, teeth tooth, feet
        foot, hit hit, made make, lying lie, dying die, tying tie, kittens kitten, thieves thief
    """.replace("\n", " ").split(",")
)


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """A noun without its plural."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=16_384)
def base_forms(word: str) -> tuple[str, ...]:
    """The base forms that a verb may have: "slashing" is of "slash", "slashe", "slashing"."""
    forms = [word]
    if word in _IRREGULAR:
        forms.append(_IRREGULAR[word])
    for ending in ("ing", "ed", "es", "s", "in'"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            root = word[: -len(ending)]
            forms += [root, root + "e"]
            if len(root) > 2 and root[-1] == root[-2]:
                forms.append(root[:-1])
            if root.endswith("i"):
                forms.append(root[:-1] + "y")
    return tuple(dict.fromkeys(forms))


def slips(a: str, b: str, most: int) -> int:
    """Letters added, lost, changed or swapped between two words; `most` + 1 when there are more."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]


@lru_cache(maxsize=16_384)
def sound(word: str) -> str:
    """A word as one hears it, roughly: without doubled letters and without the vowels after the first letter."""
    heard = word.replace("ph", "f").replace("ck", "k").replace("wh", "w").replace("gh", "g").replace("q", "k")
    heard = re.sub(r"c(?=[eiy])", "s", heard).replace("c", "k").replace("x", "ks").replace("z", "s")
    heard = re.sub(r"(.)\1+", r"\1", heard)
    return heard[:1] + re.sub(r"[aeiouyhw]", "", heard[1:])


def tolerance(word: str) -> int:
    """Slips that are forgiven in a word of this length."""
    return 0 if len(word) < 3 else 1 if len(word) < 7 else 2


@lru_cache(maxsize=16_384)
def closeness(word: str, known: str) -> float:
    """0 … 1: how surely the one is meant by the other."""
    if word == known:
        return 1.0
    most = tolerance(word)
    if not most or len(known) < 3:
        return 0.0
    slipped = slips(word, known, most)
    if slipped <= most and (word[0] == known[0] or (slipped == 1 and len(word) > 4)):
        return 0.9 - 0.1 * slipped if len(word) > 3 else 0.7
    if len(word) > 3 and abs(len(word) - len(known)) <= 3 and len(sound(word)) > 1 and sound(word) == sound(known):
        return 0.7
    return 0.0


def nearest(word: str, vocabulary: Iterable[str]) -> tuple[str, float]:
    """The word of a vocabulary most like this one, and how like: ("", 0) when none is."""
    best, score = "", 0.0
    for known in vocabulary:
        like = closeness(word, known)
        if like > score:
            best, score = known, like
    return best, score
