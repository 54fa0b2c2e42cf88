"""Content, typed or told, is declined by its level, and nothing comes of it."""

from __future__ import annotations

import pytest

from contracts.dm import GroundingReport
from contracts.state import ContentLevel
from services.dm.domain.safety.levels import hold_to
from services.dm.domain.validate import validate_and_route
from services.dm.tests.builders import make_reply, make_request, scene, to_check
from services.dm.tests.conftest import answer
from services.dm.wiring import build_game_master, catalogue, read_settings
from tests.support.converse_server import beat, converse, tells_beats


@pytest.mark.parametrize("provider", ["model", "understudy"])
def test_what_is_declined_asks_no_model_and_changes_nothing(model, provider) -> None:
    request = make_request("I want to kill myself", provider=provider, report=GroundingReport())
    master = build_game_master(read_settings({"DM_PROVIDER": "bedrock", "DM_MODEL": "m"}))

    reply = master.check(request, master.answer(request))

    assert not model.requests
    assert (reply.calls, reply.declined, reply.usage.calls) == ((), "self-harm", 0)
    assert reply.routed and reply.routed.route == "respond"
    assert "findahelpline.com" in (reply.routed.narrative or "") and not reply.routed.suggested_actions
    assert "declined:self-harm" in reply.routed.report.checked


def test_the_help_that_is_named_is_the_operators() -> None:
    master = build_game_master(read_settings({"CONTENT_HELP": "Call the Night Line."}))

    assert "Call the Night Line." in (master.answer(make_request("I want to kill myself")).narrative or "")


@pytest.mark.parametrize(
    ("campaign", "ceiling", "held"),
    [
        (None, "teen", "teen"),
        (None, "mature", "teen"),
        (None, "family", "family"),
        ("mature", "teen", "teen"),
        ("mature", "mature", "mature"),
        ("family", "mature", "family"),
    ],
)
def test_a_campaign_may_be_stricter_than_its_deployment_and_never_looser(
    campaign: ContentLevel | None, ceiling: ContentLevel, held: ContentLevel
) -> None:
    assert hold_to(scene(content=campaign), ceiling).state.content == held


def test_a_story_is_told_without_the_sentence_that_is_not_for_its_level() -> None:
    gore = "The lamps hum over the entrails and the gore."
    told = {
        level: validate_and_route(to_check(make_reply(gore), scene=scene(content=level)), catalogue())
        for level in ("family", "mature")
    }

    assert "content" in [found.code for found in told["family"].report.findings]
    assert "content" not in [found.code for found in told["mature"].report.findings]
    assert "gore" not in (told["family"].narrative or "")


def test_the_prompt_says_the_level_in_one_line(model) -> None:
    model.then(tells_beats(beat("Rain falls.")))
    answer(make_request("I look around", provider="model", scene=scene(content="family")))

    assert "Told to families" in str(model.requests[0].body["messages"])


def intervene(**trace: object):
    behaviour = converse({"text": "Sorry, that is no part of the story."}, stop="guardrail_intervened")

    def answer_blocked(request):
        import json
        from dataclasses import replace

        whole = behaviour(request)
        body = json.loads(whole.body)
        return replace(whole, body=json.dumps({**body, "trace": {"guardrail": trace}}).encode())

    return answer_blocked


SEXUAL = {"contentPolicy": {"filters": [{"type": "SEXUAL", "confidence": "HIGH", "action": "BLOCKED"}]}}
UNITS = {"invocationMetrics": {"usage": {"contentPolicyUnits": 1, "topicPolicyUnits": 1}}}


@pytest.fixture
def guarded(model, monkeypatch):
    monkeypatch.setenv("DM_GUARDRAIL", "abc123:4")
    return model


def test_a_guardrail_is_named_and_given_the_players_words_alone(guarded) -> None:
    guarded.then(tells_beats(beat("Rain falls.")))
    answer(make_request("I look around", provider="model"))

    [sent] = guarded.requests
    blocks = [block for message in sent.body["messages"] for block in message["content"] if "guardContent" in block]
    assert sent.body["guardrailConfig"] == {
        "guardrailIdentifier": "abc123",
        "guardrailVersion": "4",
        "trace": "enabled",
    }
    assert len(blocks) == 1
    assert "| I look around" in blocks[0]["guardContent"]["text"]["text"]
    assert "CHARACTER" not in blocks[0]["guardContent"]["text"]["text"]


def test_what_a_guardrail_blocks_of_a_players_words_is_declined_and_paid_for(guarded) -> None:
    guarded.then(intervene(inputAssessment={"abc123": {**SEXUAL, **UNITS}}))

    reply = answer(make_request("I look around", provider="model"))

    assert (reply.told_by, reply.declined, reply.calls) == ("understudy", "sexual", ())
    assert reply.usage.micro_dollars >= 300


def test_the_same_in_a_stream(guarded) -> None:
    from services.dm.adapters.bedrock import Bedrock
    from services.dm.adapters.guardrail import Guardrail
    from services.dm.domain.prompt import compose
    from services.dm.domain.safety.declining import ActionDeclined
    from services.dm.wiring import bedrock_client

    guarded.then(intervene(inputAssessment={"abc123": SEXUAL}))
    service = Bedrock(bedrock_client(5.0), seconds=5.0, strict=False, guardrail=Guardrail("abc123", "4"))

    with pytest.raises(ActionDeclined) as declined:
        service.complete(compose(make_request(provider="model"), catalogue()), "m", lambda piece: None)

    assert declined.value.category == "sexual"
    assert guarded.requests[0].body["guardrailConfig"]["streamProcessingMode"] == "sync"
