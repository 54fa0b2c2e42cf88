"""A model behind ConverseStream, over real HTTP: the same reply as from Converse, told while it comes."""

from __future__ import annotations

import pytest

from contracts.errors import ModelRefused, ModelThrottled, ModelUnavailable
from services.dm.adapters.bedrock import Bedrock
from services.dm.domain.narration.speech import Piece
from services.dm.domain.prompt import compose
from services.dm.domain.replies import assemble_reply
from services.dm.tests.builders import make_request
from services.dm.tests.conftest import SONNET, TROUBLE
from services.dm.wiring import bedrock_client, catalogue
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


def ignore(piece: Piece) -> None:
    """Take pieces of a stream without listening."""


def reply_to(model, behaviour, hear=None, *, seconds=5.0):
    """The reply put together of what one call brought; the client waits 5 seconds for a byte whatever the deadline."""
    model.then(behaviour)
    request = make_request(provider="model")
    service = Bedrock(bedrock_client(5.0), seconds=seconds, strict=False)
    got = service.complete(compose(request, catalogue()), SONNET, hear)
    return assemble_reply(request, got.texts, got.uses, cut=got.cut, usage=got.usage)


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
    streamed = reply_to(model, behaviour, ignore)

    assert streamed == reply_to(model, behaviour)
    assert [asked.path.rpartition("/")[2] for asked in model.requests] == ["converse-stream", "converse"]
    assert model.requests[0].body == model.requests[1].body


def test_all_of_a_reply_is_heard_while_it_comes(model):
    heard: list[Piece] = []

    reply_to(model, STORY, heard.append)

    assert {(piece.part, piece.tool) for piece in heard} == {(0, "tell_story")}
    assert len(heard) > 10
    assert "".join(piece.text for piece in heard).startswith('{"narrative": "The rat')


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
        reply_to(model, behaviour, ignore)

    assert len(model.requests) == 1


@pytest.mark.parametrize("behaviour", [never_answers(), stalls_after(0, STORY), stalls_after(9, STORY)])
def test_there_is_one_deadline_for_the_whole_stream(model, behaviour):
    with pytest.raises(ModelUnavailable, match="DeadlinePassed"):
        reply_to(model, behaviour, ignore, seconds=0.3)
