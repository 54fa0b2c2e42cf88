"""Both Lambda functions, from event to reply."""

from __future__ import annotations

import json
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from moto import mock_aws

from contracts.chronicle import Memory
from contracts.dm import SentenceVerdict
from contracts.errors import InvalidRequest, KeyReused, ModelRefused, ModelThrottled, ModelUnavailable
from services.dm.handlers import invoke_dungeon_master, judge_narrative, validate_and_route
from services.dm.tests.builders import call, envelope, make_reply, make_request, to_check
from services.dm.tests.test_judging import judge_request, verdict
from services.dm.wiring import judge
from stagekit import chaos, events, idempotency
from tests.support.converse_server import calls, fails, tells, tool_use

CONTEXT: Any = SimpleNamespace(
    function_name="dm",
    memory_limit_in_mb=256,
    invoked_function_arn="arn:aws:lambda:us-east-1:123456789012:function:dm",
    aws_request_id="1",
    get_remaining_time_in_millis=lambda: 5000,
)


@pytest.fixture
def cloud(monkeypatch):
    for name, value in {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "POWERTOOLS_SERVICE_NAME": "dm",
        "POWERTOOLS_METRICS_NAMESPACE": "NineLives",
        "STAGES_TABLE": "stages",
        "EVENT_BUS_NAME": "bus",
        "DM_PROVIDER": "understudy",
    }.items():
        monkeypatch.setenv(name, value)
    told: list[dict[str, Any]] = []
    bus = SimpleNamespace(put_events=lambda Entries: told.extend(Entries) or {"FailedEntryCount": 0, "Entries": [{}]})
    monkeypatch.setattr(events, "bus", lambda: bus)
    loopback_is_real = {"core": {"passthrough": {"urls": [r"http://127\.0\.0\.1.*"]}}}
    with mock_aws(config=loopback_is_real):
        boto3.client("dynamodb").create_table(
            TableName="stages",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        idempotency._claims.cache_clear()
        yield told
    idempotency._claims.cache_clear()


def event(request) -> dict[str, Any]:
    return request.model_dump(mode="json")


def test_the_understudy_answers_and_says_so_on_the_bus(cloud):
    reply = invoke_dungeon_master.handler(event(make_request("attack the rat", provider="model")), CONTEXT)

    assert reply["told_by"] == "understudy"
    assert [c["name"] for c in reply["calls"]] == ["attack"]
    (told,) = cloud
    assert told["DetailType"] == "DungeonMasterResponded.v1"
    assert json.loads(told["Detail"])["data"]["calls"] == 1
    assert "attack the rat" not in told["Detail"]


def test_a_retried_step_does_not_ask_the_model_again(cloud, model):
    model.then(tells("The rat hisses."))

    first = invoke_dungeon_master.handler(event(make_request(provider="model")), CONTEXT)
    again = invoke_dungeon_master.handler(event(make_request(provider="model")), CONTEXT)

    assert first == again
    assert first["narrative"] == "The rat hisses."
    assert len(model.requests) == 1


def test_a_reply_that_was_paid_for_stands_whatever_a_repeat_recalls(cloud, model):
    model.then(tells("The rat hisses."))
    request = make_request(provider="model")
    more = request.model_copy(update={"memories": (*request.memories, Memory(turn=1, text="You met the rat."))})

    first = invoke_dungeon_master.handler(event(request), CONTEXT)

    assert invoke_dungeon_master.handler(event(more), CONTEXT)["narrative"] == first["narrative"]
    with pytest.raises(KeyReused):
        invoke_dungeon_master.handler(event(make_request("I hide", provider="model")), CONTEXT)
    assert len(model.requests) == 1


def test_a_failed_step_keeps_nothing(cloud, model):
    model.then(fails(400, "ValidationException"), tells("The rat hisses."))

    with pytest.raises(ModelRefused):
        invoke_dungeon_master.handler(event(make_request(provider="model")), CONTEXT)

    assert invoke_dungeon_master.handler(event(make_request(provider="model")), CONTEXT)["told_by"] == "model"


def test_when_the_workflow_asks_for_the_understudy_no_model_is_asked(cloud, monkeypatch):
    monkeypatch.setenv("DM_PROVIDER", "bedrock")

    assert invoke_dungeon_master.handler(event(make_request("wait")), CONTEXT)["told_by"] == "understudy"


def test_an_unknown_provider_is_a_refusal_and_so_ends_with_the_understudy(cloud, monkeypatch):
    monkeypatch.setenv("DM_PROVIDER", "oracle")

    with pytest.raises(ModelRefused):
        invoke_dungeon_master.handler(event(make_request(provider="model")), CONTEXT)


def test_a_failed_attempt_says_so_on_the_bus_by_its_name_alone(cloud, model):
    model.then(fails(400, "ValidationException", "The player wrote something."))

    with pytest.raises(ModelRefused):
        invoke_dungeon_master.handler(event(make_request("I sing", provider="model")), CONTEXT)

    (told,) = cloud
    assert told["DetailType"] == "DungeonMasterFailed.v1"
    assert json.loads(told["Detail"])["data"] == {"asked": "model", "error": "ModelRefused"}


@pytest.mark.parametrize(
    ("wish", "failures", "error"), [("drop-model", 3, ModelUnavailable), ("throttle-model", 2, ModelThrottled)]
)
def test_where_the_operator_allows_it_a_model_breaks_as_often_as_was_wished_for(
    cloud, monkeypatch, wish, failures, error
):
    monkeypatch.setenv("CHAOS", "1")
    chaos._table.cache_clear()
    broken = event(make_request("wait", provider="model", chaos=wish))

    for _ in range(failures):
        with pytest.raises(error):
            invoke_dungeon_master.handler(broken, CONTEXT)

    assert [told["DetailType"] for told in cloud] == ["DungeonMasterFailed.v1"] * failures
    if wish == "throttle-model":
        assert invoke_dungeon_master.handler(broken, CONTEXT)["told_by"] == "understudy"
    assert invoke_dungeon_master.handler(event(make_request("wait", chaos=wish)) | _other_key(), CONTEXT)["narrative"]


def test_without_the_operators_word_nothing_breaks(cloud, monkeypatch):
    monkeypatch.delenv("CHAOS", raising=False)

    reply = invoke_dungeon_master.handler(event(make_request("wait", provider="model", chaos="drop-model")), CONTEXT)

    assert reply["told_by"] == "understudy"


def _other_key() -> dict[str, Any]:
    return {"envelope": event(envelope("dm/0/understudy/0"))}


def test_checking_routes_and_needs_no_table(monkeypatch):
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "dm")
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "NineLives")

    reply = validate_and_route.handler(event(to_check(make_reply(calls=(call("search"),)))), CONTEXT)

    assert reply["route"] == "execute"


def test_a_broken_message_is_refused(cloud):
    with pytest.raises(InvalidRequest):
        invoke_dungeon_master.handler({"envelope": {}}, CONTEXT)


def test_validation_loads_no_game_master():
    code = (
        "import sys, services.dm.handlers.validate_and_route, services.dm.wiring; services.dm.wiring.catalogue();"
        "mine = sorted(name for name in sys.modules if name.startswith('services.dm.'));"
        "strangers = ('services.dm.domain.understudy.master', 'services.dm.domain.reading',"
        "'services.dm.application', 'services.dm.adapters.');"
        "assert not [name for name in mine if name.startswith(strangers)], mine"
    )

    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": ":".join(filter(None, sys.path))})


def test_the_understudy_loads_nothing_that_only_a_model_needs():
    code = (
        "import sys; from services.dm.tests.builders import make_request; from services.dm.wiring import game_master;"
        "answer = game_master().answer; answer(make_request('attack the rat')); answer(make_request('look'));"
        "assert not {'boto3', 'botocore', 'httpx', 'urllib.request'} & set(sys.modules), sorted(sys.modules)"
    )

    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": ":".join(filter(None, sys.path))})


@pytest.fixture
def reader(cloud, model, monkeypatch):
    """A deployment in which a second reader has a say."""
    monkeypatch.setenv("DM_PROVIDER", "bedrock")
    monkeypatch.setenv("DM_JUDGE", "gate")
    monkeypatch.setenv("DM_JUDGE_MODEL", "us.amazon.nova-micro-v1:0")
    judge.cache_clear()
    yield model
    judge.cache_clear()


def gives(*verdicts: dict[str, Any]) -> Any:
    return calls(tool_use("give_verdicts", {"verdicts": list(verdicts)}))


def test_a_repeated_question_to_the_second_reader_gets_the_first_answer_and_is_paid_for_once(reader):
    reader.then(gives(verdict(1)), gives(verdict(1, "new")))

    first = judge_narrative.handler(event(judge_request()), CONTEXT)
    again = judge_narrative.handler(event(judge_request()), CONTEXT)

    assert first == again
    assert [each["verdict"] for each in first["verdicts"]] == ["colour"]
    assert len(reader.requests) == 1


def test_a_second_reader_that_fails_keeps_nothing_and_tells_the_bus_nothing(cloud, reader):
    reader.then(fails(400, "ValidationException"), gives(verdict(1)))

    with pytest.raises(ModelRefused):
        judge_narrative.handler(event(judge_request()), CONTEXT)

    assert judge_narrative.handler(event(judge_request()), CONTEXT)["verdicts"]
    assert cloud == []


def test_what_was_judged_is_logged_and_counted_without_a_word_of_the_story(reader, capsys, caplog):
    reader.then(gives(verdict(1)))
    sentence = "The unmistakable zeppelin hums."
    checked = to_check(make_reply(sentence, judge="gate"), judged=(SentenceVerdict.model_validate(verdict(1)),))
    caplog.set_level("INFO")

    judge_narrative.handler(event(judge_request(sentence)), CONTEXT)
    told = validate_and_route.handler(event(checked), CONTEXT)

    metrics = capsys.readouterr().out
    assert told["narrative"] == sentence
    assert "unmistakable" not in metrics + caplog.text
    counted = next(json.loads(line) for line in metrics.splitlines() if "SentencesAsked" in line)
    assert [counted[name] for name in ("SentencesAsked", "SentencesJudged", "SentencesKept")] == [[1.0]] * 3
    assert [(record.message, record.asked) for record in caplog.records if hasattr(record, "asked")] == [
        ("judged", 1),
        ("read again", 1),
    ]


def test_a_reply_says_how_its_story_is_judged_and_the_understudys_is_not(reader, monkeypatch):
    reader.then(tells("The rat hisses."))
    other = event(make_request("wait")) | _other_key()

    assert invoke_dungeon_master.handler(event(make_request(provider="model")), CONTEXT)["judge"] == "gate"
    assert invoke_dungeon_master.handler(other, CONTEXT)["judge"] == "off"
