"""The same actions and the same dice with another game master: what would have been told, done and spent.

Nothing is written: the past is read, and what might have been exists in memory only. Turn ids are those of the turns
that were played, so the same call in the same place throws the same dice. An action is repeated word for word, whatever
has become of the scene it was written for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from contracts.campaign import CampaignCreated, RecentTurn, TurnResolvedV1
from contracts.dm import Remembered
from contracts.state import CampaignState
from ninelives.evaluation.playing import Master
from ninelives.evaluation.table import Turn, opened
from ninelives.evaluation.whatif.difference import Difference, differences
from ninelives.evaluation.whatif.memory import Chronicle
from ninelives.evaluation.whatif.version import Version, committed, repeated, told_by
from ninelives.ops.history.past import Contradiction, Retraced
from ninelives.ops.proof.archive import Archive


@dataclass(frozen=True)
class Compared:
    """A turn as it was and as it would have been."""

    action: str
    was: Version
    would_be: Version

    @property
    def number(self) -> int:
        return self.was.event.data.number

    @property
    def is_told_the_same(self) -> bool:
        return self.was.telling.narrative == self.would_be.telling.narrative

    @property
    def is_played_the_same(self) -> bool:
        """Whether the game masters asked the rules for the same, in the same places."""
        asked = [[(one.key, one.call.name, one.call.arguments) for one in v.intents] for v in (self.was, self.would_be)]
        return asked[0] == asked[1]

    @property
    def ends_the_same(self) -> bool:
        return self.was.event.data.state_hash == self.would_be.event.data.state_hash

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Between the states after the turn."""
        return differences(self.was.state, self.would_be.state)


class Retelling:
    """A campaign told again from turn `begin` on. No master: with the calls that were made, to check on the rules."""

    def __init__(self, kept: Archive, first: CampaignCreated, master: Master | None, begin: int) -> None:
        self._kept, self._first, self._master, self._begin = kept, first, master, begin
        self._chronicle = Chronicle()
        self._seed = kept.store.read(first.sheet.state.campaign_id).seed

    def told(self, past: Iterable[Retraced]) -> Iterator[Compared]:
        """The campaign's own turns from `begin` on, one by one, until they or this story end.

        Raises Contradiction when the record of one is missing, UnderstudyUnclean.
        """
        self._hears_ancestors()
        state = self._first.sheet.state
        words = self._words(state)
        for turn in past:
            said = words.get(turn.number)
            if turn.number < self._begin:
                state = turn.after
                self._chronicle.hear(turn.event.data, _remembered(said))
                continue
            if state.status == "ended":
                return
            compared = self._again(state, turn.event, said)
            yield compared
            state = compared.would_be.state

    def _again(self, state: CampaignState, event: TurnResolvedV1, said: RecentTurn | None) -> Compared:
        record = self._kept.record(event)
        if record is None or said is None or event.metadata.turn_id is None:
            raise Contradiction(f"Turn {event.data.number} has an event and no record: it cannot be played again.")
        turn = self._reminded(opened(state, self._seed, event.metadata.turn_id), said.action)
        if self._master is None:
            version = repeated(turn, said.action, record, event)
        else:
            version = told_by(self._master, turn, said.action, event)
        told = Remembered(number=turn.number, action=said.action, narrative=version.telling.narrative)
        self._chronicle.hear(version.event.data, told)
        return Compared(action=said.action, was=committed(event, record), would_be=version)

    def _reminded(self, turn: Turn, action: str) -> Turn:
        chronicle = self._chronicle
        return replace(
            turn, history=chronicle.history, memories=chronicle.memories(turn, action), spent=chronicle.spent
        )

    def _words(self, first: CampaignState) -> dict[int, RecentTurn]:
        last = self._kept.store.read(first.campaign_id).state.turn
        return self._kept.words(first.campaign_id, first.turn + 1, last)

    def _hears_ancestors(self) -> None:
        """A fork remembers the past that it shares."""
        after = 0
        for ancestor in self._first.lineage:
            words = self._kept.words(ancestor.campaign_id, after + 1, ancestor.turn)
            for event in self._kept.turns_told(ancestor.campaign_id):
                if after < event.data.number <= ancestor.turn:
                    self._chronicle.hear(event.data, _remembered(words.get(event.data.number)))
            after = ancestor.turn
        self._chronicle.spent = 0  # a spending limit counts a campaign's own turns


def _remembered(said: RecentTurn | None) -> Remembered | None:
    return Remembered(number=said.number, action=said.action, narrative=said.narrative) if said else None
