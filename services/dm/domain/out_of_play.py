"""Words out of play: claims about the world, which are no deeds."""

from __future__ import annotations

import re

from services.dm.domain.english.tokens import fold

_CLAIMS = re.compile(
    r"\bsuddenly\b|\bmagically\b|\bout of nowhere\b|\bit turns out\b|\b(somehow|luckily|fortunately)\b.{0,20}\b(i|my)\b"
    r"|\bi (now |already |also |always |secretly )*(have (?!to\b)|own\b|possess\b|got\b|become\b|became\b)"
    r"|\bi (now |already |also )?am (now |also )?(an?|the|level|rich|invincible|immortal|invisible|immune|fully|god)\b"
    r"|\b(my|the) (hp|health|hit points|credits|gold|level|xp|lives|stats?|purse|energy)"
    r" (is|are|becomes?|goes|rises?)\b"
    r"|\bi (gain|earn|receive|win|obtain|discover|find) (\d|an? |some |lots)"
    r"|\b(give|grant|award|add) (me|myself|the player|to my)\b.{0,25}(\d|gold|credits|xp|level|hp|lives|life|health)"
    r"|\bi (roll|rolled|throw) (an? )?(\d|nat|crit)|\bnat(ural)? ?(20|twenty)\b|\bcritical hit\b"
    r"|\bi (win|won|never miss|cannot miss|can't miss|kill everyone|cannot die|can't die)\b"
    r"|\b(dies|is dead|are dead|drops? dead|explodes?|surrenders?|obeys? me|is unlocked|is defeated)\b"
)


def claims_state(text: str) -> bool:
    """Whether this asserts that something is so, where a deed would have to make it so."""
    return bool(_CLAIMS.search(fold(text)))
