"""Speech: what somebody says stands when it is small talk, or says what a fact or their own lines say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from services.dm.domain.english.sentences import split_sentences
from services.dm.domain.english.tokens import written_out
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.facts import TurnFact
from services.dm.domain.story.context import StoryContext
from services.dm.domain.story.figures import is_numeral
from services.dm.domain.story.vocabulary import is_free, plain_words, root

_QUOTED = re.compile(r"“([^”]*)”?|\"([^\"]*)\"?|«([^»]*)»?")
_OWN = word_set("i me my mine we us our ours myself please yes no well oh ah hello hm kid child love dear sir madam")
_DENIES = word_set("not no never nothing nobody none neither nor without cannot")
LEAST_SHARED = 0.5
"""Part of a sentence's own words that the line it paraphrases must have."""
SPEAKING = frozenset(
    ("says", "on-topic", "learn", "take-on", "quest-on", "has-work", "would-talk", "unmoved", "likes-more")
)


def take_out_quotations(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with its quotations taken out, and what stood in them."""
    quoted = tuple(next(filter(None, match.groups()), "") for match in _QUOTED.finditer(text))
    return " ".join(_QUOTED.sub(" ", text).split()), quoted


def is_borne_out(quotation: str, known: StoryContext) -> str:
    """The word of a quotation that nothing bears out; nothing when all of it stands."""
    lines = tuple(_lines(known))
    for said in split_sentences(quotation):
        if fault := _fault(said, lines, known):
            return fault
    return ""


def _fault(said: str, lines: tuple[str, ...], known: StoryContext) -> str:
    words = tuple(written_out(said))
    own = [word for word in words if root(word) not in plain_words() and word not in _OWN]
    if not own:
        return ""
    meant = [
        line for line in lines if _shares(own, line) >= LEAST_SHARED and _denied(words) == _denied(written_out(line))
    ]
    allowed = {root(word) for line in meant for word in written_out(line)}
    for word in own:
        if root(word) in allowed or (is_free(word) and not is_numeral(word)):
            continue
        return word
    return ""


def _shares(own: list[str], line: str) -> float:
    theirs = {root(word) for word in written_out(line)}
    return sum(root(word) in theirs for word in own) / len(own)


def _denied(words: tuple[str, ...]) -> bool:
    return bool(_DENIES.intersection(words))


def _lines(known: StoryContext) -> Iterator[str]:
    """Sentences that somebody here may say: of this turn's facts, of their own manner, and of the place."""
    for text in known.texts:
        yield from split_sentences(text.replace('"', " ").replace("“", " ").replace("”", " "))


def find_line(about: str | None, who: str | None, facts: tuple[TurnFact, ...]) -> TurnFact | None:
    """The fact whose words a speech paraphrases."""
    by_id = next((fact for fact in facts if fact.id == about), None)
    if by_id:
        return by_id
    spoken = [fact for fact in facts if fact.kind in ("says", "on-topic")]
    theirs = [fact for fact in spoken if fact.outcome and fact.outcome.call.arguments.get("npc") == who]
    return next(iter(theirs or spoken), None) if who or about else None
