"""Disclosure to players of who tells the stories."""

from __future__ import annotations

from contracts.playerapi import Disclosure

_IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"

DISCLOSURE = Disclosure(
    text="No person sits behind the screen. The stories are written by an AI: by a language model, or, where none is "
    "at work, by the understudy, a program that tells from written lines. Every turn says which. What happens is "
    "decided by rules and dice.",
    source_types={"model": f"{_IPTC}trainedAlgorithmicMedia", "understudy": f"{_IPTC}algorithmicMedia"},
)
"""The words for the player, and the digital source type of each teller's stories."""
