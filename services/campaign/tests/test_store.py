"""Committing, voiding and starting: once, whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.exceptions import ClientError

from contracts.campaign import TurnCommitted, ViewCampaign
from contracts.effects import CampaignEnded, CreditsGained, Damaged, ItemGained
from contracts.errors import (
    CampaignMissing,
    CampaignOver,
    InvalidRequest,
    KeyReused,
    Transient,
    TurnSuperseded,
    TurnWasVoided,
)
from services.campaign.adapters.campaign_store import CampaignStore
from services.campaign.adapters.items import state_key
from services.campaign.application.create import create
from services.campaign.application.open_turn import REMEMBERED, open_turn
from services.campaign.application.persist_turn import persist_turn
from services.campaign.application.view import view
from services.campaign.application.void_turn import void_turn
from services.campaign.domain.replay import replay
from services.campaign.domain.start import commitment
from services.campaign.domain.state_hash import state_hash
from services.campaign.domain.stored import StoredCampaign
from services.campaign.tests.builders import (
    CAT_NAME,
    FISH,
    NOON,
    OWNER,
    SEED,
    an_item,
    campaign_id,
    create_request,
    envelope,
    open_request,
    outcome,
    persist_request,
    void_request,
)
from services.campaign.tests.conftest import CAMPAIGNS
from stagekit.packing import unpack

Outbox = Callable[[], list[dict[str, Any]]]
WAGES = outcome(CreditsGained(amount=5, source="job"))


def credits_of(store: CampaignStore) -> int:
    return store.read(campaign_id()).state.character.credits


def test_a_new_campaign_commits_to_a_seed_that_it_keeps_to_itself(store: CampaignStore, outbox: Outbox) -> None:
    stored = store.read(campaign_id())

    assert (stored.seed, stored.owner, stored.sequence) == (SEED.hex(), OWNER, 1)
    assert stored.state.seed_commitment == commitment(SEED)
    assert [event["detail_type"] for event in outbox()] == ["CampaignStarted.v1"]
    assert SEED.hex() not in str(outbox())


def test_starting_the_same_campaign_again_gives_the_first(store: CampaignStore, outbox: Outbox) -> None:
    persist_turn(persist_request(WAGES), store, NOON)

    again = create(create_request(), store, seed=lambda: b"\x07" * 32, now=NOON.replace(hour=13))

    assert again.started_at == NOON
    assert again.sheet.state.seed_commitment == commitment(SEED)
    assert again.sheet.state.turn == 0
    assert len(outbox()) == 2


@pytest.mark.parametrize("other", [{"owner": "somebody-else"}, {"name": "Other Cat"}])
def test_another_wish_under_the_same_campaign_id_is_refused(store: CampaignStore, other: dict[str, str]) -> None:
    with pytest.raises(KeyReused):
        create(create_request(**other), store, seed=lambda: SEED, now=NOON)


def test_a_class_cannot_start_with_something_that_nobody_described(empty_store: CampaignStore) -> None:
    with pytest.raises(InvalidRequest, match="torch"):
        create(create_request(items=create_request().items[:2]), empty_store, seed=lambda: SEED, now=NOON)

    with pytest.raises(CampaignMissing):
        empty_store.read(campaign_id())


def test_a_turn_is_committed_with_its_state_and_its_events(store: CampaignStore, outbox: Outbox) -> None:
    turn = persist_turn(persist_request(WAGES), store, NOON)

    assert (turn.number, turn.version, turn.sheet.state.character.credits) == (1, 2, 45)
    assert store.read(campaign_id()).state == turn.sheet.state
    assert [event["detail"]["metadata"]["sequence"] for event in outbox()] == [1, 2]
    assert outbox()[1]["detail"]["data"]["state_hash"] == state_hash(turn.sheet.state)


def test_a_turn_persisted_twice_is_one_turn_and_answers_as_it_did_first(store: CampaignStore, outbox: Outbox) -> None:
    first = persist_turn(persist_request(WAGES), store, NOON)

    second = persist_turn(persist_request(WAGES), store, NOON.replace(hour=13))

    assert second == first
    assert credits_of(store) == 45
    assert len(outbox()) == 2


def test_a_late_copy_of_a_turn_is_answered_even_after_other_turns(store: CampaignStore) -> None:
    first = persist_turn(persist_request(WAGES), store, NOON)
    persist_turn(persist_request(WAGES, turn=2, base_version=2), store, NOON)

    assert persist_turn(persist_request(WAGES), store, NOON) == first
    assert credits_of(store) == 50


def test_a_turn_played_on_an_old_version_is_superseded_and_changes_nothing(store: CampaignStore) -> None:
    persist_turn(persist_request(WAGES), store, NOON)

    with pytest.raises(TurnSuperseded):
        persist_turn(persist_request(WAGES, turn=2, base_version=1), store, NOON)

    assert credits_of(store) == 45


def test_a_voided_turn_can_never_be_persisted(store: CampaignStore, outbox: Outbox) -> None:
    assert void_turn(void_request(), store).committed is None

    with pytest.raises(TurnWasVoided):
        persist_turn(persist_request(WAGES), store, NOON)

    assert store.read(campaign_id()).state.version == 1
    assert len(outbox()) == 1


def test_a_voided_turn_cannot_be_opened_either(store: CampaignStore) -> None:
    void_turn(void_request(), store)

    with pytest.raises(TurnWasVoided):
        open_turn(open_request(), store)


def test_voiding_twice_is_voiding_once(store: CampaignStore) -> None:
    assert void_turn(void_request(), store) == void_turn(void_request(), store)


def test_a_turn_is_given_up_for_the_reason_of_whoever_did_so_first(store: CampaignStore) -> None:
    void_turn(void_request(), store)

    assert void_turn(void_request().model_copy(update={"reason": "Broken"}), store).reason == void_request().reason


def test_a_committed_turn_cannot_be_voided_and_comes_back_whole(store: CampaignStore) -> None:
    turn = persist_turn(persist_request(WAGES), store, NOON)

    assert void_turn(void_request(), store).committed == turn
    assert persist_turn(persist_request(WAGES), store, NOON) == turn


def test_a_turn_given_up_leaves_room_for_the_next_one(store: CampaignStore) -> None:
    void_turn(void_request(turn=1), store)

    assert persist_turn(persist_request(WAGES, turn=2), store, NOON).number == 1


def together(*calls: Callable[[], Any]) -> list[Any]:
    def run(call: Callable[[], Any]) -> Any:
        try:
            return call()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(run, call) for call in calls]]


def test_parallel_copies_of_one_turn_commit_once(store: CampaignStore, outbox: Outbox) -> None:
    answers = together(*[lambda: persist_turn(persist_request(WAGES), store, NOON)] * 6)

    assert {answer.model_dump_json() for answer in answers if isinstance(answer, TurnCommitted)} == {
        persist_turn(persist_request(WAGES), store, NOON).model_dump_json()
    }
    assert all(isinstance(answer, TurnCommitted | Transient) for answer in answers)
    assert credits_of(store) == 45
    assert len(outbox()) == 2


def test_of_parallel_turns_on_one_version_one_is_committed(store: CampaignStore, outbox: Outbox) -> None:
    answers = together(*[lambda n=n: persist_turn(persist_request(WAGES, turn=n), store, NOON) for n in (1, 2, 3)])

    assert sum(isinstance(answer, TurnCommitted) for answer in answers) == 1
    assert all(isinstance(answer, TurnCommitted | TurnSuperseded | Transient) for answer in answers)
    assert [event["detail"]["metadata"]["sequence"] for event in outbox()] == [1, 2]


def test_a_turn_that_is_overtaken_between_reading_and_writing_is_superseded(
    store: CampaignStore, dynamodb: Any
) -> None:
    class Overtaken(CampaignStore):
        overtaken = False

        def read(self, campaign_id: str) -> StoredCampaign:
            read = super().read(campaign_id)
            if not self.overtaken:
                self.overtaken = True
                persist_turn(persist_request(WAGES, turn=2), store, NOON)
            return read

    with pytest.raises(TurnSuperseded):
        persist_turn(persist_request(WAGES), Overtaken(dynamodb, "campaigns"), NOON)

    assert credits_of(store) == 45


def test_a_turn_is_either_committed_or_void_however_the_two_race(store: CampaignStore) -> None:
    committed, voided = together(
        lambda: persist_turn(persist_request(WAGES), store, NOON), lambda: void_turn(void_request(), store)
    )

    assert (voided.committed is None) == (not isinstance(committed, TurnCommitted))


class FailsOnce:
    """DynamoDB whose transactions fail once: before being written, or after, with the answer lost on the way."""

    def __init__(self, dynamodb: Any, error: ClientError, written: bool) -> None:
        self._dynamodb, self._error, self._written = dynamodb, error, written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._dynamodb, name)

    def transact_write_items(self, **request: Any) -> Any:
        error, self._error = self._error, None
        if error is None or self._written:
            answer = self._dynamodb.transact_write_items(**request)
        if error is not None:
            raise error
        return answer


def cancellation(dynamodb: Any, code: str) -> ClientError:
    response = {"Error": {"Code": "TransactionCanceledException"}, "CancellationReasons": [{"Code": code}]}
    return dynamodb.exceptions.TransactionCanceledException(response, "TransactWriteItems")


def test_a_throttled_commit_writes_nothing_and_may_be_tried_again(store: CampaignStore, dynamodb: Any) -> None:
    hiccup = CampaignStore(FailsOnce(dynamodb, cancellation(dynamodb, "ThrottlingError"), written=False), "campaigns")

    with pytest.raises(Transient):
        persist_turn(persist_request(WAGES), hiccup, NOON)

    assert credits_of(store) == 40
    assert persist_turn(persist_request(WAGES), hiccup, NOON).number == 1


def test_a_commit_whose_answer_was_lost_is_answered_by_the_next_try(store: CampaignStore, dynamodb: Any) -> None:
    lost = ClientError({"Error": {"Code": "InternalServerError"}}, "TransactWriteItems")
    crashing = CampaignStore(FailsOnce(dynamodb, lost, written=True), "campaigns")
    with pytest.raises(ClientError):
        persist_turn(persist_request(WAGES), crashing, NOON)

    again = persist_turn(persist_request(WAGES), crashing, NOON.replace(hour=13))

    assert again.resolved_at == NOON
    assert credits_of(store) == 45


def test_a_transaction_that_is_wrong_in_itself_is_an_error_not_a_race(store: CampaignStore, dynamodb: Any) -> None:
    broken = CampaignStore(FailsOnce(dynamodb, cancellation(dynamodb, "ValidationError"), written=False), "campaigns")

    with pytest.raises(ClientError):
        persist_turn(persist_request(WAGES), broken, NOON)


def test_opening_a_turn_gives_the_working_copy_and_the_seed(store: CampaignStore) -> None:
    opened = open_turn(open_request(), store)

    assert (opened.number, opened.base_version, opened.seed) == (1, 1, SEED.hex())
    assert opened.opening == ()
    assert opened.history == ()


def test_the_story_remembers_its_last_turns_in_order(store: CampaignStore) -> None:
    for number in range(1, REMEMBERED + 3):
        persist_turn(persist_request(turn=number, base_version=number, action=f"action {number}"), store, NOON)

    history = open_turn(open_request(turn=9), store).history

    assert [turn.number for turn in history] == [3, 4, 5, 6]
    assert history[-1].action == "action 6"


def test_a_campaign_that_ended_opens_no_turn_and_tells_its_seed(store: CampaignStore, outbox: Outbox) -> None:
    persist_turn(persist_request(outcome(CampaignEnded(ending="home"))), store, NOON)

    with pytest.raises(CampaignOver):
        open_turn(open_request(turn=2), store)
    with pytest.raises(CampaignOver):
        persist_turn(persist_request(turn=2, base_version=2), store, NOON)
    assert [event["detail_type"] for event in outbox()] == [
        "CampaignStarted.v1",
        "TurnResolved.v1",
        "CampaignEnded.v1",
    ]
    assert outbox()[2]["detail"]["data"]["seed"] == SEED.hex()
    assert store.read(campaign_id()).sequence == 3


def test_a_campaign_that_nobody_started_is_missing(empty_store: CampaignStore) -> None:
    for ask in (
        lambda: open_turn(open_request(), empty_store),
        lambda: persist_turn(persist_request(), empty_store, NOON),
        lambda: view(ViewCampaign(envelope=envelope("view", turn=None)), empty_store),
    ):
        with pytest.raises(CampaignMissing):
            ask()


def test_viewing_shows_the_sheet_its_owner_and_no_seed(store: CampaignStore) -> None:
    seen = view(ViewCampaign(envelope=envelope("view", turn=None)), store)

    assert (seen.owner, seen.started_at, seen.sheet.state.character.name) == (OWNER, NOON, CAT_NAME)
    assert SEED.hex() not in seen.model_dump_json()


def test_folding_all_turns_from_the_start_gives_the_stored_state(store: CampaignStore) -> None:
    hits = [
        outcome(Damaged(target="character", amount=9, damage_type="heat", source="stove")),
        outcome(ItemGained(item=an_item(FISH, 3), source="bin")),
    ]
    committed = [
        persist_turn(persist_request(*hits, turn=number, base_version=number), store, NOON) for number in range(1, 6)
    ]

    first = store.first(campaign_id())
    assert first is not None
    replayed = list(replay(first[0].sheet.state, store.history(campaign_id())))

    assert [hash for _, hash in replayed] == [state_hash(turn.sheet.state) for turn in committed]
    assert replayed[-1][0] == store.read(campaign_id()).state


def test_no_event_holds_a_word_or_a_name_of_the_player(store: CampaignStore, outbox: Outbox) -> None:
    request = persist_request(
        outcome(CreditsGained(amount=5, source="job")), action="secret words", narrative=f"{CAT_NAME} says secret words"
    )

    persist_turn(request, store, NOON)

    for player_text in ("secret words", CAT_NAME):
        assert player_text not in str(outbox())


def test_what_turns_cost_is_added_up_and_told_to_the_next_turn(store: CampaignStore) -> None:
    assert open_turn(open_request(1), store).spent_micro_dollars == 0

    persist_turn(persist_request(WAGES, turn=1, base_version=1), store, NOON)
    persist_turn(persist_request(WAGES, turn=1, base_version=1), store, NOON)
    persist_turn(persist_request(WAGES, turn=2, base_version=2), store, NOON)

    assert open_turn(open_request(3), store).spent_micro_dollars == 10


def test_a_campaign_from_before_costs_were_counted_has_cost_nothing(store: CampaignStore, dynamodb: Any) -> None:
    assert "spent" not in dynamodb.get_item(TableName=CAMPAIGNS, Key=state_key(campaign_id()))["Item"]
    assert store.read(campaign_id()).spent == 0


def test_what_was_stored_before_texts_were_packed_is_read_the_same(store: CampaignStore, dynamodb: Any) -> None:
    turn = persist_turn(persist_request(WAGES), store, NOON)
    packed = store.read(campaign_id())

    for item in dynamodb.scan(TableName=CAMPAIGNS)["Items"]:
        plain = {name: {"S": unpack(value["S"])} if "S" in value else value for name, value in item.items()}
        dynamodb.put_item(TableName=CAMPAIGNS, Item=plain)

    assert store.read(campaign_id()) == packed
    assert store.turn(campaign_id(), turn.envelope.turn) == turn
    assert persist_turn(persist_request(turn=2, base_version=2), store, NOON).number == 2


@pytest.mark.parametrize("played", [1, 3, 6])
def test_a_turn_is_opened_in_one_read_by_whoever_knows_how_many_were_resolved(
    store: CampaignStore, monkeypatch: pytest.MonkeyPatch, played: int
) -> None:
    for turn in range(1, played + 1):
        persist_turn(persist_request(turn=turn, base_version=turn), store, NOON)
    asked = open_request(played + 1)
    without = open_turn(asked, store)
    guesses = [open_turn(asked.model_copy(update={"turns_resolved": n}), store) for n in range(played + 3)]

    monkeypatch.setattr(store, "recent", None)

    assert guesses == [without] * len(guesses)
    assert open_turn(asked.model_copy(update={"turns_resolved": played}), store) == without
