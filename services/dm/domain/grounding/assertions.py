"""What a narrator asserts: the clauses of a story outside quotations, less those that deny, suppose or remember."""

from __future__ import annotations

import re
from collections.abc import Iterator

from services.dm.domain.english.word_lists import lexicon
from services.dm.domain.grounding.evidence import words

_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|«[^»]*(?:»|$)|‘[^’]{3,}?’(?=[\s,.!?]|$)")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+|\n+")
_CLAUSE = re.compile(r"[,;:—–()]\s*|\s+(?:but|until|before)\s+")
_DENIES = lexicon(
    "no not never none nothing nobody nowhere neither nor cannot isn't aren't wasn't don't doesn't didn't can't"
    " won't wouldn't hasn't haven't air nearly almost hardly barely"
)
_SUPPOSES = lexicon(
    "if would could might may should whether unless dream dreams imagine imagines pretend pretends wonder wonders hope"
    " hopes wish wishes remember remembers recall ago yesterday someday perhaps maybe plan suppose tomorrow want"
    " wants try tries fail fails like"
)


SHORTEST_PIECE = 8
"""Letters of a fact's clause that are taken for a quotation of it."""


def unquoted(text: str) -> str:
    """A text with everything between quotation marks taken out: what somebody says is theirs to answer for."""
    return _QUOTED.sub(" ", text)


def sentences(text: str) -> Iterator[str]:
    return (sentence for sentence in _SENTENCE.split(text) if sentence.strip())


def asserted(text: str, spoken: str, facts: tuple[str, ...] = ()) -> Iterator[str]:
    """The clauses that tell something as so. `spoken` and `facts` are what the rules and the scene said, folded: their
    own words are never in doubt, however they are woven in."""
    pieces = sorted({piece for fact in facts for piece in _folded_clauses(fact)}, key=len, reverse=True)
    for sentence in sentences(unquoted(text)):
        if sentence.rstrip().endswith("?") or _SUPPOSES.intersection(words(sentence)):
            continue
        for clause in _CLAUSE.split(sentence):
            said = " ".join(words(clause))
            if not said or said in spoken or denies(clause):
                continue
            own = next(
                (f" {said} ".replace(f" {piece} ", " ") for piece in pieces if f" {piece} " in f" {said} "), None
            )
            yield " ".join(clause.split()) if own is None else own.strip()


def _folded_clauses(fact: str) -> Iterator[str]:
    return (piece for clause in _CLAUSE.split(fact) if len(piece := " ".join(words(clause))) > SHORTEST_PIECE)


def denies(text: str) -> bool:
    """Whether this says that something is not so."""
    return bool(_DENIES.intersection(re.findall(r"[^\W\d_]+(?:['’]t)?", text.casefold().replace("’", "'"))))
