"""Answers to a request that leaves the game: they tell what the rules decided, in its own words, or are a line of the
place or of somebody here, word by word. What else would be told there, nothing can tell from an answer."""

from __future__ import annotations

from services.dm.domain.english.tokens import written_out
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.story.readings import Unverified
from services.dm.domain.story.sentence import SentenceRead
from services.dm.domain.story.tokens import Token
from services.dm.domain.story.vocabulary import is_of, plain_words, root

ELSEWHERE = "elsewhere"
"""The rule by which all falls that does not stand in such a turn. No second reader is asked about it."""
_SAYS = word_set("you to at the a and then he she it they")
"""Words beside those of somebody, who says them."""


def check_of_here(sentence: str, reading: SentenceRead) -> None:
    """Raises Unverified for a sentence that is no line of the place and has a clause that tells no fact of the turn, or
    a word of its own, where what was typed leaves the game: that is read last, for it takes longest."""
    said = written_out(sentence)
    if any(said == written_out(line) for line in reading.known.request.briefing.ambience):
        return
    tokens = [token for clause, _ in reading.clauses for token in clause.tokens]
    if reading.speaks:
        strange = next((token.word for token in tokens if not _says(token)), "")
    elif all(facts for _, facts in reading.clauses) and reading.told:
        strange = next((token.word for token in tokens if not _tells(token, reading)), "")
    else:
        strange = sentence
    if strange and reading.known.leaves_game:
        raise Unverified(ELSEWHERE, strange)


def _says(token: Token) -> bool:
    return token.named != () or token.word in _SAYS or is_of("talk", token.word)


def _tells(token: Token, reading: SentenceRead) -> bool:
    """Whether it names something, or is of the facts that are told."""
    own = root(token.word)
    if token.named or token.slot or token.word in reading.borne or own in plain_words():
        return True
    return any(own in reading.known.own_words[id] for id in reading.told)
