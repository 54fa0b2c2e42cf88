"""The two functions of the service, called as the workflow and the gateway call them."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.errors import InvalidRequest
from contracts.lore import LoreRetrieved, WorldDescribed
from services.lore.domain.pack import Pack
from services.lore.domain.retrieval import progress, retrieve
from services.lore.handlers import describe_world, retrieve_lore
from services.lore.tests.builders import asking, campaign
from services.lore.wiring import world


@pytest.fixture(autouse=True)
def deployed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "lore")
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "NineLives")
    monkeypatch.setenv("ENVIRONMENT", "test")
    monkeypatch.delenv("WORLD", raising=False)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The types of the events that the stage put on the bus."""
    announced: list[Any] = []
    monkeypatch.setattr(
        "stagekit.events.announce", lambda what, envelope: announced.append(what.event_type.detail_type)
    )
    return announced


def test_retrieval_answers_with_its_envelope_and_tells_the_bus(told: list[Any], nekopolis: Pack) -> None:
    request = asking(campaign(nekopolis), "I ask Ferrule about breakfast")

    reply = LoreRetrieved.model_validate(retrieve_lore.handler(request.model_dump(mode="json"), None))

    assert reply.envelope == request.envelope
    assert reply.briefing.place.id == nekopolis.manifest.start
    assert reply.passages
    assert told == ["LoreRetrieved.v1"]


def test_the_same_question_gets_the_same_answer_byte_for_byte(told: list[Any], nekopolis: Pack) -> None:
    request = asking(campaign(nekopolis, "static-row"), "wisps").model_dump(mode="json")

    assert retrieve_lore.handler(request, None) == retrieve_lore.handler(request, None)


def test_progress_counts_what_was_found_and_carries_no_word_of_the_player(nekopolis: Pack) -> None:
    request = asking(campaign(nekopolis), "the eel, the eel, my grandmother's eel")
    data = progress(nekopolis, request, retrieve(nekopolis, request))

    assert data.place == "lost-property"
    assert data.passages > 0
    assert data.candidates > 0
    assert "grandmother" not in data.model_dump_json()


def test_a_campaign_of_another_world_is_refused_by_name(told: list[Any], tiny: Pack) -> None:
    with pytest.raises(InvalidRequest, match="teacup"):
        retrieve_lore.handler(asking(campaign(tiny)).model_dump(mode="json"), None)


def test_a_place_that_no_longer_exists_is_refused_by_name(nekopolis: Pack) -> None:
    state = campaign(nekopolis)
    lost = state.model_copy(update={"place": state.place.model_copy(update={"id": "atlantis"})})

    with pytest.raises(InvalidRequest, match="atlantis"):
        retrieve(nekopolis, asking(lost))


def test_a_world_can_be_described_without_an_envelope(nekopolis: Pack) -> None:
    described = WorldDescribed.model_validate(describe_world.handler({}, None))

    assert described.manifest == nekopolis.manifest
    assert described.start.id == nekopolis.manifest.start
    assert {i.id for i in described.items} == {i for c in nekopolis.classes for i in c.items}


def test_the_description_keeps_the_places_that_nobody_has_heard_of(nekopolis: Pack) -> None:
    described = WorldDescribed.model_validate(describe_world.handler({}, None))

    assert "The Crawl" not in {p.name for p in described.places}
    assert len(described.places) == len(nekopolis.places) - 1


def test_another_world_than_the_deployed_one_is_refused() -> None:
    with pytest.raises(InvalidRequest):
        describe_world.handler({"world": "teacup"}, None)


def test_the_pack_is_read_once_per_container() -> None:
    assert world() is world()


def test_an_envelope_is_required_for_a_retrieval(nekopolis: Pack) -> None:
    payload = asking(campaign(nekopolis)).model_dump(mode="json")
    del payload["envelope"]

    with pytest.raises(InvalidRequest):
        retrieve_lore.handler(payload, None)
