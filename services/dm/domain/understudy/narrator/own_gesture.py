"""The player's own gesture, told back: "I sing a sad song" is "sing a sad song" after "you"."""

from __future__ import annotations

import re

from services.dm.domain.english.word_lists import word_set

LONGEST = 60
_PLAIN = re.compile(r"[a-z][a-z '-]*")
_OPENING = re.compile(r"^(?:i|i will|i'll|let me|i want to|i try to|just)\s+")
_AND_SO_ON = re.compile(r"\b(?:and|then|but|or|because|while|so)\b")
_GESTURES = word_set(
    "arch bark blink blow bow bristle chase chirp chirrup clap cough curl dance drool fart flick flop frown giggle"
    " glare gloat grin groom groan growl gurgle hiss howl hug hum jig jump juggle kiss knead laugh lick loaf lounge"
    " meow mew mewl moan mope mutter nap nod nuzzle pace pirouette play point pose pout preen purr puff roll rub salute"
    " scratch shake shiver shrug sigh sing sit skip smile snarl sneeze sniff snort snuggle sob spin sprawl stare"
    " stretch strut sulk sunbathe swish tremble twirl twitch wag wail wash wave weep whistle wiggle wink yawn"
    " yodel yowl"
)
_ABOUT_ONESELF = {"my": "your", "me": "yourself", "myself": "yourself", "mine": "yours", "i": "you"}


def own_gesture(action: str) -> str:
    """The words after "you"; nothing when the action is more than one plain gesture."""
    said = " ".join(action.casefold().replace("’", "'").split()).rstrip(".!")
    said = _OPENING.sub("", said)
    if len(said) > LONGEST or not _PLAIN.fullmatch(said) or _AND_SO_ON.search(said):
        return ""
    first, *rest = said.split()
    return " ".join([first, *(_ABOUT_ONESELF.get(word, word) for word in rest)]) if first in _GESTURES else ""
