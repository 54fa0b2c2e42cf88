"""Every die that was thrown in a resolved turn is shown, and the seed when nothing is left to foresee."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.campaign import DiceListed, ListDice
from contracts.effects import CampaignEnded, CreditsGained, ItemEquipped
from contracts.errors import CampaignMissing
from contracts.tools import Outcome, Roll
from services.campaign.adapters.campaign_store import CampaignStore
from services.campaign.adapters.items import turn_key
from services.campaign.application.persist_turn import persist_turn
from services.campaign.application.reveal_dice import reveal_dice
from services.campaign.application.void_turn import void_turn
from services.campaign.domain import dice
from services.campaign.domain.start import commitment
from services.campaign.tests.builders import (
    NOON,
    OWNER,
    SEED,
    campaign_id,
    envelope,
    outcome,
    persist_request,
    turn_id,
    void_request,
)


def ask(store: CampaignStore, after: int = 0, limit: int = 50) -> DiceListed:
    return reveal_dice(ListDice(envelope=envelope("dice", turn=None), after_turn=after, limit=limit), store)


def roll_of(key: str, *faces: int) -> Roll:
    return Roll(key=key, purpose="damage", count=len(faces), sides=6, faces=faces, kept=faces, total=sum(faces))


def throwing(turn: int, call: int = 0, rolls: int = 1) -> Outcome:
    key = f"{turn_id(turn)}/0/{call}"
    thrown = [roll_of(f"{key}/{number}", 3) for number in range(rolls)]
    return outcome(CreditsGained(amount=1, source="job"), key=key, rolls=thrown)


def play(store: CampaignStore, turns: int, rolls: int = 1) -> None:
    for number in range(1, turns + 1):
        persist_turn(persist_request(throwing(number, rolls=rolls), turn=number, base_version=number), store, NOON)


def end(store: CampaignStore, number: int) -> None:
    last = persist_request(outcome(CampaignEnded(ending="home")), turn=number, base_version=number)
    persist_turn(last, store, NOON)


def numbers(listed: DiceListed) -> list[int]:
    return [turn.number for turn in listed.turns]


def test_a_new_campaign_shows_what_it_committed_to_and_no_dice(store: CampaignStore) -> None:
    listed = ask(store)

    assert (listed.owner, listed.commitment) == (OWNER, commitment(SEED))
    assert (listed.seed, listed.turns, listed.next_after) == (None, (), None)


def test_dice_are_shown_turn_by_turn_in_the_order_they_were_thrown(store: CampaignStore) -> None:
    first = persist_request(throwing(1, call=0, rolls=2), throwing(1, call=1))
    persist_turn(first, store, NOON)
    persist_turn(persist_request(turn=2, base_version=2), store, NOON)

    one, two = ask(store).turns

    assert (one.number, one.turn_id, two.number, two.rolls) == (1, turn_id(1), 2, ())
    assert [roll.key for roll in one.rolls] == [f"{turn_id(1)}/{rest}" for rest in ("0/0/0", "0/0/1", "0/1/0")]


def test_dice_of_an_outcome_that_was_refused_are_shown_too(store: CampaignStore) -> None:
    roll = roll_of(f"{turn_id()}/0/0/0", 6)
    refused = outcome(ItemEquipped(instance="nothing-of-mine", slot="body"), rolls=[roll])
    turn = persist_turn(persist_request(refused), store, NOON)

    assert not turn.settled[0].applied
    assert ask(store).turns[0].rolls == (roll,)


def test_a_turn_that_was_given_up_is_not_among_them(store: CampaignStore) -> None:
    void_turn(void_request(turn=1), store)
    persist_turn(persist_request(throwing(2), turn=2), store, NOON)

    assert [turn.turn_id for turn in ask(store).turns] == [turn_id(2)]


def test_the_seed_stays_secret_until_the_story_has_ended(store: CampaignStore) -> None:
    play(store, 2)
    before = ask(store)
    end(store, 3)

    assert before.seed is None
    assert SEED.hex() not in before.model_dump_json()
    assert ask(store).seed == SEED.hex()


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 100])
def test_pages_hold_every_turn_once_whatever_their_size(store: CampaignStore, limit: int) -> None:
    play(store, 5)
    seen: list[int] = []
    after: int | None = 0
    while after is not None:
        page = ask(store, after, limit)
        assert len(page.turns) <= limit
        seen += numbers(page)
        after = page.next_after

    assert seen == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("after", [2, 3, 9_999_999_999, 10**30])
def test_after_the_last_turn_there_is_nothing_more(store: CampaignStore, after: int) -> None:
    play(store, 2)

    listed = ask(store, after)

    assert (listed.turns, listed.next_after) == ((), None)


def test_a_turn_with_more_dice_than_an_entry_holds_goes_on_in_the_next_one(store: CampaignStore) -> None:
    outcomes = [throwing(1, call=call, rolls=24) for call in range(20)]
    persist_turn(persist_request(*outcomes), store, NOON)

    entries = ask(store).turns

    assert [(entry.number, len(entry.rolls)) for entry in entries] == [(1, 200), (1, 200), (1, 80)]
    assert [roll for entry in entries for roll in entry.rolls] == [roll for one in outcomes for roll in one.rolls]


@pytest.mark.parametrize(("bound", "most"), [("MOST_ROLLS_OF_A_PAGE", 7), ("MOST_ENTRIES", 2)])
def test_a_page_ends_before_it_is_too_large_and_never_within_a_turn(
    store: CampaignStore, monkeypatch: pytest.MonkeyPatch, bound: str, most: int
) -> None:
    monkeypatch.setattr(dice, bound, most)
    play(store, 3, rolls=3)

    page = ask(store)

    assert (numbers(page), page.next_after) == ([1, 2], 2)
    assert numbers(ask(store, after=2)) == [3]


def test_the_dice_of_a_campaign_that_nobody_started_are_missing(empty_store: CampaignStore) -> None:
    with pytest.raises(CampaignMissing):
        ask(empty_store)


def test_the_dice_of_a_campaign_that_is_erased_while_they_are_read_are_missing(
    store: CampaignStore, dynamodb: Any
) -> None:
    play(store, 3)
    dynamodb.delete_item(TableName="campaigns", Key=turn_key(campaign_id(), turn_id(2)))

    with pytest.raises(CampaignMissing):
        ask(store)


def test_a_page_reads_no_more_turns_than_it_shows(store: CampaignStore, dynamodb: Any) -> None:
    play(store, 5)

    class Counting:
        reads = 0

        def __getattr__(self, name: str) -> Any:
            return getattr(dynamodb, name)

        def get_item(self, **request: Any) -> Any:
            Counting.reads += 1
            return dynamodb.get_item(**request)

    ask(CampaignStore(Counting(), "campaigns"), limit=2)

    assert Counting.reads == 3  # the state and two turns
