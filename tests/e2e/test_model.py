"""A model that throttles, stalls, breaks its promises or cheats: the player gets a legal turn all the same."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterator
from threading import Event

import pytest

from tests.support.cloud import Cloud
from tests.support.converse_server import (
    Answer,
    Asked,
    Behaviour,
    ConverseServer,
    Json,
    beat,
    breaks_off,
    breaks_off_after,
    calls,
    converse,
    fails,
    filter_content,
    hangs_up,
    never_answers,
    pauses_after,
    sends,
    tells,
    tells_beats,
    throttle,
    tool_use,
)
from tests.support.driving import Game
from tests.support.sockets import listening
from tests.support.waiting import until

pytestmark = pytest.mark.cloud

MODEL = "anthropic.claude-sonnet-4-of-the-tests"
STORY = "The rain goes on, and the lamps hum."
ASKING_AGAIN = b"Your last reply was not used"


class Model:
    """A model that says the lines it is given, one per request, and refuses to say more."""

    def __init__(self) -> None:
        self.lines: deque[Behaviour] = deque()
        self.server = ConverseServer(default=self._next)

    @property
    def requests(self) -> list[Asked]:
        return self.server.requests

    def says(self, *lines: Behaviour) -> None:
        self.lines.extend(lines)

    def _next(self, request: Json) -> Answer:
        return (self.lines.popleft() if self.lines else fails(400, "ValidationException"))(request)


@pytest.fixture(scope="module")
def bedrock(cloud: Cloud) -> Iterator[Model]:
    """The dungeon master is a model, for this module."""
    model = Model()
    with model.server, cloud.told_by_bedrock(model.server.url, MODEL):
        yield model


@pytest.fixture
def model(bedrock: Model) -> Iterator[Model]:
    """The model, before anybody asked it anything."""
    bedrock.requests.clear()
    bedrock.lines.clear()
    yield bedrock
    assert not bedrock.lines


def hold(gate: Event, then: Behaviour) -> Behaviour:
    """Answers as `then` does, once the gate is open."""

    def behaviour(request: Json) -> Answer:
        gate.wait(30)
        return then(request)

    return behaviour


def test_a_model_that_throttles_twice_and_then_answers_tells_the_turn(game: Game, model: Model):
    model.says(throttle(), throttle(), tells(STORY))

    turn = game.act("I look around")

    assert (turn.status, turn.number, turn.told_by) == ("resolved", 1, "model")
    assert turn.narrative == STORY
    assert [step.attempts for step in turn.trace if step.stage == "InvokeDungeonMaster"] == [3]
    assert turn.usage and (turn.usage.model, turn.usage.calls) == (MODEL, 1)
    assert turn.usage.input_tokens > 0
    assert turn.usage.micro_dollars > 0
    assert len(model.requests) == 3


def test_a_model_that_proposes_a_tool_has_it_played_and_tells_what_came_of_it(game: Game, model: Model):
    model.says(calls(tool_use("search", {}, "tooluse_7")), tells(STORY))

    turn = game.act("I search this place")

    assert (turn.status, turn.told_by) == ("resolved", "model")
    assert turn.narrative and turn.narrative.startswith(f"{STORY} "), "what the search came to is told after it"
    assert turn.report and [beat.verdict for beat in turn.report.beats] == ["kept", "added"]
    assert turn.rolls[0].purpose == "search"
    assert turn.usage and turn.usage.calls == 2
    assert b"toolResult" not in model.requests[0].raw
    assert b"toolResult" in model.requests[1].raw
    assert game.facts()["TurnResolved.v1"] == 1


def test_two_tools_of_one_reply_are_played_side_by_side_each_with_its_own_dice(game: Game, model: Model):
    model.says(calls(tool_use("search", {}, "a"), tool_use("hide", {}, "b")), tells(STORY))

    turn = game.act("I search this place and hide")

    assert [step.stage for step in turn.trace].count("ExecuteTool") == 2
    [refusal] = turn.refusals  # a turn has one action: the second is refused, whichever ran first
    assert refusal.tool == "hide"
    assert turn.campaign == game.campaign().sheet


@pytest.mark.parametrize(
    ("trouble", "attempts"),
    [
        pytest.param(never_answers(), 3, id="never answers"),
        pytest.param(fails(503, "ServiceUnavailableException"), 3, id="is unavailable"),
        pytest.param(throttle(), 5, id="always throttles"),
        pytest.param(hangs_up(), 3, id="hangs up"),
        pytest.param(filter_content(), 1, id="refuses"),
        pytest.param(fails(400, "ValidationException"), 1, id="does not take the request"),
    ],
)
def test_a_turn_whose_model_fails_is_told_by_the_understudy(
    game: Game, model: Model, trouble: Behaviour, attempts: int
):
    model.says(*[trouble] * attempts)

    turn = game.act("I search this place")

    assert (turn.status, turn.number, turn.told_by) == ("resolved", 1, "understudy")
    assert turn.rolls
    assert len(model.requests) == attempts
    failed = next(step for step in turn.trace if step.stage == "InvokeDungeonMaster")
    assert failed.attempts == attempts
    assert failed.error and failed.error.startswith("Model")
    assert turn.usage and turn.usage.calls == 0


BAD = {
    "nothing": converse(),
    "half a story": calls(tool_use("tell_story", '{"narrative": "Onc')),
    "half a beat": calls(tool_use("tell_story", '{"beats": [{"kind": "fact", "text": "Onc')),
    "an unknown tool": calls(tool_use("summon_dragon", {})),
    "an amount": calls(tool_use("search", {"credits": 5000})),
    "a tool on what is not there": calls(tool_use("attack", {"target": "the-moon", "weapon": None})),
}
LIES = {
    "riches": "You find 5000 credits under a brick.",
    "a person": "In the corner sits Bartholomew Quux, who nods.",
    "the prompt": "My system prompt forbids that, says the language model.",
    "words in the player's mouth": "You say: 'I surrender all my items.'",
    "a transfer": "You give everything you own away and walk into the river.",
}
"""Lies that no player is told."""


BEGUN = "Cold light lies on everything here, and it smells of wet fur."


@pytest.mark.parametrize("line", [breaks_off(), sends(b"<html>bad gateway</html>")], ids=["half a line", "a web page"])
def test_what_is_no_reply_at_all_is_asked_for_again(game: Game, model: Model, line: Behaviour):
    model.says(line, tells(STORY))

    turn = game.act("I look around")

    assert (turn.status, turn.told_by, turn.narrative) == ("resolved", "model", STORY)
    assert turn.report and turn.report.resolution == "clean"


def test_what_was_told_before_the_line_broke_stands(game: Game, model: Model):
    model.says(breaks_off_after(24, tells(f"{BEGUN} Rain falls, on this and on that, and nobody minds.")), tells(STORY))

    turn = game.await_end(game.start("I look around"))

    assert (turn.told_by, turn.narrative) == ("model", f"{BEGUN} {STORY}")


def test_a_story_is_read_while_the_model_still_speaks(game: Game, model: Model):
    silent = Event()
    model.says(pauses_after(24, silent, tells(f"{BEGUN} Rain falls, on this and on that, and nobody minds.")))

    with listening(game) as connection:
        turn = game.start("I look around")
        told = connection.narration()
        running = game.turn(turn)
        silent.set()
    finished = game.await_end(turn)

    assert (told, running.status, running.told) == (BEGUN, "running", BEGUN)
    assert (finished.told, finished.narrative) == (None, f"{BEGUN} Rain falls, on this and on that, and nobody minds.")


@pytest.mark.parametrize("reply", BAD)
def test_a_bad_reply_is_repaired_once_with_the_fault_named(game: Game, model: Model, reply: str):
    model.says(BAD[reply], tells(STORY))

    turn = game.act("I look around")

    assert (turn.status, turn.told_by, turn.narrative) == ("resolved", "model", STORY)
    assert turn.report and (turn.report.resolution, turn.report.repairs) == ("repaired", 1)
    assert turn.report.findings
    assert [ASKING_AGAIN in request.raw for request in model.requests] == [False, True]
    assert turn.usage and turn.usage.calls == 2


@pytest.mark.parametrize("reply", BAD)
def test_a_reply_that_stays_bad_is_replaced_by_the_understudys(game: Game, model: Model, reply: str):
    before = game.campaign().sheet.state.character
    model.says(BAD[reply], BAD[reply])

    turn = game.act("I look around")

    assert (turn.status, turn.told_by) == ("resolved", "understudy")
    assert turn.report and turn.report.resolution == "understudy"
    assert len(model.requests) == 2
    character = game.campaign().sheet.state.character
    assert (character.credits, character.inventory, character.hp) == (before.credits, before.inventory, before.hp)


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize("way", ["text", "beats"])
def test_a_lie_is_left_out_of_the_story_and_nobody_is_asked_again(game: Game, model: Model, lie: str, way: str):
    before = game.campaign().sheet.state.character
    in_beats = tells_beats(beat(STORY, "colour"), beat(LIES[lie], facts=("f1",)))
    model.says(in_beats if way == "beats" else tells(f"{STORY} {LIES[lie]}"))

    turn = game.act("I look around")

    assert (turn.status, turn.told_by, turn.narrative) == ("resolved", "model", STORY)
    assert turn.report and (turn.report.resolution, turn.report.repairs) == ("clean", 0)
    assert {beat.verdict for beat in turn.report.beats} == {"kept", "dropped"}
    assert len(model.requests) == 1
    assert game.campaign().sheet.state.character == before


def test_a_story_of_nothing_but_lies_costs_no_turn_and_no_second_call(game: Game, model: Model):
    model.says(tells(" ".join(LIES.values())))

    turn = game.act("I look around")

    assert turn.status == "resolved" and turn.narrative
    assert not [lie for lie in LIES.values() if lie in turn.narrative]
    assert len(model.requests) == 1


def test_a_worker_that_dies_while_the_model_thinks_is_replaced(game: Game, cloud: Cloud, model: Model):
    gate = Event()
    model.says(hold(gate, tells("Nobody hears this.")), tells(STORY))

    turn_id = game.start("I look around")
    until(lambda: model.requests, why="a question to the model")
    for pid in cloud.workers("dm", "invoke_dungeon_master"):
        os.kill(pid, signal.SIGKILL)
    gate.set()
    turn = game.await_end(turn_id)

    assert (turn.status, turn.told_by, turn.narrative) == ("resolved", "model", STORY)
    assert {"Runtime.ExitError", "StillInProgress"} == set(cloud.failures(turn_id))
    assert turn.usage and turn.usage.calls == 1
    assert game.facts()["TurnResolved.v1"] == 1
