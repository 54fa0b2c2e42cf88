"""A fork shares the past, has its own dice, and touches nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from contracts.campaign import CampaignCreated, ForkCampaign, ListDice, OpenTurn, PersistCampaign, ViewCampaign
from contracts.canon import Opening
from contracts.effects import CampaignEnded, CreditsGained
from contracts.envelope import MOST_ANCESTORS, Ancestor, Envelope
from contracts.errors import CampaignMissing, CannotFork, KeyReused
from services.campaign.adapters.campaign_store import CampaignStore
from services.campaign.application.create import create
from services.campaign.application.fork import fork
from services.campaign.application.open_turn import open_turn
from services.campaign.application.persist_turn import persist_turn
from services.campaign.application.reveal_dice import reveal_dice
from services.campaign.application.view import view
from services.campaign.domain.record import start_events
from services.campaign.domain.replay import replay
from services.campaign.domain.start import commitment
from services.campaign.domain.state_hash import state_hash
from services.campaign.tests.builders import (
    NOON,
    OWNER,
    SEED,
    a_telling,
    campaign_id,
    create_request,
    outcome,
)
from services.campaign.tests.conftest import CAMPAIGNS

A, B, C = 1, 2, 3
OTHER_SEED = b"\x07" * 32


def envelope(campaign: int, step: str, turn: int | None = None) -> Envelope:
    turn_id = None if turn is None else f"t_{'abcdefgh'[campaign]}{'a' * 23}{chr(97 + turn // 26)}{chr(97 + turn % 26)}"
    return Envelope(
        idempotency_key=f"{turn_id or campaign_id(campaign)}/{step}",
        correlation_id=turn_id or "request-1",
        campaign_id=campaign_id(campaign),
        turn_id=turn_id,
    )


def wish(new: int, origin: int, turn: int, owner: str = OWNER) -> ForkCampaign:
    return ForkCampaign(
        envelope=envelope(new, "fork"), owner=owner, origin=Ancestor(campaign_id=campaign_id(origin), turn=turn)
    )


def fork_of(store: CampaignStore, new: int, origin: int, turn: int) -> CampaignCreated:
    return fork(wish(new, origin, turn), store, seed=lambda: OTHER_SEED, now=NOON)


def play(store: CampaignStore, campaign: int, turns: int, *more: Any) -> None:
    """Play turns in each of which this campaign's cat earns its own wage."""
    for _ in range(turns):
        state = store.read(campaign_id(campaign)).state
        number = state.turn + 1
        done = outcome(CreditsGained(amount=campaign, source="job"), *more)
        request = PersistCampaign(
            envelope=envelope(campaign, "persist", number),
            base_version=state.version,
            action=f"{campaign} acts in {number}",
            outcomes=(done,),
            telling=a_telling(),
        )
        persist_turn(request, store, NOON)


def past(created: CampaignCreated) -> list[tuple[str, int]]:
    return [(ancestor.campaign_id, ancestor.turn) for ancestor in created.lineage]


def history(store: CampaignStore, campaign: int) -> list[tuple[int, str]]:
    opened = open_turn(OpenTurn(envelope=envelope(campaign, "open", 99)), store)
    return [(turn.number, turn.action) for turn in opened.history]


def test_a_fork_is_the_campaign_as_it_was_under_its_own_name_and_with_its_own_dice(store: CampaignStore) -> None:
    play(store, A, 3)
    then = store.after(Ancestor(campaign_id=campaign_id(A), turn=2))

    created = fork_of(store, B, A, 2)

    state = created.sheet.state
    assert state == then.model_copy(update={"campaign_id": campaign_id(B), "seed_commitment": commitment(OTHER_SEED)})
    assert (state.turn, state.version, state.character.credits) == (2, 3, 42)
    stored = store.read(campaign_id(B))
    assert (stored.state, stored.seed, stored.owner, stored.sequence) == (state, OTHER_SEED.hex(), OWNER, 1)
    assert (stored.spent, stored.lineage) == (0, created.lineage)


def test_a_fork_begins_as_its_parent_began(store: CampaignStore) -> None:
    opening = Opening(text="You wake.", suggested_actions=("Look around",))
    request = create_request(campaign=C)
    told = request.model_copy(update={"world": request.world.model_copy(update={"opening": opening})})
    begun = create(told, store, seed=lambda: SEED, now=NOON)

    fork_of(store, B, C, 0)
    views = [view(ViewCampaign(envelope=envelope(number, "view")), store) for number in (C, B)]

    assert [begun.opening, *(seen.opening for seen in views)] == [opening] * 3
    assert "You wake." not in str([event.model_dump_json() for event in start_events(told, begun.sheet.state, NOON)])


def test_a_fork_of_the_beginning_is_a_fresh_start_with_other_dice(store: CampaignStore) -> None:
    play(store, A, 2)

    created = fork_of(store, B, A, 0)

    assert (created.sheet.state.turn, created.sheet.state.version, past(created)) == (0, 1, [(campaign_id(A), 0)])
    assert history(store, B) == []


def test_the_first_event_of_a_fork_says_where_it_comes_from_and_how_the_story_stands(
    store: CampaignStore, outbox: Callable[[], list[dict[str, Any]]]
) -> None:
    play(store, A, 2)
    created = fork_of(store, B, A, 2)

    (event,) = (each for each in outbox() if each["detail"]["metadata"]["campaign_id"] == campaign_id(B))

    meta, data = event["detail"]["metadata"], event["detail"]["data"]
    assert (event["detail_type"], meta["schema_version"], meta["sequence"]) == ("CampaignStarted.v1", "1.1", 1)
    assert data["forked_from"] == {"campaign_id": campaign_id(A), "turn": 2}
    assert data["state_hash"] == state_hash(created.sheet.state)
    assert (data["summary"]["level"], data["summary"]["lives"], data["summary"]["place"]["id"]) == (1, 9, "attic")
    assert data["seed_commitment"] == commitment(OTHER_SEED)
    assert OTHER_SEED.hex() not in str(event)


def test_the_first_event_of_an_original_says_it_was_forked_from_nothing(
    store: CampaignStore, outbox: Callable[[], list[dict[str, Any]]]
) -> None:
    (event,) = outbox()

    assert event["detail"]["metadata"]["schema_version"] == "1.1"
    assert event["detail"]["data"]["forked_from"] is None


def test_the_parent_is_untouched_byte_for_byte_by_a_fork_and_by_what_it_plays(
    store: CampaignStore, dynamodb: Any
) -> None:
    def parent() -> list[Any]:
        items = dynamodb.scan(TableName=CAMPAIGNS)["Items"]
        return sorted((each for each in items if campaign_id(A) in each["pk"]["S"]), key=str)

    play(store, A, 3)
    before = parent()

    fork_of(store, B, A, 2)
    play(store, B, 4)

    assert parent() == before


def test_both_go_on_from_the_shared_turn_and_neither_sees_the_others(store: CampaignStore) -> None:
    play(store, A, 5)
    fork_of(store, B, A, 3)

    play(store, B, 2)
    play(store, A, 1)

    assert store.read(campaign_id(A)).state.character.credits == 40 + 6 * A
    assert store.read(campaign_id(B)).state.character.credits == 40 + 3 * A + 2 * B
    assert history(store, B) == [(2, "1 acts in 2"), (3, "1 acts in 3"), (4, "2 acts in 4"), (5, "2 acts in 5")]
    assert history(store, A) == [(number, f"1 acts in {number}") for number in (3, 4, 5, 6)]


def test_the_history_of_a_fork_of_a_fork_reaches_through_all_its_ancestors(store: CampaignStore) -> None:
    play(store, A, 2)
    fork_of(store, B, A, 2)
    play(store, B, 1)
    created = fork_of(store, C, B, 3)
    play(store, A, 5)
    play(store, B, 5)

    assert past(created) == [(campaign_id(A), 2), (campaign_id(B), 3)]
    assert history(store, C) == [(1, "1 acts in 1"), (2, "1 acts in 2"), (3, "2 acts in 3")]


@pytest.mark.parametrize(("turn", "teller"), [(0, A), (3, A), (5, A), (6, B), (8, B)])
def test_a_fork_has_its_past_from_whoever_told_that_turn(store: CampaignStore, turn: int, teller: int) -> None:
    play(store, A, 7)
    fork_of(store, B, A, 5)
    play(store, B, 3)

    created = fork_of(store, C, B, turn)

    assert past(created)[-1] == (campaign_id(teller), turn)
    assert len(created.lineage) == (1 if teller == A else 2)
    assert created.sheet.state.character.credits == 40 + A * min(turn, 5) + B * max(0, turn - 5)


def test_a_fork_can_be_folded_again_from_its_own_first_state(store: CampaignStore) -> None:
    play(store, A, 3)
    fork_of(store, B, A, 2)
    play(store, B, 3)

    first = store.first(campaign_id(B))
    assert first is not None
    turns = list(store.history(campaign_id(B)))
    states = replay(first[0].sheet.state, turns)

    assert [turn.number for turn in turns] == [3, 4, 5]
    assert [hash for _, hash in states] == [state_hash(turn.sheet.state) for turn in turns]


def test_a_fork_is_shown_with_its_past(store: CampaignStore) -> None:
    play(store, A, 1)
    created = fork_of(store, B, A, 1)

    viewed = view(ViewCampaign(envelope=envelope(B, "view")), store)
    opened = open_turn(OpenTurn(envelope=envelope(B, "open", 2)), store)

    assert (viewed.lineage, viewed.sheet) == (created.lineage, created.sheet)
    assert (opened.lineage, opened.number, opened.base_version) == (created.lineage, 2, 2)
    assert (opened.seed, opened.spent_micro_dollars) == (OTHER_SEED.hex(), 0)


def test_the_dice_of_a_fork_are_those_of_its_own_turns(store: CampaignStore) -> None:
    play(store, A, 4)
    created = fork_of(store, B, A, 3)

    def list_dice(limit: int = 50, after: int = 0) -> tuple[list[int], int | None]:
        told = reveal_dice(ListDice(envelope=envelope(B, "dice"), after_turn=after, limit=limit), store)
        assert (told.commitment, told.lineage) == (commitment(OTHER_SEED), created.lineage)
        return [turn.number for turn in told.turns], told.next_after

    assert list_dice() == ([], None)
    play(store, B, 3)
    assert list_dice(limit=2) == ([4, 5], 5)
    assert list_dice(after=5) == ([6], None)


def test_forking_again_under_the_same_id_gives_the_fork_that_was_first(store: CampaignStore) -> None:
    play(store, A, 2)
    first = fork_of(store, B, A, 1)
    play(store, B, 1)

    again = fork(wish(B, A, 1), store, seed=lambda: SEED, now=NOON.replace(hour=13))

    assert again == first
    assert store.read(campaign_id(B)).state.turn == 2


def test_forks_at_once_under_one_id_are_one_fork(
    store: CampaignStore, outbox: Callable[[], list[dict[str, Any]]]
) -> None:
    play(store, A, 2)
    seeds = [bytes([number]) * 32 for number in range(6)]

    with ThreadPoolExecutor(len(seeds)) as together:
        made = list(together.map(lambda s: fork(wish(B, A, 2), store, seed=lambda: s, now=NOON), seeds))

    assert len({one.model_dump_json() for one in made}) == 1
    assert made[0].sheet.state.seed_commitment == commitment(bytes.fromhex(store.read(campaign_id(B)).seed))
    assert sum(each["detail"]["metadata"]["campaign_id"] == campaign_id(B) for each in outbox()) == 1


def test_another_wish_under_the_same_id_is_refused(store: CampaignStore) -> None:
    play(store, A, 2)
    fork_of(store, B, A, 1)

    with pytest.raises(KeyReused):
        fork_of(store, B, A, 2)
    with pytest.raises(KeyReused):
        fork_of(store, A, A, 1)
    with pytest.raises(KeyReused):
        create(create_request(campaign=B), store, seed=lambda: SEED, now=NOON)


def test_somebody_elses_past_is_not_there(store: CampaignStore) -> None:
    with pytest.raises(CampaignMissing):
        fork(wish(B, A, 0, owner="eve"), store, seed=lambda: SEED, now=NOON)
    with pytest.raises(CampaignMissing):
        fork_of(store, B, C, 0)
    with pytest.raises(CampaignMissing):
        store.read(campaign_id(B))


def test_a_turn_that_is_not_played_cannot_be_forked_from(store: CampaignStore) -> None:
    play(store, A, 2)

    with pytest.raises(CannotFork, match=r"^Turn 3 is not played yet\. Fork at any turn from 0 to 2\.$"):
        fork_of(store, B, A, 3)


def test_nothing_follows_the_turn_in_which_the_story_ended_but_the_one_before_can_be_told_otherwise(
    store: CampaignStore,
) -> None:
    play(store, A, 1)
    play(store, A, 1, CampaignEnded(ending="home"))

    with pytest.raises(CannotFork, match=r"^The story ended with turn 2\. Fork at any turn from 0 to 1\.$"):
        fork_of(store, B, A, 2)
    assert fork_of(store, B, A, 1).sheet.state.status == "active"


def test_forks_of_forks_go_only_so_deep_and_what_an_ancestor_told_is_no_deeper(store: CampaignStore) -> None:
    for number in range(A, A + MOST_ANCESTORS):
        play(store, number, 1)
        fork_of(store, number + 1, number, number)
    last = A + MOST_ANCESTORS
    play(store, last, 1)

    with pytest.raises(CannotFork, match=rf"Fork at any turn from 0 to {MOST_ANCESTORS}\.$"):
        fork_of(store, last + 1, last, MOST_ANCESTORS + 1)
    assert len(fork_of(store, last + 1, last, MOST_ANCESTORS).lineage) == MOST_ANCESTORS


@pytest.mark.parametrize("turn", [0, 1, 15])
def test_a_fork_takes_three_reads_and_one_write_whatever_came_before(
    store: CampaignStore, dynamodb: Any, turn: int
) -> None:
    play(store, A, 16)
    asked: Counter[str] = Counter()
    dynamodb.meta.events.register("before-call.dynamodb", lambda model, **_: asked.update([model.name]))

    fork_of(store, B, A, turn)

    assert asked["TransactWriteItems"] == 1
    assert asked["GetItem"] <= 3
    assert set(asked) == {"GetItem", "TransactWriteItems"}
