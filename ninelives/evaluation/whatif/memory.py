"""A chronicle kept in memory: what a story remembers of its turns, looked up by the chronicle's own rules."""

from __future__ import annotations

from collections import defaultdict

from contracts.campaign import RecentTurn, TurnResolvedData
from contracts.chronicle import ChronicleRecalled, RecallChronicle
from services.campaign.application.open_turn import REMEMBERED
from services.chronicle.application.recall import recall
from services.chronicle.domain.entry import StoryFact, entries_of, names_in


class InMemoryChronicle:
    """Answers as the chronicle's table does, without one. Turns are told to it in their order."""

    def __init__(self) -> None:
        self._facts: dict[str, list[StoryFact]] = defaultdict(list)
        self._names: set[str] = set()
        self._turns: list[RecentTurn] = []
        self.spent = 0
        """By all turns it was told of, in micro-dollars."""

    def hear(self, turn: TurnResolvedData, words: RecentTurn | None) -> None:
        """A turn that was resolved, and what was said in it."""
        for entry in entries_of(turn):
            self._facts[entry.subject].append(entry.fact)
        self._names |= names_in(turn)
        self.spent += turn.totals.micro_dollars
        if words is not None:
            self._turns.append(words)

    @property
    def history(self) -> tuple[RecentTurn, ...]:
        """The last turns, word for word."""
        return tuple(self._turns[-REMEMBERED:])

    def recall(self, request: RecallChronicle) -> ChronicleRecalled:
        """The memories of the story that this request touches."""
        return recall(request, self)

    def names(self, campaign_id: str, before: int) -> frozenset[str]:
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
