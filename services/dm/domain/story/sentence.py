"""Sentence of a story that is being read: what its clauses have told so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from services.dm.domain.facts import TurnFact
from services.dm.domain.story.clauses import Clause
from services.dm.domain.story.context import StoryContext


@dataclass
class SentenceRead:
    """A sentence that is being read. `before`: the facts that the clause before told of."""

    known: StoryContext
    speaks: bool
    unit: str
    said: frozenset[int] = frozenset()
    """Figures that count nothing."""
    before: tuple[TurnFact, ...] = ()
    unlisted: bool = False
    """Whether one of its words is on no list."""
    slack: str = ""
    """A word that stands only if the sentence tells a fact by others."""
    slack_is_of_somebody: bool = False
    told: set[str] = field(default_factory=set)
    borne: set[str] = field(default_factory=set)
    """Words that facts bear out."""
    clauses: list[tuple[Clause, tuple[TurnFact, ...]]] = field(default_factory=list)
    """Those read so far, and the facts that each tells."""
    waiting: list[tuple[Clause, str, tuple[TurnFact, ...]]] = field(default_factory=list)
    """Common words that another clause has to tell the fact of."""
