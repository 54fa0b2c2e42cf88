"""An erased campaign: its events and their number stay, nothing else does, and nothing can follow."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest

from contracts.campaign import CampaignErased, EraseCampaign, OpenTurn
from contracts.effects import CreditsGained
from contracts.errors import CampaignMissing, Transient
from services.campaign.adapters.campaign_eraser import CampaignEraser
from services.campaign.adapters.items import state_key
from services.campaign.adapters.projection_versions import ProjectionVersions
from services.campaign.application import erase as erasing
from services.campaign.application.create import create
from services.campaign.application.erase import erase
from services.campaign.application.open_turn import open_turn
from services.campaign.application.persist_turn import persist_turn
from services.campaign.application.project import project_all
from services.campaign.application.void_turn import void_turn
from services.campaign.domain.projection import absorb, read_event, summary_of
from services.campaign.tests.builders import (
    CAT_NAME,
    NOON,
    SEED,
    campaign_id,
    create_request,
    envelope,
    open_request,
    outcome,
    persist_request,
    void_request,
)
from services.campaign.tests.conftest import CAMPAIGNS


@pytest.fixture
def store(dynamodb: Any) -> CampaignEraser:
    """A table with one campaign that was just started."""
    made = CampaignEraser(dynamodb, CAMPAIGNS)
    create(create_request(), made, seed=lambda: SEED, now=NOON)
    return made


Outbox = Callable[[], list[dict[str, Any]]]
WAGES = outcome(CreditsGained(amount=5, source="job"))
REQUEST = EraseCampaign(envelope=envelope("erase", turn=None))


def list_kept(dynamodb: Any) -> list[dict[str, Any]]:
    """Items of the table that are no events."""
    items = dynamodb.scan(TableName=CAMPAIGNS)["Items"]
    return [item for item in items if not item["pk"]["S"].startswith("STREAM#")]


def test_what_is_left_of_a_campaign_is_how_many_events_it_has(
    store: CampaignEraser, dynamodb: Any, outbox: Outbox
) -> None:
    persist_turn(persist_request(WAGES), store, NOON)

    assert not erase(REQUEST, store, NOON).more

    [tombstone] = list_kept(dynamodb)
    assert tombstone == {**state_key(campaign_id()), "entity": {"S": "campaign"}, "sequence": {"N": "3"}}
    assert [event["detail_type"] for event in outbox()] == [
        "CampaignStarted.v1",
        "TurnResolved.v1",
        "CampaignErased.v1",
    ]
    assert outbox()[-1]["detail"]["data"] == {"turn": 1}
    assert CAT_NAME not in json.dumps(outbox())


def test_an_erasure_is_one_fact_however_often_it_is_asked_for(store: CampaignEraser, outbox: Outbox) -> None:
    answers = [erase(REQUEST, store, NOON) for _ in range(3)]

    assert [each["detail_type"] for each in outbox()].count("CampaignErased.v1") == 1
    assert answers[0] == answers[1] == answers[2]


def test_it_is_erased_bit_by_bit_and_says_so(
    store: CampaignEraser, dynamodb: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "MOST_ITEMS", 2)
    for number in (1, 2):
        persist_turn(persist_request(WAGES, turn=number, base_version=number), store, NOON)

    answers: list[CampaignErased] = [erase(REQUEST, store, NOON)]
    while answers[-1].more:
        answers.append(erase(REQUEST, store, NOON))

    assert len(answers) > 2
    assert len(list_kept(dynamodb)) == 1
    assert not any(each.about for each in answers[:-1])


def test_it_says_what_its_facts_are_about_so_that_others_find_them(store: CampaignEraser) -> None:
    told = WAGES.model_copy(update={"facts": ("You are paid.",)})
    persist_turn(persist_request(told), store, NOON)
    place = store.read(campaign_id()).state.place.id

    assert erase(REQUEST, store, NOON).about == erase(REQUEST, store, NOON).about == (place,)


def test_nothing_can_be_played_begun_or_seen_where_a_campaign_was_erased(store: CampaignEraser, dynamodb: Any) -> None:
    erase(REQUEST, store, NOON)

    with pytest.raises(CampaignMissing):
        open_turn(OpenTurn.model_validate(open_request().model_dump()), store)
    with pytest.raises(CampaignMissing):
        persist_turn(persist_request(WAGES), store, NOON)
    with pytest.raises(Transient):
        create(create_request(), store, seed=lambda: SEED, now=NOON)
    assert void_turn(void_request(), store).committed is None
    assert CAT_NAME not in json.dumps(list_kept(dynamodb))


def test_a_turn_that_was_being_committed_is_whole_or_not_at_all(store: CampaignEraser, dynamodb: Any) -> None:
    base = store.read(campaign_id())
    persist_turn(persist_request(WAGES), store, NOON)
    late = CampaignEraser(dynamodb, CAMPAIGNS)
    late.read = lambda campaign_id: base  # type: ignore[method-assign]

    with pytest.raises(Transient):
        erase(REQUEST, late, NOON)
    assert store.read(campaign_id()).state.turn == 1
    erase(REQUEST, store, NOON)
    with pytest.raises(CampaignMissing):
        persist_turn(persist_request(WAGES), late_reader(store, base), NOON)


def late_reader(store: CampaignEraser, base: Any) -> Any:
    """The campaigns as a turn sees them that read this one before it was erased, and looks again afterwards."""
    seen = [base]
    real = store.read

    class Late(CampaignEraser):
        def read(self, campaign_id: str) -> Any:
            return seen.pop() if seen else real(campaign_id)

    return Late(store._dynamodb, CAMPAIGNS)


def test_a_campaign_that_is_not_there_is_none_to_complain_of(store: CampaignEraser, outbox: Outbox) -> None:
    nobody = EraseCampaign(envelope=envelope("erase", turn=None, campaign=7))

    assert erase(nobody, store, NOON) == CampaignErased(envelope=nobody.envelope)
    assert len(outbox()) == 1


def test_in_whatever_order_its_events_come_a_row_of_it_is_the_same_and_nobodys(
    store: CampaignEraser, outbox: Outbox
) -> None:
    persist_turn(persist_request(WAGES), store, NOON)
    erase(REQUEST, store, NOON)
    events = [read_event(each["detail_type"], each["detail"]) for each in outbox()]

    rows = set()
    for order in permutations(events):
        row = None
        for event in order:
            row = absorb(row, event)
        assert row is not None
        rows.add(row.model_dump_json())
        assert (row.owner, row.name, summary_of(row), row.erased) == (None, None, None, True)
    assert len(rows) == 1


def test_a_table_that_is_out_of_use_loses_the_name_too(
    store: CampaignEraser, outbox: Outbox, versions: ProjectionVersions
) -> None:
    started, *_ = (read_event(each["detail_type"], each["detail"]) for each in outbox())
    project_all([started], versions, store, lambda _: None)
    versions.replace(versions.read().swap())
    erase(REQUEST, store, NOON)
    erased = read_event(outbox()[-1]["detail_type"], outbox()[-1]["detail"])

    project_all([erased], versions, store, lambda _: None)

    assert [table.read(campaign_id())[0].name for table in versions.all()] == [None, None]  # type: ignore[union-attr]
    assert [table.read(campaign_id())[0].erased for table in versions.all()] == [True, True]  # type: ignore[union-attr]
