"""A model behind ConverseStream, over real HTTP: the same reply as from Converse, told while it comes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from contracts.errors import ModelRefused, ModelThrottled, ModelUnavailable
from services.dm.adapters import bedrock
from services.dm.tests.conftest import SONNET, TROUBLE
from services.dm.tests.scenes import asked
from tests.support.converse_server import (
    breaks_off_after,
    calls,
    converse,
    never_answers,
    raises_after,
    sends,
    stalls_after,
    tells,
    text,
    tool_use,
)

STORY = tells("The rat’s “tail” \\ twitches, 🐀 and\nstops. Rain falls.", "Attack Rust Rat")


def listener() -> Any:
    heard: list[Any] = []
    return SimpleNamespace(streams=True, opening=None, hears=heard.append, heard=heard)


def reply_to(model, behaviour, telling=None):
    model.then(behaviour)
    return bedrock.answer(asked(provider="model"), SONNET, telling)


@pytest.mark.parametrize(
    "behaviour",
    [
        STORY,
        text("The rat hisses."),
        text("The rat his", stop="max_tokens"),
        converse(tool_use("tell_story", {"narr": ""}), stop="max_tokens"),
        calls(tool_use("talk", {"npc": "old-mags", "topic": None}, "a"), tool_use("search", {}, "b")),
        converse({"text": "Let me see."}, tool_use("search", {}), stop="tool_use"),
        calls(tool_use("tell_story", {"narrative": "Once.", "suggested_actions": []}), tool_use("search", {})),
        calls(
            tool_use("search", {}),
            usage={"inputTokens": 9, "outputTokens": 3, "cacheReadInputTokens": 7, "cacheWriteInputTokens": 5},
        ),
        converse(),
        converse({"text": "   "}),
        calls(tool_use("tell_story", {"narrative": 7})),
        calls(tool_use("attack", "{broken")),
        calls(tool_use("attack", ["rats"])),
        calls(tool_use("Attack The Rat!", {})),
        calls(tool_use("attack", {"target": "x" * 9000})),
    ],
)
def test_a_streamed_reply_is_the_reply(model, behaviour):
    streamed = reply_to(model, behaviour, listener())

    assert streamed == reply_to(model, behaviour)
    assert [asked.path.rpartition("/")[2] for asked in model.requests] == ["converse-stream", "converse"]
    assert model.requests[0].body == model.requests[1].body


def test_all_of_a_reply_is_heard_while_it_comes(model):
    telling = listener()

    reply_to(model, STORY, telling)

    assert {(piece.part, piece.tool) for piece in telling.heard} == {(0, "tell_story")}
    assert len(telling.heard) > 10
    assert "".join(piece.text for piece in telling.heard).startswith('{"narrative": "The rat')


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        *TROUBLE,
        (sends(b"no events at all, but a lot of other words"), ModelUnavailable),
        (sends(b'{"output":{"message":{"role":"assi'), ModelUnavailable),
        (breaks_off_after(0, STORY), ModelUnavailable),
        (breaks_off_after(9, STORY), ModelUnavailable),
        (breaks_off_after(10_000, STORY), ModelUnavailable),
        (raises_after(0, "throttlingException", STORY), ModelThrottled),
        (raises_after(7, "throttlingException", STORY), ModelThrottled),
        (raises_after(7, "modelStreamErrorException", STORY), ModelUnavailable),
        (raises_after(7, "internalServerException", STORY), ModelUnavailable),
        (raises_after(7, "serviceUnavailableException", STORY), ModelUnavailable),
        (raises_after(7, "modelTimeoutException", STORY), ModelUnavailable),
        (raises_after(7, "validationException", STORY), ModelRefused),
    ],
)
def test_trouble_goes_by_the_name_the_workflow_knows_also_in_the_middle(model, behaviour, error):
    with pytest.raises(error):
        reply_to(model, behaviour, listener())

    assert len(model.requests) == 1


@pytest.mark.parametrize("behaviour", [never_answers(), stalls_after(0, STORY), stalls_after(9, STORY)])
def test_there_is_one_deadline_for_the_whole_stream(model, behaviour, monkeypatch):
    bedrock._client()  # waits 5 seconds for a byte: what ends the stream is the deadline
    monkeypatch.setenv("DM_TIMEOUT_SECONDS", "0.3")

    with pytest.raises(ModelUnavailable, match="DeadlinePassed"):
        reply_to(model, behaviour, listener())
