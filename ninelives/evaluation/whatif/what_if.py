"""The same actions and the same dice with another game master: what would have been told, done and spent.

Nothing is written: the past is read, and what might have been exists in memory only. Turn ids are those of the turns
that were played, so the same call in the same place throws the same dice. An action is repeated word for word, whatever
has become of the scene it was written for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from contracts.campaign import CampaignCreated, RecentTurn, TurnResolvedV1
from contracts.state import CampaignState
from infra.workflows.interpreter import Pause, no_pause
from ninelives.evaluation.local_turn import Master, TurnStart
from ninelives.evaluation.whatif.difference import StateDifference, differences
from ninelives.evaluation.whatif.memory import InMemoryChronicle
from ninelives.evaluation.whatif.version import Version, repeat, tell, version_of
from ninelives.ops.history.retracing import Contradiction, Retraced
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
    def differences(self) -> tuple[StateDifference, ...]:
        """Between the states after the turn."""
        return differences(self.was.state, self.would_be.state)


class Retelling:
    """A campaign told again from turn `begin` on. No master: with the calls that were made, to check on the rules."""

    def __init__(
        self, kept: Archive, first: CampaignCreated, master: Master | None, begin: int, pause: Pause = no_pause
    ) -> None:
        self._kept, self._first, self._master, self._begin, self._pause = kept, first, master, begin, pause
        self._chronicle = InMemoryChronicle()
        self._seed = kept.store.read(first.sheet.state.campaign_id).seed

    def retell(self, past: Iterable[Retraced]) -> Iterator[Compared]:
        """The campaign's own turns from `begin` on, one by one, until they or this story end.

        Raises Contradiction when the record of one is missing, UnderstudyUnclean, TurnFailed.
        """
        self._hears_ancestors()
        state = self._first.sheet.state
        words = self._words(state)
        for turn in past:
            said = words.get(turn.number)
            if turn.number < self._begin:
                state = turn.after
                self._chronicle.hear(turn.event.data, said)
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
        chronicle = self._chronicle
        start = TurnStart(
            state, self._seed, event.metadata.turn_id, chronicle.history, chronicle.recall, chronicle.spent
        )
        if self._master is None:
            version = repeat(start, said.action, record, event)
        else:
            version = tell(self._master, start, said.action, event, self._pause)
        chronicle.hear(version.event.data, said.model_copy(update={"narrative": version.telling.narrative}))
        return Compared(action=said.action, was=version_of(event, record), would_be=version)

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
                    self._chronicle.hear(event.data, words.get(event.data.number))
            after = ancestor.turn
        self._chronicle.spent = 0  # a spending limit counts a campaign's own turns
