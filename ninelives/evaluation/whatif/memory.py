"""A chronicle kept in memory: what a story remembers of its turns, looked up by the chronicle's own rules."""

from __future__ import annotations

from collections import defaultdict
from typing import Protocol

from contracts.campaign import TurnResolvedData
from contracts.canon import EntityRef
from contracts.chronicle import Memory, RecallChronicle
from contracts.dm import Remembered
from ninelives.evaluation.table import Turn
from services.campaign.application.open_turn import REMEMBERED
from services.chronicle.application.recall import recall
from services.chronicle.domain.entry import StoryFact, entries_of, names_in


class _Thing(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


class Chronicle:
    """Answers as the chronicle's table does, without one. Turns are told to it in their order."""

    def __init__(self) -> None:
        self._facts: dict[str, list[StoryFact]] = defaultdict(list)
        self._names: set[str] = set()
        self._turns: list[Remembered] = []
        self.spent = 0
        """By all turns it was told of, in micro-dollars."""

    def hear(self, turn: TurnResolvedData, words: Remembered | None) -> None:
        """A turn that was resolved, and what was said in it."""
        for entry in entries_of(turn):
            self._facts[entry.subject].append(entry.fact)
        self._names |= names_in(turn)
        self.spent += turn.totals.micro_dollars
        if words is not None:
            self._turns.append(words)

    @property
    def history(self) -> tuple[Remembered, ...]:
        """The last turns, word for word."""
        return tuple(self._turns[-REMEMBERED:])

    def memories(self, turn: Turn, action: str) -> tuple[Memory, ...]:
        """What the story knows of what this action touches, older than the history."""
        briefing, fight = turn.lore(action).briefing, turn.scene.state.encounter
        things: tuple[_Thing, ...] = (*briefing.npcs, briefing.place, *briefing.features)
        things += (*(fight.enemies if fight else ()), *briefing.enemies)
        present = tuple(EntityRef(id=each.id, name=each.name) for each in things)
        before = turn.number - len(self.history)
        if before < 1:
            return ()
        request = RecallChronicle(
            envelope=turn.envelope("recall"), action=action, present=present[:64], before_turn=before
        )
        return recall(request, self).memories

    def names(self, campaign_id: str) -> frozenset[str]:
        """See `FactReader.names`."""
        return frozenset(self._names)

    def first(self, campaign_id: str, subject: str, before: int, count: int) -> tuple[StoryFact, ...]:
        """See `FactReader.first`."""
        return self._before(subject, before)[:count]

    def latest(self, campaign_id: str, subject: str, before: int, count: int) -> tuple[StoryFact, ...]:
        """See `FactReader.latest`."""
        return self._before(subject, before)[-count:]

    def _before(self, subject: str, before: int) -> tuple[StoryFact, ...]:
        return tuple(fact for fact in self._facts.get(subject, ()) if fact.turn < before)
