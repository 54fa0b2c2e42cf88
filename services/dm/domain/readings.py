"""Readings: what a clause can turn out to mean, an intent for the rules, or something the story answers by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Manner = Literal[
    "look",  # wants to see what is here
    "recall",  # wants to know what is known of something
    "self",  # wants to see the sheet
    "wait",  # does nothing in particular
    "emote",  # a gesture without consequence
    "speech",  # talks, and nobody is there to hear
    "absent",  # names something that is not here
    "declined",  # says what it does not do
    "claim",  # asserts a fact instead of a deed
    "orders",  # gives orders to the master of the game
    "foreign",  # another language
    "murmur",  # nothing that can be understood
]


@dataclass(frozen=True)
class IntendedCall:
    """A call to propose. Arguments are ids and words of the cast."""

    tool: str
    arguments: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Aside:
    """Nothing for the rules. `about` is the id of what it concerns, when that is here; `words` are those that name it
    when it may be anywhere."""

    manner: Manner
    about: str | None = None
    words: str = ""


Reading = IntendedCall | Aside


def intend(tool: str, **arguments: str | None) -> IntendedCall:
    """An intent with the arguments that are known."""
    return IntendedCall(tool, {name: value for name, value in arguments.items() if value})
