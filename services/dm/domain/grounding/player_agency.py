"""The player's character belongs to its player: a story may not put words or deeds into it that the action does not
hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from contracts.dm import Finding, ValidateAndRoute
from services.dm.domain.english.word_lists import lexicon
from services.dm.domain.grounding.evidence import words
from services.dm.domain.grounding.happened import Happened
from services.dm.domain.intents import finding

_SAYING = r"(?:say|tell|ask|answer|reply|shout|whisper|call out|cry|declare|announce|mutter|promise|swear|yell|add)"
_SPEAKS = re.compile(
    rf"[“\"][^”\"]+[”\"],? you {_SAYING}\b|\byou (?:\w+ly )?{_SAYING}\b[^“\".!?]{{0,60}}[“\"]", re.IGNORECASE
)
_SPEECH = lexicon(
    "say says tell ask talk speak shout whisper greet answer reply call sing beg plead swear promise threaten"
    " flatter joke"
    " persuade thank introduce yell explain offer bargain haggle apologise apologize announce declare recite hello hi"
    " insult compliment mutter scream chat convince argue question interrogate negotiate what who where when why how"
)


@dataclass(frozen=True)
class Deed:
    """A way for the character to act; it stands when one of these tools was used, or one of these words is the
    player's."""

    telling: re.Pattern[str]
    tools: frozenset[str]
    wishes: frozenset[str]


_DEEDS = (
    Deed(
        re.compile(
            r"\byou (?:\w+ly )?(?:decide|agree|choose|resolve|vow|promise|swear|offer|volunteer) to\b", re.IGNORECASE
        ),
        lexicon("accept_quest talk persuade give buy sell"),
        lexicon("decide agree choose resolve vow promise swear accept offer volunteer yes deal will"),
    ),
    Deed(
        re.compile(
            r"\byou (?:\w+ly )?(?:attack|stab|slash|punch|kick|maul|(?:strike|bite|claw|hit) (?:at |the |him|her"
            r"|them|\w+ with)"
            r"|(?:leap|pounce|lunge|spring) (?:across|at|on|upon)|go for (?:his|her|its) throat)\b",
            re.IGNORECASE,
        ),
        lexicon("attack use_ability use_item try_feature flee unlock"),
        lexicon(
            "attack hit strike bite claw claws fight kill pounce leap lunge slash stab punch kick throw charge maul"
            " smash"
            " swing shoot jump finish stroke beat"
        ),
    ),
    Deed(
        re.compile(
            r"(?:\b(?:you|and) (?:\w+ly )?|^)(?:have )?(?:eat(?:en)?|ate|drink|drunk|drank|swallow(?:ed)?"
            r"|devour(?:ed)?|gulp(?: down)?|sold|sell|buy|bought) (?:the|your|a|it|them|half)\b",
            re.IGNORECASE,
        ),
        lexicon("use_item rest buy sell give"),
        lexicon("eat drink swallow devour lick taste use consume gulp feed snack buy sell trade purchase"),
    ),
    Deed(
        re.compile(
            r"\byou (?:\w+ly )?(?:hand over|surrender|give (?:him|her|them|away) (?:the|your)|put down your)\b",
            re.IGNORECASE,
        ),
        lexicon("give sell buy drop accept_quest"),
        lexicon("give hand surrender drop sell pay offer yield bribe show put leave"),
    ),
)


def check(text: str, clauses: tuple[str, ...], now: Happened, request: ValidateAndRoute) -> Iterator[Finding]:
    """Words and deeds of the character that nobody asked for."""
    yield from _speech(text, now, request)
    for clause in clauses:
        for deed in _DEEDS:
            asked = deed.tools & now.tools or deed.wishes & now.action
            if deed.telling.search(clause) and not asked:
                yield _finding(clause)


def _speech(text: str, now: Happened, request: ValidateAndRoute) -> Iterator[Finding]:
    spoke = _SPEECH & now.action or now.tools & {"talk", "persuade", "give", "buy", "sell", "accept_quest"}
    if spoke or any(mark in request.action for mark in '“"?«'):
        return
    for match in _SPEAKS.finditer(text):
        if words(match.group()):
            yield _finding(match.group())


def _finding(said: str) -> Finding:
    return finding("puppetry", said, f"The action does not say that the character does or says this: “{said[:160]}”.")
