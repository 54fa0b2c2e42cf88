"""The functions as the workflow calls them: JSON in, JSON out."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from contracts import errors
from contracts.campaign import ForkCampaign, ListCampaigns, ListDice, SettleEffects, ViewCampaign
from contracts.effects import CampaignEnded, CreditsGained
from contracts.envelope import Ancestor
from services.campaign import wiring
from services.campaign.domain.start import commitment
from services.campaign.handlers import (
    create,
    dice,
    fork,
    list_campaigns,
    open_turn,
    persist_campaign,
    project,
    settle_effects,
    view,
    void_turn,
)
from services.campaign.tests.builders import (
    CAT_NAME,
    OWNER,
    a_scene,
    campaign_id,
    create_request,
    envelope,
    open_request,
    outcome,
    persist_request,
    turn_id,
    void_request,
)
from services.campaign.tests.conftest import CAMPAIGNS, LINES, SIDE

CONTEXT = SimpleNamespace(
    function_name="fn",
    memory_limit_in_mb=128,
    invoked_function_arn="arn:aws:lambda:us-east-1:000000000000:function:fn",
    aws_request_id="r",
    get_remaining_time_in_millis=lambda: 6000,
)
WAGES = outcome(CreditsGained(amount=5, source="job"))


@pytest.fixture(autouse=True)
def deployed(dynamodb: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The service's environment, with its stages table, as its stack makes it."""
    dynamodb.create_table(
        TableName="stages",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    for name, value in {
        "AWS_DEFAULT_REGION": "us-east-1",
        "ENVIRONMENT": "test",
        "POWERTOOLS_SERVICE_NAME": "campaign",
        "POWERTOOLS_METRICS_NAMESPACE": "NineLives",
        "STAGES_TABLE": "stages",
        "CAMPAIGN_TABLE": CAMPAIGNS,
        "PROJECTION_TABLE": LINES,
        "PROJECTION_SIDE_TABLE": SIDE,
    }.items():
        monkeypatch.setenv(name, value)
    wiring.dynamodb.cache_clear()
    yield
    wiring.dynamodb.cache_clear()


def call(function: Any, request: Any) -> Any:
    return json.loads(json.dumps(function.handler(request.model_dump(mode="json"), CONTEXT)))


def test_a_turn_goes_through_all_functions(outbox: Any) -> None:
    created = call(create, create_request())
    opened = call(open_turn, open_request())
    settled = call(
        settle_effects,
        SettleEffects.model_validate({"envelope": envelope("settle/0"), "scene": opened["scene"], "outcomes": [WAGES]}),
    )
    committed = call(persist_campaign, persist_request(WAGES, base_version=opened["base_version"]))
    voided = call(void_turn, void_request())
    viewed = call(view, ViewCampaign(envelope=envelope("view", turn=None)))
    records = [{"messageId": str(n), "body": as_delivered(event)} for n, event in enumerate(outbox())]
    failures = project.handler({"Records": [sqs(record) for record in reversed(records)]}, CONTEXT)
    listed = call(list_campaigns, ListCampaigns(owner=OWNER))
    thrown = call(dice, ListDice(envelope=envelope("dice", turn=None)))

    assert created["sheet"]["state"]["character"]["credits"] == 40
    assert settled["scene"]["state"]["character"]["credits"] == 45
    assert committed["sheet"]["state"]["character"] == settled["scene"]["state"]["character"]
    assert voided["committed"] == committed
    assert viewed["sheet"] == committed["sheet"]
    assert failures == {"batchItemFailures": []}
    assert [(one["name"], one["turn"]) for one in listed["items"]] == [(CAT_NAME, 1)]
    assert [(turn["number"], turn["turn_id"]) for turn in thrown["turns"]] == [(1, turn_id())]


def test_a_fork_is_started_once_with_a_seed_that_nobody_has_seen(outbox: Any) -> None:
    call(create, create_request())
    call(persist_campaign, persist_request(WAGES))
    origin = Ancestor(campaign_id=campaign_id(), turn=1)
    request = ForkCampaign(envelope=envelope("fork", turn=None, campaign=2), owner=OWNER, origin=origin)

    first, second = call(fork, request), call(fork, request)

    assert first == second
    assert first["lineage"] == [{"campaign_id": campaign_id(), "turn": 1}]
    parents, forks = (outbox()[0]["detail"]["data"], outbox()[1]["detail"]["data"])
    assert parents["seed_commitment"] != forks["seed_commitment"]


def as_delivered(event: dict[str, Any]) -> str:
    return json.dumps(
        {
            "id": "1",
            "source": event["source"],
            "detail-type": event["detail_type"],
            "time": "",
            "detail": event["detail"],
        }
    )


def sqs(record: dict[str, Any]) -> dict[str, Any]:
    return {**record, "receiptHandle": "", "attributes": {}, "messageAttributes": {}, "eventSource": "aws:sqs"}


def test_a_turn_opened_twice_is_the_same_working_copy() -> None:
    call(create, create_request())

    assert call(open_turn, open_request()) == call(open_turn, open_request())


def test_a_turn_that_is_committed_is_not_opened_again() -> None:
    call(create, create_request())
    call(open_turn, open_request())
    call(persist_campaign, persist_request(WAGES))

    with pytest.raises(errors.TurnSuperseded):
        call(open_turn, open_request())


def test_settling_writes_nothing(dynamodb: Any) -> None:
    call(settle_effects, SettleEffects(envelope=envelope("settle/0"), scene=a_scene(), outcomes=(WAGES,)))

    assert dynamodb.scan(TableName=CAMPAIGNS)["Count"] == 0


def test_a_message_that_breaks_the_contract_is_named_so() -> None:
    with pytest.raises(errors.InvalidRequest):
        open_turn.handler({"envelope": {"campaign_id": campaign_id()}}, CONTEXT)
    with pytest.raises(errors.InvalidRequest):
        persist_campaign.handler({**persist_request().model_dump(mode="json"), "base_version": 0}, CONTEXT)


def test_a_campaign_that_is_not_there_is_missing_by_name() -> None:
    with pytest.raises(errors.CampaignMissing):
        open_turn.handler(open_request().model_dump(mode="json"), CONTEXT)


def test_the_log_of_a_turn_holds_neither_seed_nor_story(capsys: pytest.CaptureFixture[str]) -> None:
    call(create, create_request())
    opened = call(open_turn, open_request())
    call(persist_campaign, persist_request(WAGES, action="secret words"))

    printed = capsys.readouterr()
    assert turn_id() in printed.out or "Duration" in printed.out
    for private in (opened["seed"], "secret words", CAT_NAME):
        assert private not in printed.out + printed.err


def test_the_seed_that_is_told_at_the_end_is_not_told_to_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    call(create, create_request())
    call(persist_campaign, persist_request(outcome(CampaignEnded(ending="home"))))

    told = call(dice, ListDice(envelope=envelope("dice", turn=None)))

    printed = capsys.readouterr()
    assert commitment(bytes.fromhex(told["seed"])) == told["commitment"]
    assert told["seed"] not in printed.out + printed.err
