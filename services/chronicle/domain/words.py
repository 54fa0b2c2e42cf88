"""The words by which a fact can be found again: those of names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_BEGINS = re.compile(r"(?:^|[.!?…:;(\[\"“”‘«»–—])\s*$")
_SHORTEST = 3
_COMMON_TEXT = (
    "the and for from with about into onto over under that this these those you your yours she her his him they them"
    " their its what where when who whom whose which why how are was were will would can could shall should may might"
    " must has had have not nor but than then here there now just also very some any all one know remember tell ask"
    " talk look find take give get use say want need try let make does did again still back old new big small"
)
_COMMON = frozenset(_COMMON_TEXT.split())
"""Words that say nothing of what a sentence is about, and verbs that any action may begin with."""


def words(text: str) -> frozenset[str]:
    """The words of a text that could name something, folded: lower case, no accents, no plural."""
    return frozenset(_telling(match.group() for match in _WORD.finditer(text)))


def words_of_names(text: str) -> frozenset[str]:
    """The words of the names in a text: capitals inside a sentence, and at its start when another one follows."""
    tokens = list(_WORD.finditer(text))
    named = (
        token.group()
        for token, following in zip(tokens, [*tokens[1:], None], strict=False)
        if _is_name(token.group())
        and (not _BEGINS.search(text[: token.start()]) or (following and _is_name(following.group())))
    )
    return frozenset(_telling(named))


def _is_name(word: str) -> bool:
    return word[0].isupper() and not word.isupper()


def _telling(found: Iterator[str]) -> Iterator[str]:
    for word in found:
        folded = _fold(word)
        if len(folded) >= _SHORTEST and not folded.isdigit() and folded not in _COMMON:
            yield _singular(folded)


def _fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", re.sub(r"['’]s?$|['’]", "", word))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > _SHORTEST else word
