"""The same game master over any endpoint that speaks OpenAI's chat completions."""

from __future__ import annotations

import json
import os

import pytest

from contracts.errors import ModelRefused, ModelThrottled, ModelUnavailable
from services.dm import wiring
from services.dm.domain.prompt import PROMPT_VERSION, compose
from services.dm.domain.replies import assemble_reply
from services.dm.tests.builders import make_request, make_round, outcome
from services.dm.tests.conftest import answer
from services.dm.tests.openai_server import chat_server, completion, function, stream_reply, whole
from tests.support.converse_server import breaks_off, hangs_up, never_answers, sends


@pytest.fixture
def model(monkeypatch):
    with chat_server() as server:
        monkeypatch.setenv("DM_PROVIDER", "openai")
        monkeypatch.setenv("DM_MODEL", "tiny-local")
        monkeypatch.setenv("DM_TIMEOUT_SECONDS", "5")
        monkeypatch.setenv("OPENAI_BASE_URL", f"{server.url}/v1/")
        monkeypatch.delenv("OPENAI_API_KEY", raising=False)
        yield server


def reply_to(model, behaviour, **changes):
    model.then(behaviour)
    return answer(make_request(provider="model", **changes))


def test_a_story_comes_back_with_its_suggestions(model):
    story = function("tell_story", {"narrative": "The rat hisses.", "suggested_actions": ["Flee"]})

    reply = reply_to(model, completion(None, story, finish="tool_calls"))

    assert (reply.narrative, reply.suggested_actions, reply.stop) == ("The rat hisses.", ("Flee",), "complete")


def test_calls_are_intents_in_order(model):
    reply = reply_to(model, completion(None, function("search", {}), function("attack", {"target": "rats"})))

    assert [c.name for c in reply.calls] == ["search", "attack"]
    assert reply.stop == "tools"


def test_plain_text_is_taken_for_the_story(model):
    assert reply_to(model, completion("Rain.")).narrative == "Rain."


def test_cached_tokens_are_counted_apart_and_an_unpriced_model_costs_nothing(model, caplog):
    usage = reply_to(model, completion("Rain.")).usage

    assert (usage.input_tokens, usage.cache_read_tokens, usage.output_tokens) == (20, 100, 30)
    assert usage.micro_dollars == 0
    assert "no price for model tiny-local" in caplog.text


@pytest.mark.parametrize(
    "behaviour",
    [
        completion(None),
        completion(None, function("attack", '{"target": ')),
        completion(None, function("attack", "[1]")),
        completion(None, function("attack", '{"target": NaN}')),
        completion(None, function("", {})),
        sends(b"not json"),
        sends(b'{"choices": []}'),
        sends(b'{"choices": "none"}'),
        sends(b'{"choices": [{"message": {"tool_calls": [7, {"function": null}]}}]}'),
        sends(b"[" * 100_000),
    ],
)
def test_what_cannot_be_read_is_a_malformed_reply(model, behaviour):
    assert reply_to(model, behaviour).stop == "malformed"


def test_a_story_cut_off_says_so(model):
    assert reply_to(model, completion("The rat his", finish="length")).stop == "length"


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (sends(b"{}", status=429), ModelThrottled),
        (sends(b"{}", status=500), ModelUnavailable),
        (sends(b"{}", status=503), ModelUnavailable),
        (hangs_up(), ModelUnavailable),
        (breaks_off(), ModelUnavailable),
        (sends(b"{}", status=400), ModelRefused),
        (sends(b"{}", status=401), ModelRefused),
        (sends(b"{}", status=404), ModelRefused),
        (completion("", finish="content_filter"), ModelRefused),
        (completion(None, refusal="I would rather not."), ModelRefused),
    ],
)
def test_trouble_goes_by_the_name_the_workflow_knows(model, behaviour, error):
    with pytest.raises(error):
        reply_to(model, behaviour)

    assert len(model.requests) == 1


def test_a_model_that_does_not_answer_in_time_is_unavailable(model, monkeypatch):
    monkeypatch.setenv("DM_TIMEOUT_SECONDS", "0.2")

    with pytest.raises(ModelUnavailable):
        reply_to(model, never_answers())


def test_only_http_is_spoken(model, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "file:///etc")

    with pytest.raises(ModelRefused):
        answer(make_request(provider="model"))


def test_the_conversation_is_in_the_dialect_of_the_endpoint(model):
    rounds = (make_round(outcome("attack", ("You miss.",)), outcome("enemy_turn", ("It bites.",), key="t/world/0/0")),)
    answer(make_request(provider="model", rounds=rounds, tools_allowed=False))

    sent = model.requests[0]
    assert sent.path == "/v1/chat/completions"
    assert [message["role"] for message in sent.body["messages"]] == ["system", "user", "assistant", "tool", "user"]
    assert sent.body["messages"][3]["tool_call_id"] == sent.body["messages"][2]["tool_calls"][0]["id"]
    assert sent.body["tool_choice"]["function"]["name"] == "tell_story"


STORY = function("tell_story", {"narrative": "The rat’s tail 🐀 twitches. It hisses.", "suggested_actions": ["Flee"]})


def streamed_reply(model, behaviour):
    model.then(behaviour)
    heard = []
    request = make_request(provider="model")
    got = wiring.open_model(wiring.read_settings(os.environ)).complete(
        compose(request, wiring.catalogue()), "tiny-local", heard.append
    )
    usage = got.usage.model_copy(update={"prompt": PROMPT_VERSION})
    return assemble_reply(request, got.texts, got.uses, cut=got.cut, usage=usage), heard


@pytest.mark.parametrize(
    "behaviour",
    [
        completion(None, STORY, finish="tool_calls"),
        completion(None, function("search", {}), function("attack", {"target": "rats"}), finish="tool_calls"),
        completion("Let me see.", function("search", {}), finish="tool_calls"),
        completion("Rain falls."),
        completion("The rat his", finish="length"),
        completion(None),
        completion(None, function("attack", '{"target": ')),
        completion(None, function("", {})),
        whole(None, STORY, finish="tool_calls"),
        sends(b"not json"),
        sends(b'{"choices": []}'),
    ],
)
def test_a_streamed_reply_is_the_reply(model, behaviour):
    reply, _ = streamed_reply(model, behaviour)

    assert reply == reply_to(model, behaviour)
    assert model.requests[0].body.pop("stream_options") == {"include_usage": True}
    assert model.requests[0].body.pop("stream")
    assert model.requests[0].body == model.requests[1].body


def test_all_of_a_call_is_heard_while_it_comes(model):
    _, heard = streamed_reply(model, completion(None, STORY))

    assert len(heard) > 10
    assert json.loads("".join(piece.text for piece in heard)) == json.loads(STORY["arguments"])
    assert {(piece.part, piece.tool) for piece in heard} == {(0, "tell_story")}


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (stream_reply(None, STORY, chunks=0), ModelUnavailable),
        (stream_reply(None, STORY, chunks=7), ModelUnavailable),
        (stream_reply(None, STORY, chunks=7, error={"code": 429, "message": "slow down"}), ModelThrottled),
        (stream_reply(None, STORY, chunks=7, error={"type": "rate_limit_exceeded"}), ModelThrottled),
        (stream_reply(None, STORY, chunks=7, error={"type": "server_error"}), ModelUnavailable),
        (stream_reply("", finish="content_filter"), ModelRefused),
        (stream_reply(None, refusal="I would rather not."), ModelRefused),
        (sends(b"{}", status=429), ModelThrottled),
        (sends(b"{}", status=503), ModelUnavailable),
        (sends(b"{}", status=400), ModelRefused),
        (hangs_up(), ModelUnavailable),
        (breaks_off(), ModelUnavailable),
    ],
)
def test_trouble_in_a_stream_goes_by_the_same_names(model, behaviour, error):
    with pytest.raises(error):
        streamed_reply(model, behaviour)

    assert len(model.requests) == 1


def test_there_is_one_deadline_for_the_whole_stream(model, monkeypatch):
    monkeypatch.setenv("DM_TIMEOUT_SECONDS", "0.3")

    with pytest.raises(ModelUnavailable):
        streamed_reply(model, never_answers())
