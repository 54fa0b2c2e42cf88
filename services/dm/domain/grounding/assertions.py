"""Assertions: the clauses of a story outside quotations, less those that deny, suppose or remember."""

from __future__ import annotations

import re
from collections.abc import Iterator

from services.dm.domain.english.negation import denies, supposes
from services.dm.domain.english.sentences import drop_quotations, split_sentences
from services.dm.domain.english.tokens import join_words, words

_CLAUSE = re.compile(r"[,;:—–()]\s*|\s+(?:but|until|before)\s+")
_IN_VAIN = "air"
"""What closes on air, closes on nothing."""
SHORTEST_PIECE = 8
"""Letters of a fact's clause that are taken for a quotation of it."""


def find_assertions(text: str, spoken: str, facts: tuple[str, ...] = ()) -> Iterator[str]:
    """The clauses that tell something as so. `spoken` and `facts` are what the rules and the scene said: their
    own words are never in doubt, however they are woven in."""
    pieces = sorted({piece for fact in facts for piece in _pieces(fact)}, key=len, reverse=True)
    for sentence in split_sentences(drop_quotations(text)):
        if sentence.rstrip().endswith("?") or supposes(sentence):
            continue
        for clause in _CLAUSE.split(sentence):
            said = join_words(clause)
            if not said or said in spoken or denies(clause) or _IN_VAIN in words(clause):
                continue
            own = next(
                (f" {said} ".replace(f" {piece} ", " ") for piece in pieces if f" {piece} " in f" {said} "), None
            )
            yield " ".join(clause.split()) if own is None else own.strip()


def _pieces(fact: str) -> Iterator[str]:
    return (piece for clause in _CLAUSE.split(fact) if len(piece := join_words(clause)) > SHORTEST_PIECE)
