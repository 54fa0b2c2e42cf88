"""DynamoDB refuses a write while a transaction is under way on one of its items: every writer goes on from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from contracts.campaign import EraseCampaign, ForkCampaign
from contracts.effects import CreditsGained
from contracts.envelope import Ancestor
from contracts.errors import Transient
from services.campaign.adapters.campaign_eraser import CampaignEraser
from services.campaign.adapters.campaign_store import TRIES, CampaignStore
from services.campaign.application.create import create
from services.campaign.application.erase import erase
from services.campaign.application.fork import fork
from services.campaign.application.persist_turn import persist_turn
from services.campaign.application.void_turn import void_turn
from services.campaign.tests.builders import (
    NOON,
    OWNER,
    SEED,
    campaign_id,
    create_request,
    envelope,
    outcome,
    persist_request,
    void_request,
)
from services.campaign.tests.conftest import CAMPAIGNS
from tests.support.conflicts import FOR_EVER, Conflicting

Outbox = Callable[[], list[dict[str, Any]]]
WAGES = outcome(CreditsGained(amount=5, source="job"))
LEAST, MOST = 1, TRIES - 1
met = pytest.mark.parametrize("conflicts", [LEAST, 2, MOST])


@pytest.fixture
def table(dynamodb: Any) -> Conflicting:
    return Conflicting(dynamodb)


@pytest.fixture
def paused() -> list[float]:
    return []


@pytest.fixture
def meeting(table: Conflicting, paused: list[float], store: CampaignStore) -> CampaignStore:
    """The campaigns, of which one was just started, where somebody else writes, too."""
    return CampaignStore(table, CAMPAIGNS, paused.append)  # type: ignore[arg-type]


@met
def test_a_campaign_is_created_once(
    meeting: CampaignStore, table: Conflicting, paused: list[float], outbox: Outbox, conflicts: int
) -> None:
    table.left = conflicts

    created = [create(create_request(campaign=2), meeting, seed=lambda: SEED, now=NOON) for _ in range(2)]

    assert created[0] == created[1]
    assert len(outbox()) == 2
    assert (table.cancelled, len(paused)) == (conflicts, conflicts)


@met
def test_a_campaign_is_forked_once(
    meeting: CampaignStore, table: Conflicting, paused: list[float], outbox: Outbox, conflicts: int
) -> None:
    wish = ForkCampaign(
        envelope=envelope("fork", turn=None, campaign=2),
        owner=OWNER,
        origin=Ancestor(campaign_id=campaign_id(), turn=0),
    )
    table.left = conflicts

    forked = [fork(wish, meeting, seed=lambda: SEED, now=NOON) for _ in range(2)]

    assert forked[0] == forked[1]
    assert len(outbox()) == 2
    assert (table.cancelled, len(paused)) == (conflicts, conflicts)


@met
def test_a_turn_is_committed_once(
    meeting: CampaignStore, table: Conflicting, paused: list[float], outbox: Outbox, conflicts: int
) -> None:
    table.left = conflicts

    turns = [persist_turn(persist_request(WAGES), meeting, NOON) for _ in range(2)]

    assert turns[0] == turns[1]
    assert meeting.read(campaign_id()).state.character.credits == 45
    assert len(outbox()) == 2
    assert (table.cancelled, len(paused)) == (conflicts, conflicts)


@met
def test_a_campaign_is_erased_once(
    meeting: CampaignStore, table: Conflicting, paused: list[float], outbox: Outbox, conflicts: int
) -> None:
    wish = EraseCampaign(envelope=envelope("erase", turn=None))
    table.left = conflicts

    eraser = CampaignEraser(table, CAMPAIGNS, paused.append)  # type: ignore[arg-type]

    erased = [erase(wish, eraser, NOON) for _ in range(2)]

    assert erased[0] == erased[1]
    assert len(outbox()) == 2
    assert (table.cancelled, len(paused)) == (conflicts, conflicts)


@met
def test_a_turn_is_given_up_once(
    meeting: CampaignStore, table: Conflicting, paused: list[float], conflicts: int
) -> None:
    table.left = conflicts

    assert void_turn(void_request(), meeting) == void_turn(void_request(), meeting)
    assert (table.cancelled, len(paused)) == (conflicts, conflicts)


def test_a_turn_committed_meanwhile_is_found_when_the_conflict_is_over(
    meeting: CampaignStore, table: Conflicting, store: CampaignStore
) -> None:
    committed = []
    meeting._pause = lambda _: committed.append(persist_turn(persist_request(WAGES), store, NOON))
    table.left = LEAST

    assert void_turn(void_request(), meeting).committed == committed[0]


def test_what_conflicts_for_ever_changes_nothing_and_may_be_tried_again(
    meeting: CampaignStore, table: Conflicting, paused: list[float], dynamodb: Any
) -> None:
    before = dynamodb.scan(TableName=CAMPAIGNS)["Items"]
    table.left = FOR_EVER

    with pytest.raises(Transient):
        persist_turn(persist_request(WAGES), meeting, NOON)
    with pytest.raises(Transient):
        create(create_request(campaign=2), meeting, seed=lambda: SEED, now=NOON)
    with pytest.raises(ClientError, match="TransactionConflictException"):
        void_turn(void_request(), meeting)

    assert dynamodb.scan(TableName=CAMPAIGNS)["Items"] == before
    assert sum(paused) < 3 * 0.5  # seconds, of the six that each function has
    table.left = 0
    assert persist_turn(persist_request(WAGES), meeting, NOON).number == 1
