"""Servers that hold a model to a JSON schema and not to a choice of tools."""

from __future__ import annotations

import json
import os

import pytest

from contracts.errors import ModelRefused
from services.dm import wiring
from services.dm.domain.prompt import compose
from services.dm.domain.small_profile import compose_small
from services.dm.tests.builders import make_request, make_round, outcome
from services.dm.tests.openai_server import chat_server, completion, function
from tests.support.converse_server import sends

ROUNDS = (make_round(outcome("search", ("You search the place and find nothing.",), arguments={})),)
BUY = json.dumps({"calls": [{"name": "buy", "arguments": {"item": "smoked-eel"}}]})
FENCED = completion(f"```json\n{BUY}\n```")
STORY = json.dumps({"beats": [{"kind": "fact", "facts": ["f1"], "text": "You find nothing at all, twice."}]})


@pytest.fixture
def server():
    with chat_server() as server:
        yield server


def master(server, format, **more):
    """A game master that stays the same from call to call, as a container's does."""
    environment = {"DM_PROVIDER": "openai", "DM_MODEL": "tiny", "DM_TIMEOUT_SECONDS": "5", "DM_FORMAT": format}
    return wiring.build_game_master(
        wiring.read_settings({**environment, "OPENAI_BASE_URL": f"{server.url}/v1", **more})
    )


def ways(server):
    """The way in which each request asked for its reply."""
    return ["json" if "response_format" in each.body else "tools" for each in server.requests]


def ask(master, **changes):
    return master.answer(make_request(provider="model", **changes))


def test_json_is_asked_for_by_a_schema_that_names_every_tool(server):
    server.then(completion(BUY))

    reply = ask(master(server, "json"))

    body = server.requests[0].body
    schema = body["response_format"]["json_schema"]["schema"]
    calls = schema["properties"]["calls"]["items"]["anyOf"]
    assert [call.name for call in reply.calls] == ["buy"]
    assert {each["properties"]["name"]["const"] for each in calls} == {
        *(tool.name for tool in wiring.catalogue().tools),
        "tell_story",
    }
    assert "tools" not in body and "tool_choice" not in body
    assert all(f"- {each['properties']['name']['const']}(" in body["messages"][0]["content"] for each in calls)


def test_where_only_the_story_will_do_its_arguments_are_the_schema(server):
    server.then(completion(STORY))

    reply = ask(master(server, "json"), rounds=ROUNDS, tools_allowed=False)

    schema = server.requests[0].body["response_format"]["json_schema"]["schema"]
    assert "beats" in schema["properties"]
    assert [beat.text for beat in reply.beats] == ["You find nothing at all, twice."]


def test_what_was_called_and_came_of_it_is_told_as_answers_of_that_kind(server):
    server.then(completion(STORY))
    ask(master(server, "json"), rounds=ROUNDS)

    messages = server.requests[0].body["messages"]
    assert [message["role"] for message in messages] == ["system", "user", "assistant", "user"]
    assert json.loads(messages[2]["content"]) == {"calls": [{"name": "search", "arguments": {}}]}
    assert "f1: You search the place" in messages[3]["content"]


def test_auto_goes_over_to_json_when_a_model_called_no_tool_and_keeps_what_it_said(server):
    server.then(FENCED, completion(BUY), completion(BUY))
    auto = master(server, "auto")

    replies = [ask(auto) for _ in range(3)]

    assert ways(server) == ["tools", "json", "json"]
    assert [[call.name for call in reply.calls] for reply in replies] == [["buy"]] * 3


def test_auto_stays_with_tools_as_long_as_they_are_called(server):
    server.then(*[completion(None, function("search", {}), finish="tool_calls")] * 2)
    auto = master(server, "auto")

    assert [[call.name for call in ask(auto).calls] for _ in range(2)] == [["search"]] * 2
    assert ways(server) == ["tools", "tools"]


@pytest.mark.parametrize("status", [400, 422])
def test_a_server_that_refuses_json_is_asked_for_tools_again_and_for_good(server, status):
    server.then(FENCED, sends(b"{}", status=status), FENCED, FENCED)
    auto = master(server, "auto")

    assert all(ask(auto).calls for _ in range(3))
    assert ways(server) == ["tools", "json", "tools", "tools"]


def test_who_wants_json_and_nothing_else_hears_that_it_is_refused(server):
    server.then(sends(b"{}", status=400))

    with pytest.raises(ModelRefused):
        ask(master(server, "json"))


def test_another_refusal_is_no_reason_to_ask_in_another_way(server):
    server.then(FENCED, sends(b"{}", status=401))
    auto = master(server, "auto")
    ask(auto)

    with pytest.raises(ModelRefused):
        ask(auto)
    assert ways(server) == ["tools", "json"]


def test_a_story_in_json_is_heard_as_its_tool_while_it_comes(server):
    server.then(completion(STORY))
    heard = []
    settings = wiring.read_settings(
        {**os.environ, "DM_PROVIDER": "openai", "DM_FORMAT": "json", "OPENAI_BASE_URL": f"{server.url}/v1"}
    )
    prompt = compose(make_request(provider="model", tools_allowed=False), wiring.catalogue())

    wiring.open_model(settings).complete(prompt, "tiny", heard.append)

    assert {piece.tool for piece in heard} == {"tell_story"}
    assert "".join(piece.text for piece in heard) == STORY


def test_a_small_model_is_offered_what_is_here_and_may_write_less(server):
    server.then(completion(BUY), completion(BUY))

    ask(master(server, "json", DM_PROFILE="small"))
    ask(master(server, "json"))

    small, full = (each.body for each in server.requests)
    offered = json.dumps(small["response_format"])
    assert '"smoked-eel"' in offered and '"defend"' not in offered
    assert small["max_tokens"] < full["max_tokens"]
    assert len(json.dumps(small["messages"])) < len(json.dumps(full["messages"]))


def test_a_small_model_that_was_asked_for_the_story_is_not_heard_on_further_intents(server):
    server.then(completion(BUY), completion(f"{BUY}\n{STORY}"))
    small = master(server, "tools", DM_PROFILE="small")

    assert ask(small).calls
    told = ask(small, rounds=ROUNDS)
    assert (told.calls, told.narrative) == ((), "You find nothing at all, twice.")


@pytest.mark.parametrize(("name", "value"), [("DM_FORMAT", "xml"), ("DM_PROFILE", "tiny")])
def test_a_setting_there_is_not_is_refused(name, value):
    with pytest.raises(ModelRefused, match=name):
        wiring.read_settings({name: value})


def test_every_schema_that_a_server_is_sent_is_a_valid_one_and_takes_what_it_is_for():
    from jsonschema_rs import Draft202012Validator, meta

    from services.dm.adapters.json_dialect import response_format

    for composer in (compose, compose_small):
        for request in (make_request(), make_request(rounds=ROUNDS, tools_allowed=False)):
            schema = response_format(composer(request, wiring.catalogue()))["json_schema"]["schema"]
            meta.validate(schema)
    Draft202012Validator(
        response_format(compose(make_request(), wiring.catalogue()))["json_schema"]["schema"]
    ).validate(json.loads(BUY))
