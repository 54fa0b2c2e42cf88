"""From what somebody typed to plain words that can be compared."""

from __future__ import annotations

import re
import unicodedata

from services.dm.domain.english.word_lists import lexicon

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_CONTRACTED = {
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "let's": ("let", "us"),
    "dont": ("do", "not"),
    "im": ("i", "am"),
}
_ENDINGS = {"n't": "not", "'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'s": ""}
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


EMPTY = lexicon(
    "a an the this that these those my your his her its our their some any one of in on at to into onto from for with"
    " by and then i me myself we us you it him them he she they is are am be was were will would can could shall"
    " should may might must do does did have has had want need like try let please now just also very really so up"
    " down over there here out off around about towards toward next again more quickly quietly slowly carefully lets"
    " go get as if while still only too all both no not which what who where when how inside way behind under near"
    " between through past away back upon using old big small little"
)
"""Words that never name anything by themselves."""


def fold(text: str) -> str:
    """Lower case, without accents, with straight quotes."""
    straight = text.translate(str.maketrans("’‘“”´`", "''\"\"''"))
    decomposed = unicodedata.normalize("NFKD", straight)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def words(text: str) -> tuple[str, ...]:
    """The words of a text in order, contractions written out and possessives dropped."""
    found: list[str] = []
    for word in _WORD.findall(fold(text)):
        found.extend(_written_out(word))
    return tuple(word for word in found if word)


def _written_out(word: str) -> tuple[str, ...]:
    if word in _CONTRACTED:
        return _CONTRACTED[word]
    for ending, full in _ENDINGS.items():
        if word.endswith(ending):
            return (word.removesuffix(ending), full)
    return (word.replace("'", ""),)


def stem(word: str) -> str:
    """A rough root, the same for all forms of a regular word: enough to compare, not to print."""
    word = _IRREGULAR.get(word, word)
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("ing") and len(word) > 5:
        word = _undoubled(word[:-3])
    elif word.endswith("ed") and len(word) > 4:
        word = _undoubled(word[:-2])
    elif word.endswith(("ses", "xes", "zes", "ches", "shes")) and len(word) > 4:
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us")) and len(word) > 3:
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def _undoubled(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz" else word


def stems(text: str) -> tuple[str, ...]:
    """The roots of the words that can name something."""
    return tuple(stem(word) for word in words(text) if word not in EMPTY)
