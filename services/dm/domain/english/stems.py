"""Stems: rough roots of words, the same for all forms of a regular one."""

from __future__ import annotations

from services.dm.domain.english.tokens import written_out
from services.dm.domain.english.word_lists import read_words

_IRREGULAR = {
    "bought": "buy",
    "fled": "flee",
    "fought": "fight",
    "gave": "give",
    "goes": "go",
    "going": "go",
    "gonna": "go",
    "hid": "hide",
    "lying": "lie",
    "ran": "run",
    "said": "say",
    "shot": "shoot",
    "sold": "sell",
    "spoke": "speak",
    "stole": "steal",
    "struck": "strike",
    "threw": "throw",
    "told": "tell",
    "took": "take",
    "using": "use",
    "used": "use",
    "uses": "use",
    "went": "go",
    "wore": "wear",
    "bitten": "bite",
}
NEVER_NAMES = read_words("never_names")
"""Words that never name anything by themselves."""


def stem(word: str) -> str:
    """A rough root, the same for all forms of a regular word: enough to compare, not to print."""
    word = _IRREGULAR.get(word, word)
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("ing") and len(word) > 5:
        word = _drop_doubling(word[:-3])
    elif word.endswith("ed") and len(word) > 4:
        word = _drop_doubling(word[:-2])
    elif word.endswith(("ses", "xes", "zes", "ches", "shes")) and len(word) > 4:
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us")) and len(word) > 3:
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def _drop_doubling(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz" else word


def stems(text: str) -> tuple[str, ...]:
    """The stems of the words that can name something."""
    return tuple(stem(word) for word in written_out(text) if word not in NEVER_NAMES)
