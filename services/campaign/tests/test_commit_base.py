"""A turn is committed on what it was opened on without a read, and only while exactly that is stored."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.campaign import PersistCampaign, TurnBase
from contracts.effects import CreditsGained
from contracts.errors import TurnSuperseded
from services.campaign.adapters.campaign_store import CampaignStore
from services.campaign.application.create import create
from services.campaign.application.open_turn import open_turn
from services.campaign.application.persist_turn import persist_turn
from services.campaign.domain.stored import StoredCampaign
from services.campaign.tests.builders import (
    NOON,
    SEED,
    campaign_id,
    create_request,
    open_request,
    outcome,
    persist_request,
)
from stagekit.packing import pack, unpack

WAGES = outcome(CreditsGained(amount=5, source="job"))


class Unread(CampaignStore):
    """The campaign's table, of which nobody reads a campaign."""

    def read(self, campaign_id: str) -> StoredCampaign:
        raise AssertionError("a read")


def base_of(store: CampaignStore, turn: int = 1) -> TurnBase:
    base = open_turn(open_request(turn), store).base
    assert base is not None
    return base


def on(base: TurnBase, turn: int = 1, base_version: int = 1) -> PersistCampaign:
    return persist_request(WAGES, turn=turn, base_version=base_version).model_copy(update={"base": base})


def credits_of(store: CampaignStore, campaign: int = 1) -> int:
    return store.read(campaign_id(campaign)).state.character.credits


def test_a_turn_is_committed_on_what_it_was_opened_on_without_a_read(store: CampaignStore, dynamodb: Any) -> None:
    persist_turn(on(base_of(store)), Unread(dynamodb, "campaigns"), NOON)
    persist_turn(on(base_of(store, 2), turn=2, base_version=2), Unread(dynamodb, "campaigns"), NOON)

    assert credits_of(store) == 50
    assert (store.read(campaign_id()).sequence, store.read(campaign_id()).spent) == (3, 10)


def test_what_is_committed_is_the_same_with_a_base_and_without(store: CampaignStore) -> None:
    request = on(base_of(store))
    first = persist_turn(request, store, NOON)

    assert persist_turn(request, store, NOON) == first
    assert persist_turn(persist_request(WAGES), store, NOON) == first


def test_a_turn_is_not_committed_on_a_base_that_another_turn_has_left_behind(store: CampaignStore) -> None:
    old = base_of(store)
    persist_turn(on(old), store, NOON)

    with pytest.raises(TurnSuperseded):
        persist_turn(on(old, turn=2), store, NOON)
    assert credits_of(store) == 45


def test_a_base_that_is_not_what_is_stored_counts_for_nothing(store: CampaignStore) -> None:
    base = base_of(store)
    rich = pack(unpack(base.state).replace('"credits":40', '"credits":4000'))
    assert rich != base.state

    persist_turn(on(base.model_copy(update={"state": rich})), store, NOON)

    assert credits_of(store) == 45


def test_a_base_of_another_campaign_counts_for_nothing(store: CampaignStore) -> None:
    base = base_of(store)
    create(create_request(campaign=2), store, seed=lambda: SEED, now=NOON)
    other = persist_request(WAGES)
    other = other.model_copy(
        update={"base": base, "envelope": other.envelope.model_copy(update={"campaign_id": campaign_id(2)})}
    )

    persist_turn(other, store, NOON)

    assert (credits_of(store), credits_of(store, 2)) == (40, 45)
