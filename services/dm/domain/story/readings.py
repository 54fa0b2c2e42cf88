"""Readings: what became of one sentence of a story."""

from __future__ import annotations

from dataclasses import dataclass

from services.dm.domain.story.context import Named


@dataclass(frozen=True)
class Reading:
    """The rule that a sentence breaks and the word that breaks it, or the facts that it tells. `subject`: what it was
    about in the end; `unit`: what its last figure counted."""

    rule: str = ""
    word: str = ""
    told: frozenset[str] = frozenset()
    subject: tuple[Named, ...] = ()
    unit: str = ""

    @property
    def stands(self) -> bool:
        return not self.rule


class Unverified(Exception):
    """A rule of verification that a sentence breaks."""

    def __init__(self, rule: str, word: str) -> None:
        super().__init__(rule, word)
        self.rule, self.word = rule, word
