"""Ranking: which documents are nearest to what a player says. The port; behind it is a deployment's choice.

`WordIndex` ships; a knowledge base may be deployed in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Entry:
    """A document as it is searched: what it is called, what it says, and what it may be called besides."""

    id: str
    title: str
    text: str
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ranked:
    """A document by its id, and how near it is: more is nearer, and nothing else is promised."""

    id: str
    score: float


class Ranker(Protocol):
    """The nearest first, at most `most`, none that is not in `among`; the same question gets the same answer."""

    def rank(self, question: str, among: frozenset[str], most: int) -> tuple[Ranked, ...]: ...
