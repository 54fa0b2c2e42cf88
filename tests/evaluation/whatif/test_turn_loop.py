"""The turn loop that game masters are tried and stories retold with looks around when the workflow does."""

from __future__ import annotations

from contracts.canon import Condition
from contracts.tools import ToolCall
from ninelives.evaluation.situations import situation
from ninelives.evaluation.table import Turn, opened
from tests.ops.history.walk import SEED, walk

DRAINED = Condition(id="drained", name="Drained", description="It seeps.", turns=2, hp_per_turn=-5)


def call(name: str, **arguments: str) -> ToolCall:
    return ToolCall(call_id="c0", name=name, arguments=arguments)


def hurt(turn: Turn, hp: int) -> Turn:
    """The next turn of this one, with so many hit points."""
    state = turn.after
    return opened(state.model_copy(update={"character": state.character.model_copy(update={"hp": hp})}), turn.seed)


def test_an_ambush_is_seen_when_one_looks_around_next() -> None:
    turn = situation("market")

    arrived = turn.play([call("move_to", place="sprinkler-alley")])

    assert arrived.scene.state.encounter is not None
    assert arrived.seen.state.encounter is None
    assert arrived.seen.state.place.id == arrived.scene.state.place.id == "sprinkler-alley"


def test_who_wakes_elsewhere_looks_around_there() -> None:
    turn = hurt(situation("fight"), 1)
    for _ in range(12):
        played = turn.play([call("defend")])
        if played.scene.state.character.lives < 9:
            break
        turn = hurt(played, 1)

    assert played.scene.state.character.lives == 8
    assert played.seen.state.place == played.scene.state.place == played.scene.state.haven


def test_a_life_lost_as_the_turn_begins_is_told_and_is_no_round_of_its_own() -> None:
    turn = opened(walk(hp=3, conditions=(DRAINED,)).state, SEED)

    assert [each.kind for told in turn.rounds for each in told.consequences] == ["life-lost"]
    (first, *_) = turn.play([call("search")]).outcomes
    assert first.key == f"{turn.id}/0/0"
