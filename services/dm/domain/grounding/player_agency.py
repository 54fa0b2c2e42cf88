"""Player agency: the character belongs to its player, and a story may not put words or deeds into it that the action
does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from contracts.dm import Finding
from services.dm.domain.english.tokens import words
from services.dm.domain.english.word_lists import read_alternatives, read_words, word_set
from services.dm.domain.findings import make_finding
from services.dm.domain.grounding.evidence import Evidence

_SAYING = read_alternatives("sayings")
_SPEAKS = re.compile(
    rf"[“\"][^”\"]+[”\"],? you {_SAYING}\b|\byou (?:\w+ly )?{_SAYING}\b[^“\".!?]{{0,60}}[“\"]", re.IGNORECASE
)
_SPEECH_WISHES = read_words("speech_wishes")
_SPEECH_TOOLS = word_set("talk persuade give buy sell accept_quest")


@dataclass(frozen=True)
class DeedPattern:
    """A way for the character to act; it stands when one of these tools was used, or one of these words is the
    player's."""

    telling: re.Pattern[str]
    tools: frozenset[str]
    wishes: frozenset[str]


_DEEDS = (
    DeedPattern(
        re.compile(
            r"\byou (?:\w+ly )?(?:decide|agree|choose|resolve|vow|promise|swear|offer|volunteer) to\b", re.IGNORECASE
        ),
        word_set("accept_quest talk persuade give buy sell"),
        word_set("decide agree choose resolve vow promise swear accept offer volunteer yes deal will"),
    ),
    DeedPattern(
        re.compile(
            r"\byou (?:\w+ly )?(?:attack|stab|slash|punch|kick|maul|(?:strike|bite|claw|hit) (?:at |the |him|her"
            r"|them|\w+ with)"
            r"|(?:leap|pounce|lunge|spring) (?:across|at|on|upon)|go for (?:his|her|its) throat)\b",
            re.IGNORECASE,
        ),
        word_set("attack use_ability use_item try_feature flee unlock"),
        word_set(
            "attack hit strike bite claw claws fight kill pounce leap lunge slash stab punch kick throw charge maul"
            " smash"
            " swing shoot jump finish stroke beat"
        ),
    ),
    DeedPattern(
        re.compile(
            r"(?:\b(?:you|and) (?:\w+ly )?|^)(?:have )?(?:eat(?:en)?|ate|drink|drunk|drank|swallow(?:ed)?"
            r"|devour(?:ed)?|gulp(?: down)?|sold|sell|buy|bought) (?:the|your|a|it|them|half)\b",
            re.IGNORECASE,
        ),
        word_set("use_item rest buy sell give"),
        word_set("eat drink swallow devour lick taste use consume gulp feed snack buy sell trade purchase"),
    ),
    DeedPattern(
        re.compile(
            r"\byou (?:\w+ly )?(?:hand over|surrender|give (?:him|her|them|away) (?:the|your)|put down your)\b",
            re.IGNORECASE,
        ),
        word_set("give sell buy drop accept_quest"),
        word_set("give hand surrender drop sell pay offer yield bribe show put leave"),
    ),
)


def check(text: str, clauses: tuple[str, ...], known: Evidence) -> Iterator[Finding]:
    """Words and deeds of the character that nobody asked for."""
    now = known.happened
    yield from _speech(text, known)
    for clause in clauses:
        for deed in _DEEDS:
            asked = deed.tools & now.tools or deed.wishes & now.action
            if deed.telling.search(clause) and not asked:
                yield _unasked(clause)


def _speech(text: str, known: Evidence) -> Iterator[Finding]:
    spoke = _SPEECH_WISHES & known.happened.action or known.happened.tools & _SPEECH_TOOLS
    if spoke or any(mark in known.action for mark in '“"?«'):
        return
    for match in _SPEAKS.finditer(text):
        if words(match.group()):
            yield _unasked(match.group())


def _unasked(said: str) -> Finding:
    detail = f"The action does not say that the character does or says this: “{said[:160]}”."
    return make_finding("puppetry", said, detail)
