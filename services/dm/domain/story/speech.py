"""Speech: what somebody says stands when it is small talk, or says what a fact or their own lines say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from services.dm.domain.english.numerals import is_numeral
from services.dm.domain.english.sentences import split_sentences
from services.dm.domain.english.tokens import written_out
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.facts import TurnFact
from services.dm.domain.story.context import StoryContext
from services.dm.domain.story.vocabulary import (
    is_free,
    light_words,
    may_be_harmless,
    plain_words,
    root,
    small_talk,
)

_QUOTED = re.compile(r"“([^”]*)”?|\"([^\"]*)\"?|«([^»]*)»?")
_OWN = word_set("i me my mine we us our ours myself please yes no well oh ah hello hm kid child love dear sir madam")
_DENIES = word_set("not no never nothing nobody none neither nor without cannot")
_TAKES = word_set("give gives gave take takes took keep kept lose lost find found get got")
_TELLS = word_set(
    "will shall never always know knows knew like likes love hate trust promise swear owe secret yours your half less"
)
"""Words by which talk is news, whatever it is of."""
_PLEDGES = (("love", "you"), ("hate", "you"), ("like", "you"), ("me", "anything"))
"""Words that are a bond between two, or an offer of anything, whoever says them."""
_OTHERS = word_set("it they he she somebody someone anybody that")
_PERCEIVES = word_set("see sees hear hears read reads watch notice walk run runs stop")
_PARTS = re.compile(r"[,;:—–]|\s-+\s|\s(?=(?:and|but|so|since|because|who|which|where)\s)")
_WELL_MEANT = 2
"""Words of a line beside which a common word is of it, too."""
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
    texts = tuple(_texts(known))
    for said in split_sentences(quotation):
        if fault := _fault(said, texts, known):
            return fault
    return ""


def _fault(said: str, texts: Texts, known: StoryContext) -> str:
    """The first word that nothing bears out: each part of a sentence may paraphrase another line of the same text."""
    if pledge := next((pair for pair in pairwise(written_out(said)) if pair in _PLEDGES), None):
        return pledge[0]
    words = tuple(written_out(said))
    whole = _own(words)
    if known.leaves_game:
        return "" if whole and words in known.own_lines else said
    if not whole or not _find_in(whole, words, tuple(line for lines in texts for line in lines), whole, beside=False):
        return ""
    for part in _PARTS.split(said):
        words = tuple(written_out(part))
        own = _own(words)
        if own and (fault := _find_unmeant(own, words, texts, whole)) and not _is_small_talk(words, known):
            return fault
    return ""


def _own(words: tuple[str, ...]) -> list[str]:
    return [word for word in words if root(word) not in plain_words() and word not in _OWN]


def _find_unmeant(own: list[str], words: tuple[str, ...], texts: Texts, whole: list[str]) -> str:
    """The first word that is neither free nor of the text that the part paraphrases; beside such, "put" is free."""
    return min((_find_in(own, words, lines, whole) for lines in texts), key=len, default=own[0])


def _find_in(
    own: list[str], words: tuple[str, ...], lines: tuple[str, ...], whole: list[str], *, beside: bool = True
) -> str:
    """The same for one text. `beside`: whether common words stand beside its own."""
    meant = [
        line
        for line in lines
        if _shares(own if len(own) > 1 else whole, line) >= LEAST_SHARED
        and _denied(words) == _denied(written_out(line))
    ]
    allowed = {root(word) for line in meant for word in written_out(line)}
    well = beside and any(_shares(own, line) * len(own) >= _WELL_MEANT for line in meant)
    for word in own:
        of_talk = well and (root(word) in light_words() or root(word) in small_talk()) and word not in _TAKES
        if root(word) in allowed or of_talk or (is_free(word) and not is_numeral(word)):
            continue
        return word
    return ""


def _is_small_talk(words: tuple[str, ...], known: StoryContext) -> bool:
    """Whether a part tells of nobody and nothing: it names none, counts nothing, and has only words of talk."""
    if any(is_numeral(word) for word in words) or _TELLS.intersection(words):
        return False
    if "you" in words and _PERCEIVES.intersection(words) and not _denied(words):
        return False
    if _OTHERS.intersection(words[:2]) and any(word.endswith("ed") for word in words):
        return False
    if any(run in known.forms for size in (1, 2) for run in zip(*(words[n:] for n in range(size)), strict=False)):
        return False
    return all(
        root(word) in plain_words()
        or word in _OWN
        or is_free(word)
        or root(word) in small_talk()
        or may_be_harmless(word)
        for word in words
    )


def _shares(own: list[str], line: str) -> float:
    theirs = {root(word) for word in written_out(line)}
    return sum(root(word) in theirs for word in own) / len(own)


def _denied(words: tuple[str, ...]) -> bool:
    return bool(_DENIES.intersection(words))


Texts = tuple[tuple[str, ...], ...]


def _texts(known: StoryContext) -> Iterator[tuple[str, ...]]:
    """Sentences of each text that somebody here may say: of the facts, of their own manner, and of the place."""
    for text in known.texts:
        yield tuple(split_sentences(text.replace('"', " ").replace("“", " ").replace("”", " ")))


def find_line(about: str | None, who: str | None, facts: tuple[TurnFact, ...]) -> TurnFact | None:
    """The fact whose words a speech paraphrases."""
    by_id = next((fact for fact in facts if fact.id == about), None)
    if by_id:
        return by_id
    spoken = [fact for fact in facts if fact.kind in ("says", "on-topic")]
    theirs = [fact for fact in spoken if fact.outcome and fact.outcome.call.arguments.get("npc") == who]
    return next(iter(theirs or spoken), None) if who or about else None
