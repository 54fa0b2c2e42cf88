"""Answers to a request that leaves the game: they may tell what is here, in the words of what is here, and that the cat
does what was typed."""

from __future__ import annotations

from services.dm.domain.english.tokens import written_out
from services.dm.domain.story.clauses import Clause
from services.dm.domain.story.licences import CAT
from services.dm.domain.story.readings import Unverified
from services.dm.domain.story.sentence import SentenceRead
from services.dm.domain.story.tokens import Token
from services.dm.domain.story.vocabulary import is_of, plain_words, root


def check_of_here(sentence: str, reading: SentenceRead) -> None:
    """Raises Unverified for a sentence that has a word of its own, or is about nothing here, when what was typed leaves
    the game: what was typed is read last, for it takes longest. The place's own lines stand."""
    said = written_out(sentence)
    if any(said == written_out(line) for line in reading.known.request.briefing.ambience):
        return
    tokens = [(token, clause) for clause, _ in reading.clauses for token in clause.tokens]
    strange = next((token.word for token, clause in tokens if not _is_of_here(token, clause, reading)), "")
    is_here = not strange and (reading.speaks or any(_tells(token, clause, reading) for token, clause in tokens))
    if not is_here and reading.known.leaves_game:
        raise Unverified("elsewhere", strange or sentence)


def _is_of_here(token: Token, clause: Clause, reading: SentenceRead) -> bool:
    own = root(token.word)
    if own in plain_words() or own in reading.known.seen_words or (reading.speaks and is_of("talk", token.word)):
        return True
    return _tells(token, clause, reading)


def _tells(token: Token, clause: Clause, reading: SentenceRead) -> bool:
    """Whether it names something, tells of a fact, or is what the cat was to do."""
    if token.named or token.slot or token.word in reading.borne:
        return True
    own = root(token.word)
    return clause.role == CAT and own in reading.known.action_words and own not in plain_words()
