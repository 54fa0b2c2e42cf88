"""Sentences of a whole text, and of one that still grows, where what comes later cannot change an end once found."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+|\n+")
_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|«[^»]*(?:»|$)|‘[^’]{3,}?’(?=[\s,.!?]|$)")
_END = re.compile(r"(?:(?<=[.!?…])[\"”’')\]]*(?=\s+(\S))|(?<=\S)(?=\s*?\n\s*(\S)))")
"""A subset of where `split_sentences` splits: a check reads a sentence the same with and without the rest."""
_SINGLE_QUOTED = re.compile(r"(?<!\w)(?:‘(?:[^’]|’(?=\w))*’|'(?=\w)(?:[^']|(?<=\w)'(?=\w))*')(?!\w)")
_SINGLE_OPENED = re.compile(r"‘|(?<!\w)'(?=\w)")


def split_sentences(text: str) -> Iterator[str]:
    """The sentences of a whole text, without what ends them: blanks and closing marks."""
    return (sentence for sentence in _SENTENCE.split(text) if sentence.strip())


def drop_quotations(text: str) -> str:
    """A text with everything between quotation marks taken out: what somebody says is theirs to answer for."""
    return _QUOTED.sub(" ", text)


def find_ends(text: str, after: int = 0) -> Iterator[int]:
    """The end of each complete sentence beyond `after`. None is inside a quotation, and behind each of them the text
    goes on, not in a small letter."""
    for match in _END.finditer(text, after):
        follows = match.group(1) or match.group(2)
        if match.end() > after and not (match.group(1) and follows.islower()) and closes(text[: match.end()]):
            yield match.end()


def closes(text: str) -> bool:
    """Whether every quotation that this text opens is closed in it."""
    if text.count("“") != text.count("”") or text.count("«") != text.count("»") or text.count('"') % 2:
        return False
    return not _SINGLE_OPENED.search(_SINGLE_QUOTED.sub(" ", text))
