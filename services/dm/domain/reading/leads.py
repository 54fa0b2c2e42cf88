"""Leads: words before a verb that change nothing of what is done, and words that ask for leave."""

from __future__ import annotations

from collections.abc import Sequence

from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading.corrections import starts
from services.dm.domain.reading.english.function_words import DETERMINERS, LEADS, PREPOSITIONS, REQUESTS

_BY_FIRST_LEAD = {
    first: tuple(phrase for phrase in LEADS if phrase[0] == first) for first in {phrase[0] for phrase in LEADS}
}
_BY_FIRST_REQUEST = {
    first: tuple(phrase for phrase in REQUESTS if phrase[0] == first) for first in {phrase[0] for phrase in REQUESTS}
}


def lead_off(words: Sequence[str]) -> tuple[bool, list[str], bool]:
    """(whether leave is asked, the words after what leads in, whether the cat was named as the one who acts)."""
    rest = [word for word in words if word != ","] if words and words[0] == "," else list(words)
    request, led, moved = False, False, True
    while moved and rest:
        moved = False
        for phrase in _BY_FIRST_REQUEST.get(rest[0], ()):
            if starts(rest, phrase):
                rest, request, moved, led = rest[len(phrase) :], True, True, True
                break
        leads = _BY_FIRST_LEAD.get(rest[0], ()) if rest else ()
        best = max((phrase for phrase in leads if starts(rest, phrase)), key=len, default=())
        if best and len(rest) > len(best) and not _is_sentence(rest, best):
            led |= best[0] in ("i", "we", "let", "my")
            rest, moved = rest[len(best) :], True
        while rest and rest[0] == ",":
            rest, moved = rest[1:], True
    return request, rest, led


def is_polite_order(said: Sequence[str]) -> bool:
    """ "would you please …?": an order, whatever mark it ends with."""
    modals = (at for at, word in enumerate(said[:_LATEST]) if word in _MODALS and said[at + 1 : at + 2] == ("you",))
    at = next(modals, -1)
    return at >= 0 and not _POLITE.isdisjoint((*said[:at], *said[at + 2 : at + 3]))


_LATEST = 4
_MODALS = word_set("would could can will")
_POLITE = word_set("please pls plz kindly")


def _is_sentence(words: Sequence[str], lead: tuple[str, ...]) -> bool:
    """ "i am the chosen one", "i am attacked", "i will what": the lead is the whole predicate."""
    following = words[len(lead)]
    return lead in (("i", "am"), ("we", "are")) and (
        following in DETERMINERS or following in PREPOSITIONS or following in _STATES or following.endswith("ed")
    )


_STATES = word_set(
    "not so very dead already hit struck bitten beaten caught stuck shot stung frozen burnt torn hurt lost broken"
)
