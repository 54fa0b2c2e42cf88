"""A fork of any turn, whatever was played, is its state under another name, and goes on as the original would."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.envelope import MOST_ANCESTORS, Ancestor, Lineage
from contracts.errors import CannotFork
from contracts.state import CampaignState
from contracts.tools import Outcome
from services.campaign.domain.forking import fork_state, lineage_of
from services.campaign.domain.invariants import violations
from services.campaign.domain.turn import play_out
from services.campaign.tests.builders import campaign_id, new_state
from services.campaign.tests.test_properties import beginnings, flat, turns

NAME = {"campaign_id", "seed_commitment"}


def states_of(first: CampaignState, played: Iterable[Iterable[Outcome]]) -> list[CampaignState]:
    return list(accumulate(played, lambda state, outcomes: play_out(state, outcomes).state, initial=first))


@settings(max_examples=40)
@given(first=beginnings, turns=turns)
def test_a_fork_at_any_turn_is_that_state_and_the_same_outcomes_lead_it_to_the_same_end(
    first: CampaignState, turns: list[list[list[Outcome]]]
) -> None:
    played = [flat(rounds) for rounds in turns]
    states = states_of(first, played)
    for turn, state in enumerate(states):
        fork = fork_state(state, campaign_id(2), "7" * 64)

        assert (fork.campaign_id, fork.seed_commitment) == (campaign_id(2), "7" * 64)
        assert violations(fork) == ()
        again = states_of(fork, played[turn:])
        assert [each.model_dump(exclude=NAME) for each in again] == [
            each.model_dump(exclude=NAME) for each in states[turn:]
        ]


@given(st.data())
def test_a_family_of_forks_always_knows_who_told_each_turn(data: st.DataObject) -> None:
    """Campaigns are forked from one another in any way; each keeps the list of who told its turns."""
    family: list[tuple[CampaignState, Lineage, list[int]]] = [(at(0, 4), (), [0] * 4)]
    for _ in range(7):
        parent = data.draw(st.integers(0, len(family) - 1))
        state, lineage, tellers = family[parent]
        turn = data.draw(st.integers(0, state.turn))
        try:
            past = lineage_of(state, lineage, turn)
        except CannotFork:
            assert len(lineage) == MOST_ANCESTORS and turn > lineage[-1].turn
            continue
        own = data.draw(st.integers(0, 3))
        told = [*tellers[:turn], *[len(family)] * own]
        assert told_by(past) == tellers[:turn]
        assert [each.turn for each in past] == sorted({each.turn for each in past})
        assert len(past) <= MOST_ANCESTORS
        family.append((at(len(family), turn + own), past, told))


def at(number: int, turn: int) -> CampaignState:
    return new_state().model_copy(update={"campaign_id": campaign_id(number), "turn": turn, "version": turn + 1})


def told_by(lineage: Lineage) -> list[int]:
    """The campaign that told each turn, going by a lineage alone."""
    numbers = {campaign_id(number): number for number in range(10)}
    tellers: list[int] = []
    for ancestor in lineage:
        tellers += [numbers[ancestor.campaign_id]] * (ancestor.turn - len(tellers))
    return tellers


def test_the_beginning_of_a_fork_of_the_beginning_is_the_originals() -> None:
    lineage = (Ancestor(campaign_id=campaign_id(0), turn=0),)

    assert lineage_of(at(1, 3), lineage, 0) == lineage
