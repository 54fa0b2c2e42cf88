"""A turn played in this process is the workflow's: it looks around when the workflow does, and fails as it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from contracts.canon import Condition
from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster
from contracts.errors import InvalidRequest, ModelThrottled
from contracts.steps import MOST_ROUNDS
from contracts.tools import ToolCall
from ninelives.evaluation.local_turn import TurnFailed, TurnInProgress, TurnStart, play_script, play_turn
from ninelives.evaluation.situations import situation
from services.dm.domain.understudy.master import reply as understudy
from tests.ops.history.wandering_campaigns import SEED, begin_wandering

DRAINED = Condition(id="drained", name="Drained", description="It seeps.", turns=2, hp_per_turn=-5)


def call(name: str, **arguments: str) -> ToolCall:
    return ToolCall(call_id="c0", name=name, arguments=arguments)


def hurt(start: TurnStart, hp: int) -> TurnStart:
    """The same, with so many hit points."""
    character = start.state.character.model_copy(update={"hp": hp})
    return replace(start, state=start.state.model_copy(update={"character": character}))


def moments(start: TurnStart, *rounds: list[ToolCall]) -> list[TurnInProgress]:
    """The turn in progress each time that the game master is asked while these calls are played."""
    seen: list[TurnInProgress] = []

    def script(number: int, turn: TurnInProgress) -> list[ToolCall]:
        seen.append(turn)
        return rounds[number] if number < len(rounds) else []

    play_script(start, script)
    return seen


def test_an_ambush_is_seen_when_one_looks_around_next() -> None:
    _, arrived, *_ = moments(situation("market").start, [call("move_to", place="sprinkler-alley")])

    assert arrived.scene.state.encounter is not None
    assert arrived.view.scene.state.encounter is None
    assert arrived.view.scene.state.place.id == arrived.scene.state.place.id == "sprinkler-alley"


def test_who_wakes_elsewhere_looks_around_there() -> None:
    start = hurt(situation("fight").start, 1)
    for _ in range(12):
        woken = moments(start, [call("defend")])[1]
        if woken.scene.state.character.lives < 9:
            break
        start = hurt(TurnStart(woken.after, SEED), 1)

    assert woken.scene.state.character.lives == 8
    assert woken.view.scene.state.place == woken.scene.state.place == woken.scene.state.haven


def test_a_life_lost_as_time_passes_is_told_in_the_round_of_the_deed() -> None:
    start = TurnStart(begin_wandering(hp=3, conditions=(DRAINED,)).state, SEED)

    before, after = moments(start, [call("search")])

    assert before.asked.rounds == ()
    assert [[each.kind for each in told.consequences] for told in after.asked.rounds] == [["life-lost"]]
    assert after.scene.state.place == after.view.scene.state.place == after.scene.state.haven


def test_a_game_master_that_never_stops_acting_has_as_many_rounds_as_a_turn_may_have() -> None:
    def restless(request: InvokeDungeonMaster) -> DungeonMasterReplied:
        if request.tools_allowed:
            return DungeonMasterReplied(envelope=request.envelope, told_by="understudy", calls=(call("search"),))
        return understudy(request)

    turn = play_turn(situation("shelf").start, "I look around", restless)

    assert [each.routed.route for each in turn.replies] == ["execute"] * MOST_ROUNDS + ["respond"]


def test_a_model_that_fails_is_asked_again_as_the_workflow_does_and_then_stood_in_for() -> None:
    pauses: list[float] = []

    def unreachable(request: InvokeDungeonMaster) -> DungeonMasterReplied:
        raise ModelThrottled("not now")

    turn = play_turn(situation("shelf").start, "I look around", unreachable, pauses.append)

    assert len(pauses) == 4
    assert (turn.failures, turn.telling.told_by) == (("ModelThrottled",), "understudy")


@pytest.mark.parametrize(
    ("error", "raised"), [(InvalidRequest("no"), TurnFailed), (ZeroDivisionError("a bug"), ZeroDivisionError)]
)
def test_a_bug_in_a_game_master_is_not_blamed_on_a_model(error: Exception, raised: type[Exception]) -> None:
    with pytest.raises(raised, match=str(error)):
        play_turn(situation("shelf").start, "I look around", raising(error))


def raising(error: Exception) -> Callable[[InvokeDungeonMaster], DungeonMasterReplied]:
    def master(request: InvokeDungeonMaster) -> DungeonMasterReplied:
        raise error

    return master


def test_the_game_master_and_whoever_checks_it_are_told_what_the_workflow_tells_them() -> None:
    asked: list[InvokeDungeonMaster] = []

    def listener(request: InvokeDungeonMaster) -> DungeonMasterReplied:
        asked.append(request)
        return understudy(request)

    play_turn(situation("shelf").start, "I ask Ferrule about breakfast", listener)

    assert all(request.passages and request.common and request.names and request.guarded for request in asked)
