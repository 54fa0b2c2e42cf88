"""A campaign folded again from its first state, turn by turn, beside what was stored and told of it at the time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import tee

from contracts.campaign import TurnCommitted
from contracts.state import CampaignState
from services.campaign.domain.replay import replay
from services.campaign.domain.state_hash import state_hash


@dataclass(frozen=True)
class Retold:
    """The state after a turn (0: the first state) as it comes out now, and how the witnesses have it.

    `kept` is the hash of the state in the turn's record, `told` the one in its event; None when there is no event.
    """

    turn: int
    version: int
    hash: str
    kept: str
    told: str | None

    @property
    def differences(self) -> tuple[str, ...]:
        """The witnesses that say something else."""
        witnesses = {"its record": self.kept, "its event": self.told}
        return tuple(f"{who} has {said or 'none'}" for who, said in witnesses.items() if said != self.hash)


def retell(first: CampaignState, history: Iterable[TurnCommitted], told: Mapping[int, str]) -> Iterator[Retold]:
    """Fold every turn's outcomes, from the first state on. `told` is the hash by turn that events carried."""
    digest = state_hash(first)
    yield Retold(first.turn, first.version, digest, digest, told.get(first.turn))
    turns, again = tee(history)
    for turn, (state, digest) in zip(turns, replay(first, again), strict=True):
        yield Retold(state.turn, state.version, digest, state_hash(turn.sheet.state), told.get(state.turn))
