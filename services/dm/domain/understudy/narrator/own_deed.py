"""The player's own deed, told back: "I sing a sad song" is "sing a sad song" after "you"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contracts.dm import InvokeDungeonMaster
from services.dm.domain.english.word_lists import word_set
from services.dm.domain.reading import base_form
from services.dm.domain.reading.english.function_words import DETERMINERS, PRONOUNS
from services.dm.domain.reading.english.questions import AUXILIARIES, WH
from services.dm.domain.understudy.narrator.echo import echo
from services.dm.domain.understudy.narrator.grammar import capital
from services.dm.domain.understudy.narrator.naming import names

LONGEST = 110
_OPENING = re.compile(
    r"^(?:(?:ok|okay|so|then|and|well|now|just|please|maybe|fine|also|first|but)\s+)*"
    r"(?:(?:can|could|may|should|shall|will|might) (?:not )?(?:i|we)\s+|let me\s+|let us\s+"
    r"|is it possible to\s+|is there a way to\s+"
    r"|(?:i|we)\s+(?:(?:will|shall|would|could|can|want to|would like to|should like to|try to|am going to|are going to"
    r"|have to|need to|begin to|start to|decide to|attempt to|try and|go and)\s+)?)?"
    r"(?:(?:just|please|then|also|now|maybe|quickly|quietly|slowly|carefully|gently|simply|really|still|even)\s+)*"
)
_ENDING = re.compile(r"(?:,?\s+(?:please|now|haha|lol|then|too|ok|okay))+$")
_TO_SOMEBODY = re.compile(r"\b(?:you|your|yours|yourself|u|ur)\b")
_NO_PLAIN_DEED = re.compile(
    r"^(?:(?:it|he|she|they|this|that|there) )?(?:is|are|was|were|has|have|wants|says|me|us)\b"
    r"|\b(?:can|could|what|which|how|why|did|does)\b"
)
_ABOUT_ONESELF = {
    "my": "your", "me": "you", "myself": "yourself", "mine": "yours", "i": "you", "we": "you", "us": "you",
    "our": "your", "ourselves": "yourself",
}  # fmt: skip
_WORD = re.compile(r"[\w']+")
_BE = (("you am", "you are"), ("you was", "you were"))
_NO_DEED = word_set(
    "am are be been can could did do does dislike feel fear had has hate have hope is know like lie live love mean mind"
    " miss must need owe own prefer promise see seem should smell stink suppose think understand want was were will"
    " wish wonder would"
)
"""Verbs of how somebody is, of which nobody makes a show."""
_GESTURES = word_set(
    "arch bark blink blow bow bristle chase chirp chirrup clap cough curl dance drool fart flick flop frown giggle"
    " glare gloat grin groom groan growl gurgle hiss howl hug hum jig jump juggle kiss knead laugh lick loaf lounge"
    " meow mew mewl moan mope mutter nap nod nuzzle pace pirouette play point pose pout preen purr puff roll rub salute"
    " scratch shake shiver shrug sigh sing sit skip smile snarl sneeze sniff snort snuggle sob spin sprawl stare"
    " stretch strut sulk sunbathe swish tremble twirl twitch wag wail wash wave weep whistle wiggle wink yawn"
    " yodel yowl"
)
_NO_VERB = DETERMINERS | PRONOUNS | frozenset(_ABOUT_ONESELF)
_LEFT = re.compile(r"(?:(?:ok|no|please|so|and|but)(?: ,)?\s+)*(?:i |we )?(?:do|will|shall|would) not (.+)")
_BARE = re.compile(r"[a-z]+(?<!s)(?<!ed)")
_BEHIND_A_VERB = word_set("a an the my his her its their at to in into on up over off around round down for with")


def is_gesture(deed: str) -> bool:
    """Whether a deed is one that any cat can do at any time."""
    return deed.partition(" ")[0] in _GESTURES


def tell_back(said: str, request: InvokeDungeonMaster) -> str:
    """The words of a clause as they stand after "you would"; nothing for what is no plain deed of one's own."""
    plain = echo(_unspace(said), request, longest=LONGEST)
    opening = _OPENING.match(plain)
    deed = _ENDING.sub("", plain[opening.end() :] if opening else plain)
    first, _, rest = deed.partition(" ")
    own = bool(opening and re.search(r"\b(?:i|we|me|us)\s", opening[0]))
    verb = _infinitive(first, rest, own=own)
    if not verb or _TO_SOMEBODY.search(deed) or _NO_PLAIN_DEED.search(rest):
        return ""
    told = f"{verb} {_WORD.sub(lambda word: _ABOUT_ONESELF.get(word[0], word[0]), rest)}".strip()
    for wrong, right in _BE:
        told = told.replace(wrong, right)
    return _write_names(told, request)


def leave_be(said: Sequence[str], request: InvokeDungeonMaster) -> str:
    """The words after "you do not" of a deed that is not to be done."""
    left = _LEFT.fullmatch(said[0]) if len(said) == 1 else None
    return tell_back(f"i {left[1]}", request) if left else ""


def quote_remark(said: str, request: InvokeDungeonMaster) -> str:
    """The words of a clause that is no deed, as a sentence of their own."""
    plain = echo(_unspace(said), request, longest=LONGEST)
    words = ["I" if word == "i" else word for word in _write_names(plain, request).split()]
    asks = words[:1] and (
        words[0] in WH or (words[0] in AUXILIARIES and words[1:2] and words[1].casefold() in _NO_VERB)
    )
    return capital(" ".join(words)) + ("?" if asks else ".") if words else ""


def _unspace(said: str) -> str:
    return said.replace(" , ", ", ").replace(" 's ", "'s ").strip(" .,!")


def _infinitive(word: str, rest: str, *, own: bool) -> str:
    base = base_form(word) or (word if own and _BARE.fullmatch(word) else "")
    if word in _NO_VERB or word in _NO_DEED or base in _NO_DEED or word.endswith("ing"):
        return ""
    follows = rest.partition(" ")[0].rstrip(",")
    if base != word and not own and follows and follows not in _BEHIND_A_VERB:
        return ""
    return base


def _write_names(told: str, request: InvokeDungeonMaster) -> str:
    """The words with their capitals, where they are of somebody's or something's name here."""
    proper = {word.casefold(): word for name in names(request).values() for word in name.split() if word[:1].isupper()}
    people = {word.casefold() for person in request.briefing.npcs for word in person.name.split()}
    whole = sorted((name for name in names(request).values() if " " in name), key=len, reverse=True)
    for name in whole:
        told = re.sub(rf"\b{re.escape(name.casefold())}\b", name, told)
    return " ".join(proper.get(word, word) if word in people else word for word in told.split())
