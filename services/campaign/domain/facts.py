"""Facts of a turn for the chronicle: sentences of the rules, each with the ids of what it is about.

They are the rules' own words: those of a player, and the name a player gave, are in no outcome's facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from contracts.campaign import FactRecord

if TYPE_CHECKING:
    from contracts.campaign import Settled
    from contracts.tools import Outcome

MOST_FACTS, MOST_ABOUT = 80, 8


def facts_of(settled: Iterable[Settled]) -> tuple[FactRecord, ...]:
    """The sentences of the outcomes that were applied, in order."""
    told = (fact for one in settled if one.applied for fact in _facts(one.outcome))
    return tuple(islice(told, MOST_FACTS))


def _facts(outcome: Outcome) -> Iterator[FactRecord]:
    """A sentence that names nothing goes on about what the one before it named: "You try the panel. It opens." """
    about: tuple[str, ...] = ()
    for sentence in outcome.facts:
        named = (mention.id for mention in outcome.mentions if _says(sentence, mention.name))
        about = tuple(islice(dict.fromkeys(named), MOST_ABOUT)) or about
        yield FactRecord(text=sentence, about=about)


def _says(sentence: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence, re.IGNORECASE) is not None
