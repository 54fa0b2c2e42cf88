"""A clause of an action: its words, and what is known of them before any verb is read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Clause:
    """`words`: without what only leads in. `position`: the number of the clause in the action."""

    position: int
    words: tuple[str, ...]
    said: tuple[str, ...] = ()
    question: bool = False
    request: bool = False
    negated: bool = False
    conditional: bool = False
    correction: bool = False
    led: bool = False
    """Whether the cat itself was named as the one who does it."""
    spoken: tuple[str, ...] = ()
    marked: bool = False
    """Whether a question mark ends it."""
    context: bool = False
    """Whether it only tells when, why or of what something else is said: neither done nor answered beside that."""
    about: tuple[str, ...] = ()
    """Of a question: the context it is asked in."""
    instead: tuple[str, ...] | None = None
    """Of what is named to stand in the place of something negated: the verb that had, perhaps none."""
    called: bool = False
    """Whether an exclamation mark ends it."""
    rather_than: tuple[str, ...] = ()
    """The words in whose place it stands: they are not meant again."""
    withdrawn: bool = False
    """Whether it was taken back: it is spoken of, and not done."""

    @property
    def text(self) -> str:
        return " ".join(self.said)
