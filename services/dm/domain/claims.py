"""Claims: what a player's words try besides playing, such as orders to the machinery and forged messages.

Nothing is refused because of it. The words go to the game master as data, with these codes beside them, and the codes
alone go into the record of the turn: the words of a player are in no event.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache, partial

from services.dm.domain.english.language import is_foreign
from services.dm.domain.out_of_play import claims_state
from services.dm.domain.unmasked import DISGUISED, LEET, mixes_scripts, unmask

_OVERRIDE = re.compile(
    r"\b(ignore|disregard|forget|override|bypass|drop|skip|overrule|suspend)\b.{0,40}\b(instruct|rule|prompt"
    r"|previous|above|"
    r"guideline|polic|restriction|limit|check|dice|validat)|\b(ignorier|vergiss|oublie|ignore[sz]? |olvida"
    r"|ignora)\w*\b.{0,40}"
    r"\b(regel|anweisung|regle|instruction|regla|instruccion|istruzion)|\b(developer|god|debug|dan|sudo"
    r"|jailbreak\w*)\b.{0,12}"
    r"\b(mode|enabled|on)\b|\bdo anything now\b|\byou are (now|no longer)\b|\bnew (rules?|instructions?|system)\b"
    r"|\b(rules?|dice|checks?) (are|is|no longer|do not|don't) (off|suspended|disabled|appl\w+)|\bfrom now on\b"
    r"|\bact as\b|\bpretend (that )?(you are|to be)\b|\bunrestricted\b"
)
_SYSTEM = re.compile(
    r"(^|[\s\[<(#*|/])(system|assistant|developer|user|human|im_start|inst)\b\s*(message|prompt|note|notice"
    r"|override)?\s*[\]>:|]"
    r"|</?\s*(system|player|action|scene|instructions?|im_\w+|user|assistant)\b|\[/?inst\]|<\|"
    r"|^\s*#+\s*(system|instruction|response|new)|\b(end|begin|start) of (player|user|system|input|prompt)"
    r"|-{3,}\s*\w*\s*system"
)
_TOOL = re.compile(
    r"\b(tool|function)[_ -]?(call|result|use|output|response)s?\b|</?\s*(tool|result|function)\b|\bdone\.\s"
    r"|\boutcome\s*[:=]"
    r"|[\"'][\w-]+[\"']\s*:\s*[\"'\[{\d]|\b(add|set|grant|give)_\w+\s*\(|\b\w+_\w+\s*[(=:]|\b(effects?|state|credits"
    r"|hp|level)\s*[:=]\s*[\[{+\d]"
    r"|\bitem-gained\b|\bverdict\b"
)
_AUTHORITY = re.compile(
    r"\b(admin\w*|moderator|developer|maintainer|owner|operator|engineer|root|author|creator|designer|anthropic"
    r"|openai|amazon|"
    r"aws|support|qa|tester|staff|supervisor|auditor|police|court)\b.{0,40}\b(here|i am|i'm|speaking|mode|access"
    r"|order|asks?|"
    r"says?|test\w*|authori\w+|approv\w+|requir\w+|needs?|team|override)|\b(i am|i'm|as) (the|an?|your) (game master"
    r"|dungeon master|admin\w*|"
    r"developer|dm|gm|author|creator|owner|operator|tester|moderator|engineer|maintainer)\b"
    r"|\b(dungeon|game) ?master\b.{0,40}\b(agreed|promised|said|approved|already|allowed|confirmed|told)|\b(dm"
    r"|gm) (already|said|agreed|promised)"
    r"|\b(as (we|you) agreed|you (already )?(promised|agreed|approved|confirmed)|last (turn|time|session) you)\b"
)
_PROBE = re.compile(
    r"\b(reveal|print|show|tell|repeat|output|leak|recite|dump|list|what (is|are|was|were)|give me|write|translate"
    r"|summari[sz]e)\b.{0,50}"
    r"\b(prompt|instruct\w+|seed|system message|hidden|secrets?|guarded|canon|rules? you|text above|words above"
    r"|other players?|campaign id|api key)"
    r"|\bverbatim\b|\babove this line\b"
)
_PRESSURE = re.compile(
    r"\b(my (grand\w+|mother|mum|mom|dad|father|child|son|daughter|kid|brother|sister|cat)\b.{0,60}\b(dying|dies"
    r"|died|sick|cry|"
    r"cried|hospital|cancer|last wish|used to)|i('ll| will| am going to) (be fired|lose my job|kill|hurt|cry|die"
    r"|quit|sue|report)|"
    r"(please|pretty please).{0,30}(please)|last wish|i beg you|life depends|lives depend|emergency|one star|refund)"
)
_LINK = re.compile(r"https?:|www\.|\]\(|<img|javascript:|data:text|<script|onerror=")
_BASE64 = re.compile(r"\b[A-Za-z0-9+/]{16,}={0,2}")
_HEX = re.compile(r"\b(?:[0-9a-f]{2}[\s:]?){10,}\b", re.IGNORECASE)
_SPACED = re.compile(r"(?:\b\w[ .\-_*]){6,}\w\b")
_SELECTORS = frozenset(map(chr, range(0xE0100, 0xE01F0)))
"""Variation selectors that no emoji has: with them a text can be hidden behind a sign."""
_READINGS = (
    ("state-claim", claims_state),
    ("instruction-override", _OVERRIDE.search),
    ("fake-system", _SYSTEM.search),
    ("fake-tool-result", _TOOL.search),
    ("false-authority", _AUTHORITY.search),
    ("prompt-probe", _PROBE.search),
    ("pressure", _PRESSURE.search),
    ("link", _LINK.search),
)
_REMEMBERED = 64
"""Actions whose codes are kept: each is looked at by the prompt, the check and the announcement of every round."""
CODES = (*(code for code, _ in _READINGS), "encoded", "foreign")


@lru_cache(_REMEMBERED)
def detect_claims(action: str) -> tuple[str, ...]:
    """The codes of what stands in an action, each once, in a fixed order. An action that just plays has none."""
    plain = unmask(action)
    found = set(_codes(plain))
    for hidden in _decode(action, plain):
        codes = set(_codes(hidden))
        if codes:
            found |= codes | {"encoded"}
    if _invisible(action) or mixes_scripts(action):
        found.add("encoded")
    if is_foreign(action):
        found.add("foreign")
    return tuple(code for code in CODES if code in found)


def _codes(text: str) -> Iterator[str]:
    return (code for code, reads in _READINGS if reads(text))


def _decode(action: str, plain: str) -> Iterator[str]:
    """Texts that encodings would hide and that a model can read, decoded."""
    for found in _BASE64.findall(action):
        yield from _text(partial(base64.b64decode, found + "=" * (-len(found) % 4), validate=True))
    for found in _HEX.findall(action):
        yield from _text(partial(bytes.fromhex, re.sub(r"[\s:]", "", found)))
    yield codecs.decode(plain, "rot13")
    yield plain[::-1]
    if "&" in plain:
        yield html.unescape(plain)
    yield _SPACED.sub(lambda match: re.sub(r"[ .\-_*]", "", match.group()), plain) if _SPACED.search(plain) else ""
    if DISGUISED.search(plain):
        yield plain.translate(LEET)


def _text(decode: Callable[[], bytes]) -> Iterator[str]:
    try:
        yield unmask(decode().decode("utf-8"))
    except (binascii.Error, ValueError):
        return


def _invisible(text: str) -> bool:
    """Characters that are there and cannot be seen; those that join emoji do not count."""
    return sum((unicodedata.category(c) == "Cf" and c != "\u200d") or c in _SELECTORS for c in text) > 1
