"""A story held against its manifests: who told each sentence, and that not a word of it was changed since.

Proved: whoever holds the key claimed this of exactly these sentences, in this order. Not proved, for no signature can:
that the claim was true when it was made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from contracts.manifest import StoryManifest, TurnManifest
from contracts.playerapi import PublicKey
from ninelives.ops.proof.book import Book
from ninelives.ops.proof.jws import NotSigned, signed_by
from ninelives.ops.proof.verification import Mismatch


@dataclass(frozen=True)
class StoryVerdict:
    """The verdict on a story. `words`: how many verified sentences are whose."""

    turns: int
    signatures: int
    words: Counter[str]
    mismatches: tuple[Mismatch, ...]


def verify(book: Book, keys: Mapping[str, PublicKey]) -> StoryVerdict:
    """Hold what a book tells against what is signed by these keys. Of each turn the first sentence is named that is not
    as it was signed."""
    found: list[Mismatch] = []
    stories: list[StoryManifest] = []
    for number, jws in enumerate(book.signed, 1):
        try:
            stories.append(signed_by(jws, keys))
        except NotSigned as why:
            found.append(Mismatch(f"signature {number}", str(why)))
    if len({story.campaign_id for story in stories}) > 1:
        found.append(Mismatch("signatures", "are of different campaigns"))
    signed = {turn.turn_id: turn for story in stories for turn in story.turns}
    words: Counter[str] = Counter()
    for turn_id, told in book.told.items():
        turn = signed.get(turn_id)
        different = _difference(turn, told) if turn else Mismatch(turn_id, "has no manifest that is signed")
        if different:
            found.append(different)
        elif turn:
            words.update(sentence.words for sentence in turn.sentences)
    found += _left_out(book, signed)
    return StoryVerdict(len(book.told), len(stories), words, tuple(found))


def _left_out(book: Book, signed: Mapping[str, TurnManifest]) -> Iterator[Mismatch]:
    numbers = [signed[turn].number for turn in book.told if turn in signed]
    if numbers != sorted(numbers):
        yield Mismatch("turns", "do not stand in the order in which they were told")
    for turn in signed.values():
        if turn.turn_id not in book.told:
            yield Mismatch(f"turn {turn.number}", "is signed and not in the story")


def _difference(turn: TurnManifest, told: str) -> Mismatch | None:
    text, at = told.encode(), 0
    for number, sentence in enumerate(turn.sentences, 1):
        piece = text[at : at + sentence.size]
        if sha256(piece).hexdigest() != sentence.sha256:
            said = piece.decode(errors="replace")
            return Mismatch(f"turn {turn.number}, sentence {number}", f"is not what was signed: {said!r}")
        at += sentence.size + 1
    if text != text[: at - 1] or sha256(text).hexdigest() != turn.sha256:
        return Mismatch(f"turn {turn.number}", "is not what was signed, between or behind its sentences")
    return None
