"""Claim patterns: how a story tells news that only the rules can make, and what must have happened for each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from services.dm.domain.english.word_lists import read_alternatives, read_words
from services.dm.domain.grounding.happened import Happened

MONEY = read_words("money")
_MONEY = read_alternatives("money")
_NUMBER = r"(?:\d[\d,]*|a|an|one|two|three|four|five|six|seven|eight|nine|ten|\w+ty|\w+ hundred|\w+ thousand|some|all)"
LOOT = rf"(?:{read_alternatives('loot')}|{_MONEY})s?"
_ABSTRACT = read_alternatives("abstract")

Licence = Callable[[Happened], bool]


@dataclass(frozen=True)
class News:
    """A way of telling news, and what must have happened for it to be true."""

    code: str
    telling: re.Pattern[str]
    licence: Licence
    what: str

    def tells(self, clause: str, now: Happened) -> re.Match[str] | None:
        return None if self.licence(now) else self.telling.search(clause)


def _by(*kinds: str) -> Licence:
    return lambda now: now.any_of(*kinds)


def _news(code: str, licence: Licence, what: str, *tellings: str) -> News:
    return News(code, re.compile("|".join(tellings), re.IGNORECASE), licence, what)


GAINED = _by("item-gained", "credits-gained", "find-taken")
NEWS = (
    _news(
        "unearned-gain",
        GAINED,
        "Nothing was gained in this turn",
        rf"\byou (?:now |also |quickly |quietly )*(?:pick up|take|grab|snatch|collect|receive|gain|earn|find|obtain"
        rf"|win|"
        rf"acquire|discover|unearth|draw|pull(?: out)?|produce|loot|steal)\b (?:\S+ ){{0,4}}?{LOOT}\b",
        rf"\byou (?:now |also )?pocket\b (?!{_ABSTRACT})\S",
        rf"\b(?:hands|gives|pays|tosses|slips|throws|grants|offers up to) you\b (?!(?:\S+ ){{0,3}}?{_ABSTRACT}\b)\S",
        r"\b(?:is|are) (?:now )?yours(?: now)?\b",
        r"\b(?:is|are|slides?|drops?|falls?|lands?) (?:\S+ ){0,5}?in(?:to)? your (?:bag|paws?|purse|pouch)\b",
        r"\byour (?:bag|purse|pouch) (?:is|feels|hangs|grows) (?:\S+ )?(?:heavier|fuller|richer|fatter)\b",
        rf"\byou (?:put on|clip|strap on|don|wear|fasten) (?:\S+ ){{0,4}}?{LOOT}\b",
        r"\b(?:slip|tuck|drop|stow|stuff|put)s? (?:\S+ ){1,4}(?:in|into) your (?:bag|purse|pouch|pocket)\b",
        rf"\byou (?:now |suddenly )*(?:have|own|hold|wield|possess) (?:\S+ ){{0,3}}?{LOOT}\b",
    ),
    _news(
        "unearned-loss",
        lambda now: now.any_of("credits-spent", "item-lost", "life-lost", "charge-spent") or now.hurt,
        "Nothing was lost in this turn",
        rf"\byou lose (?:{_NUMBER}) (?:\S+ )?(?:{_MONEY}|hit points?)\b",
        rf"\byour (?:{_MONEY}|bag|claws|weapon|vest) (?:is|are|has been|have been) (?:gone|stolen|taken|empty)\b",
        r"\b(?:takes|steals|snatches|confiscates|pockets|seizes|swipes) your\b",
    ),
    _news(
        "unearned-growth",
        _by("level-gained", "level-choice-made", "experience-gained"),
        "No experience and no level was gained in this turn",
        r"\blevels? up\b",
        r"\b(?:reach(?:ed|es)?|gain(?:ed)?|attain(?:ed)?|now) (?:a |the )?(?:new |next )?level\b",
        r"\byou (?:gain|earn|receive|get) (?:\S+ ){0,3}?(?:experience|xp)\b",
    ),
    _news(
        "unearned-healing",
        _by("healed", "rested", "level-gained", "life-lost", "condition-lost"),
        "Nobody was healed in this turn",
        r"\byour (?:\w+ )?(?:wounds?|cuts?|injur(?:y|ies)|bruises?) (?:closes?|heals?|knits?|vanish(?:es)?|(?:is"
        r"|are) gone)",
        r"\byou (?:heal|recover|regain|restore)\b (?:\S+ ){0,4}?(?:hit points?|hp|health|strength)\b",
        r"\b(?:back|restored|returned) (?:to|at) full (?:health|strength)\b|\bfully healed\b",
        r"\b(?:bruise|wound|pain|scratch|cut|burn|scar)(?:e?s)? (?:\S+ ){0,4}?(?:is gone|are gone|disappears?"
        r"|vanish(?:es)?)\b",
    ),
    _news(
        "unearned-quest",
        _by("quest-completed", "quest-progressed", "campaign-ended"),
        "No quest was finished in this turn",
        r"\bquest (?:is )?(?:completed?|done|finished|accomplished)\b",
        r"\byou (?:have )?(?:completed?|finished|accomplished) (?:the|your) (?:quest|mission|task)\b",
    ),
    _news(
        "unearned-unlock",
        _by("exit-unlocked", "moved", "feature-used", "life-lost"),
        "Nothing was unlocked in this turn",
        r"\b(?:padlock|lock|bolt)\b (?:\S+ ){0,2}?(?:clicks?|springs?|snaps?|falls?|swings?) open\b",
        r"\byou (?:\w+ly )?(?:unlock|force open|pry open|pick the lock)\b",
        r"\b(?:gate|padlock|lock|bolt|hatch) (?:gives|yields|opens|swings)\b(?! (?:nothing|no))",
        r"\b(?:gate|hatch|grille|lift|door) (?:\S+ )?(?:is|stands) (?:now )?unlocked\b",
    ),
    _news(
        "unearned-death",
        _by("life-lost"),
        "The character did not lose a life in this turn",
        r"(?:\byou |\band |^)(?:die|are dead|drop dead|lose (?:a|one|your \w+) life)\b",
        r"\byour heart stops\b|\byour (?:\w+ )?life (?:ends|is over|is lost)\b",
    ),
    _news(
        "unearned-death",
        lambda now: now.any_of("encounter-ended"),
        "The fight was not won in this turn",
        r"\b(?:you (?:have )?w[io]n the fight|the (?:fight|battle|encounter) (?:is won|is over|ends)"
        r"|victory is yours)\b",
    ),
)
