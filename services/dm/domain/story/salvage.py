"""Salvage: what may stand of a sentence that fell for a word that nobody knows. What is added behind its end is cut
off, and what is left is a sentence of its own, which is verified like any other.

So nothing is told that would not stand if the model had written just that. A clause with a subject of its own is no
addition: what it says is news, and the sentence falls with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.dm.domain.english.sentences import closes
from services.dm.domain.english.tokens import written_out
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.story.vocabulary import is_of_quality, may_be_verb, root

_CUT = re.compile(r"\s*(?P<mark>[;:,]|\s[-–—]+(?=\s)|—)\s*|\s+(?=(?:and|but|because|while|like|as)\s)")
_ENDS = re.compile(r"[\s.,;:!?…–—-]+$")
_BINDS = word_set("until till or nor except save when whenever before without that than")
"""First words of what may bind what stands before it: "it stops when you look"."""
_CONDITIONS = word_set("if unless lest whether")
_PAIRS = word_set("between neither either both")
"""Words that want an "and" or an "or" behind them."""
_SUBORDINATE = word_set(
    "if unless until till when whenever while as because since although though before after once whether where"
    " wherever whoever whatever that which who whose what how than lest so by"
)
_GOES_ON = word_set(
    "and but so yet then like as with which who where while because for in on at to of from by into under over"
    " behind beside beneath between through across along a an the his her its your their each both all some no not"
    " though although still even just only one two this that these those it he she they you there"
)
"""First words of what may be left out behind a comma: no second adjective, and no noun of a list."""
_NO_END = word_set(
    "a an the his her its your their my our this that these those some any every each no both either neither and"
    " or but nor so as than if because while when where which who whose with of at to from for into is"
    " are was were be been am has have had do does did will would can could may might must should not all anything"
    " very too quite more most less about also only even just"
)
_BE = word_set("is are was were am has have had does did do will would can could may might must should cannot")
_BEFORE_NOUN = word_set(
    "a an the his her its your their my our this these those some any every each no both of in on at to from by"
    " for with into under over behind beside two three four five six seven eight nine ten other own and"
)
_JOINS = word_set("and but so yet then as because while for although though")
_RELATIVE = word_set("which who whose where with like")
_WHO = word_set("that which who whose whom where when")
_VERDICTS = frozenset(
    map(root, word_set("hit miss fail succeed win lose fall die kill land connect dodge open yield resist refuse give"))
)
LEAST_WORDS = 2


@dataclass(frozen=True)
class _Piece:
    """Words between two places where a sentence can be cut, and the mark that stands before them."""

    start: int
    end: int
    mark: str


def find_parts(sentence: str, fault: str = "") -> Iterator[str]:
    """Parts of a sentence that may be told instead of it, the longest first: its beginning up to where it can be cut.
    `fault`: the word by which it fell, which no part has."""
    faults = set(written_out(fault))
    for piece in reversed(_pieces(sentence)[1:]):
        head, tail = sentence[: piece.start], sentence[piece.end :]
        if faults and faults <= set(written_out(head)):
            continue
        if not (_may_be_left_out(tail, piece.mark) and is_whole(head)) or _is_cut_in_two(head, tail):
            continue
        yield _ENDS.sub("", head) + "."


def decides(word: str) -> bool:
    """Whether a word says how something went: without it the rest would leave open what is settled."""
    return root(word) in _VERDICTS


def _pieces(sentence: str) -> list[_Piece]:
    cuts = [_Piece(0, 0, "")]
    cuts += [_Piece(cut.start(), cut.end(), (cut.group("mark") or "").strip()) for cut in _CUT.finditer(sentence)]
    return cuts


def _may_be_left_out(tail: str, mark: str) -> bool:
    """Whether what stands before it is no less so without it."""
    words = written_out(tail)
    if not words or words[0] in _BINDS or _CONDITIONS.intersection(words):
        return False
    if mark == "," and words[0] not in _GOES_ON and not words[0].endswith(("ing", "ed")):
        return False
    return words[0] in _RELATIVE or not is_whole(tail[len(words[0]) :] if words[0] in _JOINS else tail)


def _is_cut_in_two(head: str, tail: str) -> bool:
    """Whether words that belong together would be parted: "a small and tired moon", "as round as a day"."""
    words = written_out(head)
    joined = tail.split(" ", 1)[0].lower()
    if joined == "as" and "as" in words:
        return True
    return is_of_quality(words[-1]) and (words[-2] in _BEFORE_NOUN or is_of_quality(words[-2]))


def is_whole(head: str) -> bool:
    """Whether a beginning of a sentence is one by itself: somebody or something, and what it does."""
    words = written_out(head)
    if len(words) < LEAST_WORDS or not closes(head) or words[-1] in _NO_END:
        return False
    if words[0] in _SUBORDINATE:
        _, _, main = head.partition(",")
        return bool(main) and is_whole(main)
    return not _PAIRS.intersection(words) and _has_verb(words)


def _has_verb(words: tuple[str, ...]) -> bool:
    """Whether one of the words says what the subject does: it stands behind the subject, and in no relative clause."""
    for at, word in enumerate(words):
        before = words[at - 1] if at else ""
        if at and before in _WHO:
            return False
        if word in _BE and (at or words[0] not in _BE):
            return at > 0
        if at == 0 or before in _BEFORE_NOUN or word in _NO_END:
            continue
        if before in ("you", "they", "it", "he", "she", "there"):
            return True
        plural = before.endswith("s") and not before.endswith("ss")
        if may_be_verb(word) and (word.endswith("s") and not plural and not is_of_quality(before)):
            return True
        if may_be_verb(word) and plural and not word.endswith("s") and not is_of_quality(word):
            return True
    return False
