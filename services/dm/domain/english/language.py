"""Whether a story is told in English, the language the game is told in."""

from __future__ import annotations

from services.dm.domain.english.word_lists import lexicon
from services.dm.domain.grounding.evidence import words

_FUNCTION = lexicon(
    "the a an and or of to in on at it is are was be you your he she they his her its their that this with for from as"
    " by not no but one who which what there here up down out over has have had do does will would so if than then when"
)
FEWEST_WORDS = 8
LEAST_SHARE = 0.15
"""English prose is 40 to 50 % function words; lists and shouts less, other languages next to nothing."""


def is_english(text: str) -> bool:
    """True also for what is too short to tell."""
    letters = [c for c in text if c.isalpha()]
    if sum(not c.isascii() for c in letters) * 2 > len(letters):
        return False
    said = words(text)
    return len(said) < FEWEST_WORDS or sum(word in _FUNCTION for word in said) >= LEAST_SHARE * len(said)
