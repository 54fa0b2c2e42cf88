"""Comparisons: words that are only likened to something tell nothing, up to the end of the clause or a name."""

from __future__ import annotations

from dataclasses import replace

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.story.tokens import YOU, YOURS, Token
from services.dm.domain.story.vocabulary import idioms, is_of_quality, may_be_harmless, may_be_verb, plain_words, root

LONGEST_COMPARISON = 12
_ENDS = word_set("and but while until")
_RELATIVES = word_set("that which who where")
_ANYTHING = word_set("thing things something someone somebody anything one ones cat bunny")
"""Words that liken nothing by themselves: what is said of them is meant of what they stand for."""
_ONE = word_set("a an one some")
_MANY = word_set("most all other some two")
_LIKES = word_set("do does did to would will never really")
"""Before a "like" that is a verb."""
_QUALITY = word_set(
    "look air manner manners smell scent taste tang whiff perfume hint feel touch expression face posture gravity"
    " dignity patience grace weight width breadth length height depth size colour tone voice gait warmth softness"
    " memory ghost idea picture image ease calm confidence solemnity tenderness enthusiasm charm texture precision"
    " politeness appetite sound noise rhythm sort kind"
)
"""Qualities in which a thing is likened to another: "with the gravity of a judge"."""
MODES = word_set("way sense manner voice tone fashion style spirit mood")
_SOMETHING = word_set("something somebody someone those things")
_TRACES = word_set("smell scent hint whiff memory ghost trace suggestion")
"""Of what there is only so much, it is not there."""
_PREPOSITIONS = word_set("at to for on over under with")
_SMELLS = word_set("smell smells tastes taste reek reeks")
_PLACES = word_set("out in into to up down through back from is was of and you round around here there past over on by")
_REACH = 5


def mark_comparisons(tokens: list[Token]) -> list[Token]:
    """The tokens with those of comparisons marked: from "like", "as if", "with the air of a" to the end of a clause."""
    found: list[Token] = []
    left = 0
    for at, token in enumerate(tokens):
        if left and _ends(tokens, at):
            left = 0
        if left:
            left -= 1
            found.append(replace(token, compared=True))
            continue
        opens = _opens(tokens, at)
        if opens:
            left = LONGEST_COMPARISON
        found.append(replace(token, compared=opens and not token.named))
    return found


def mark_idioms(tokens: list[Token]) -> list[Token]:
    """The tokens with those of runs that tell nothing together marked."""
    found = list(tokens)
    words = [token.word for token in tokens]
    for at in range(len(words)):
        size = next((n for n in range(LONGEST_IDIOM, 1, -1) if tuple(words[at : at + n]) in idioms()), 0)
        found[at : at + size] = [replace(token, idle=True) for token in found[at : at + size]]
    return found


LONGEST_IDIOM = 7


def _ends(tokens: list[Token], at: int) -> bool:
    token = tokens[at]
    if token.word == "and" and at + 2 < len(tokens) and all(is_of_quality(tokens[n].word) for n in (at - 1, at + 1)):
        return False
    if token.word == "," or token.word in _ENDS or token.named or token.word in YOU | YOURS:
        return True
    return token.word in _RELATIVES and tokens[at - 1].word in _ANYTHING


def _opens(tokens: list[Token], at: int) -> bool:
    word = tokens[at].word
    before = tokens[at - 1].word if at else ""
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if word == "like":
        helped = tokens[at - 2].word if before == "not" and at > 1 else before
        addressed = before in YOU and not (at > 1 and tokens[at - 2].word in _PREPOSITIONS)
        return not addressed and helped not in _LIKES
    if word == "as":
        return _opens_as(tokens, at, after)
    if word == "of":
        return (
            (before in _QUALITY and after in _ONE | _SOMETHING)
            or (before in _TRACES and after not in _PLACES)
            or (before in _SMELLS and after not in _PLACES)
        )
    if word in MODES and before in ("the", "a"):
        return after in _ONE | _MANY or [token.word for token in tokens[at + 1 : at + 3]] == ["in", "which"]
    return False


def _opens_as(tokens: list[Token], at: int, after: str) -> bool:
    """Whether an "as" likens: "as if", the second one of "as big as", "as a bill hits a doormat"."""
    if after in ("if", "though") or any(token.word == "as" for token in tokens[max(0, at - 4) : at]):
        return True
    if after not in _ONE | {"most"}:
        return False
    if at and (is_of_quality(tokens[at - 1].word) or may_be_harmless(tokens[at - 1].word)):
        return True
    return any(_says(token.word) for token in tokens[at + 3 : at + 2 + _REACH])


def _says(word: str) -> bool:
    """Whether a word says what that does which something is likened to."""
    if root(word) in plain_words():
        return word in ("does", "do", "might", "would", "will")
    return word.endswith("s") and may_be_verb(word)
