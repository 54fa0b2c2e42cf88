"""Both Lambda functions, from event to reply, with the table and the bus they use."""

import json

import boto3
import pytest
from moto import mock_aws

from contracts.state import Budget
from services.tools.tests.pack import canon_at
from services.tools.tests.rules_driver import SEED, cat, fight, intend, scene

DONE = Budget(acted=True)
"""After a deed: the world answers nothing else."""

TURN = "t_" + "b" * 26


class Context:
    function_name = "tools"
    memory_limit_in_mb = 128
    invoked_function_arn = "arn:aws:lambda:us-east-1:000000000000:function:tools"
    aws_request_id = "request-1"

    def get_remaining_time_in_millis(self):
        return 6000


@pytest.fixture
def cloud(monkeypatch):
    for name, value in {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "STAGES_TABLE": "tools-stages",
        "EVENT_BUS_NAME": "ninelives",
        "POWERTOOLS_SERVICE_NAME": "tools",
        "POWERTOOLS_METRICS_NAMESPACE": "NineLives",
    }.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        boto3.client("dynamodb").create_table(
            TableName="tools-stages",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        boto3.client("events").create_event_bus(Name="ninelives")
        _forget_clients()
        yield
        _forget_clients()


def _forget_clients():
    """Clients and tables are kept per container, and every test is a new one."""
    from stagekit import events, idempotency

    for cached in (events.bus, idempotency._claims):
        cached.cache_clear()


def request(key, at, **more):
    return {
        "envelope": {
            "idempotency_key": key,
            "correlation_id": TURN,
            "campaign_id": "c_" + "a" * 26,
            "turn_id": TURN,
        },
        "scene": at.model_dump(mode="json"),
        "canon": canon_at(at.state.place.id).model_dump(mode="json"),
        "seed": SEED,
        **more,
    }


def test_a_call_comes_back_as_an_outcome_under_its_key(cloud):
    from services.tools.handlers.execute_tool import handler

    call = {"call_id": "c1", "name": "take", "arguments": {"find": "coins"}}
    reply = handler(request(f"{TURN}/0/1", scene(), call=call), Context())

    assert reply["envelope"]["idempotency_key"] == reply["outcome"]["key"] == f"{TURN}/0/1"
    assert [effect["kind"] for effect in reply["outcome"]["effects"]] == ["find-taken", "credits-gained"]


def test_a_call_delivered_twice_is_answered_the_same(cloud):
    from services.tools.handlers.execute_tool import handler

    call = {"call_id": "c1", "name": "attack", "arguments": {"target": "pier-gulls"}}
    first, second = (handler(request(f"{TURN}/0/0", scene(), call=call), Context()) for _ in range(2))

    assert json.dumps(first, sort_keys=True) == json.dumps(second, sort_keys=True)
    assert boto3.client("dynamodb").scan(TableName="tools-stages")["Count"] == 1


def test_a_model_that_talks_nonsense_gets_a_refusal_and_no_error(cloud):
    from services.tools.handlers.execute_tool import handler

    call = {"call_id": "c1", "name": "grant_gold", "arguments": {"amount": 1_000_000}}
    reply = handler(request(f"{TURN}/0/0", scene(), call=call), Context())

    assert (reply["outcome"]["verdict"], reply["outcome"]["refusal"]["code"]) == ("refused", "unknown-tool")


def test_the_world_answers_with_outcomes_under_its_own_key(cloud):
    from services.tools.handlers.play_world import handler

    at = scene(encounter=fight(7), character=cat(hp=18), budget=DONE)
    reply = handler(request(f"{TURN}/world/0", at), Context())

    assert [outcome["key"] for outcome in reply["outcomes"]] == [f"{TURN}/world/0/0", f"{TURN}/world/0/1"]


@pytest.mark.parametrize(
    ("name", "given_", "tool"),
    [
        ("persuade", {"npc": "mate", "approach": "my real name is Ada"}, "persuade"),
        ("my_name_is_ada", {}, "unknown"),
    ],
)
def test_the_bus_hears_figures_and_none_of_the_words(name, given_, tool):
    from services.tools.domain.progress import progress

    told = progress(intend(name, **given_), cat().name)

    assert (told.tool, told.rolls) == (tool, 1 if tool == "persuade" else 0)
    assert "ada" not in told.model_dump_json().lower()


def test_the_bus_hears_the_dice_as_they_fell_and_not_what_the_cat_is_called():
    from services.tools.domain.progress import progress

    outcome = intend("persuade", npc="mate", approach="please")
    named = outcome.rolls[0].model_copy(update={"roller": "Ada"})

    told = progress(outcome.model_copy(update={"rolls": (named,)}), "Ada")

    assert [(roll.faces, roll.total, roll.roller) for roll in told.thrown] == [(named.faces, named.total, "character")]


def test_the_bus_hears_how_the_world_answered_and_not_what_the_cat_is_called():
    from services.tools.domain.progress import world_progress
    from services.tools.domain.world import play

    at = scene(encounter=fight(7), character=cat(hp=18), budget=DONE)
    told = world_progress(play(f"{TURN}/world/0", at, canon_at(at.state.place.id), SEED), at.state.character.name)

    assert told.acts[0] == "enemy-turn"
    assert told.thrown
    assert at.state.character.name not in told.model_dump_json()


def test_a_world_that_keeps_still_is_no_news(cloud, monkeypatch):
    from services.tools.handlers import play_world

    heard = []
    monkeypatch.setattr("stagekit.events.announce", lambda told, envelope: heard.append(told))

    play_world.handler(request(f"{TURN}/world/0", scene(budget=DONE)), Context())
    play_world.handler(request(f"{TURN}/world/1", scene(encounter=fight(7), character=cat(hp=18))), Context())
    assert heard == []
    at = scene(encounter=fight(7), character=cat(hp=18), budget=DONE)
    play_world.handler(request(f"{TURN}/world/2", at), Context())
    assert len(heard) == 1


class Died(BaseException):
    """Stands in for a process that is no more."""


@pytest.fixture
def deadly(cloud, monkeypatch):
    from stagekit import chaos

    def die():
        raise Died

    monkeypatch.setattr(chaos, "die", die)
    monkeypatch.setenv("CHAOS", "1")
    chaos._table.cache_clear()


def kill_request(at):
    return request(f"{TURN}/0/0", at, call={"call_id": "m0", "name": "rest", "arguments": {}}, chaos="kill-tool")


def test_a_killed_tool_answers_the_very_next_attempt_as_if_nothing_had_been(deadly):
    from services.tools.handlers.execute_tool import handler

    with pytest.raises(Died):
        handler(kill_request(scene()), Context())
    first, second = (handler(kill_request(scene()), Context()) for _ in range(2))

    assert first == second
    assert first["outcome"]["key"] == f"{TURN}/0/0"
