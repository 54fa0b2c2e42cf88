"""The same actions and the same dice with another game master."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster, Usage
from contracts.errors import ModelThrottled
from contracts.tools import ToolCall
from ninelives.evaluation.whatif.difference import differences
from ninelives.evaluation.whatif.summary import summary_of
from services.dm.domain.understudy.master import reply as understudy
from services.tools.domain.dice import derive
from tests.support.played_campaigns import ACTIONS, FIGHT, FORKED_AT, Evening, archive, everything, told_again

QUIET = "Rain drums on the roofs."
USAGE = Usage(model="quiet-1", calls=1, input_tokens=100, output_tokens=10, micro_dollars=7)


def quiet(request: InvokeDungeonMaster) -> DungeonMasterReplied:
    """A model that never asks the rules for anything."""
    return DungeonMasterReplied(envelope=request.envelope, told_by="model", narrative=QUIET, usage=USAGE)


def defensive(request: InvokeDungeonMaster) -> DungeonMasterReplied:
    """The understudy, except that it never strikes."""
    said = understudy(request)
    calls = tuple(
        call.model_copy(update={"name": "defend", "arguments": {}}) if call.name == "attack" else call
        for call in said.calls
    )
    return said.model_copy(update={"calls": calls})


def unreachable(request: InvokeDungeonMaster) -> DungeonMasterReplied:
    raise ModelThrottled("not now")


def test_the_understudy_tells_its_own_evening_again_word_for_word(played: Evening) -> None:
    told = told_again(played.table, played.campaign, understudy, 1)

    assert [each.action for each in told] == list(ACTIONS)
    assert [each.would_be.telling.narrative for each in told] == [each.was.telling.narrative for each in told]
    assert all(each.is_played_the_same and each.ends_the_same and not each.differences for each in told)
    assert any(each.would_be.rolls for each in told)


def test_a_fork_is_told_again_with_the_memories_of_the_past_it_shares(played: Evening) -> None:
    told = told_again(played.table, played.fork, understudy, FORKED_AT + 1)

    assert [each.number for each in told] == [FORKED_AT + 1, FORKED_AT + 2]
    assert all(each.is_told_the_same and each.ends_the_same for each in told)
    assert "A memory" in told[-1].was.telling.narrative or "Ferrule" in told[-1].was.telling.narrative


def test_the_calls_that_were_made_lead_to_the_states_that_were_recorded(played: Evening) -> None:
    told = told_again(played.table, played.campaign, None, 1)

    assert len(told) == len(ACTIONS)
    assert all(each.ends_the_same and each.was.event == each.would_be.event for each in told)


def test_a_game_master_that_asks_for_nothing_parts_where_something_was_done(played: Evening) -> None:
    told = told_again(played.table, played.campaign, quiet, 1)
    summary = summary_of(told, len(ACTIONS))

    acted = next(each.number for each in told if each.was.intents)
    assert (summary.told_otherwise_from, summary.played_otherwise_from) == (1, acted)
    assert summary.state_otherwise_from is not None
    assert {"place.id", "character.hp"} & {each.path for each in summary.differences}
    assert summary.totals["micro dollars"] == (0, 7 * len(told))
    assert summary.totals["told by the understudy"] == (len(told), 0)


def test_one_turn_is_told_from_the_state_before_it(played: Evening) -> None:
    (fight,) = told_again(played.table, played.campaign, quiet, FIGHT, FIGHT)

    before = archive(played.table)
    record = before.record(fight.was.event)
    assert record is not None and fight.number == FIGHT
    assert fight.would_be.state.turn == fight.was.state.turn == FIGHT
    assert fight.would_be.state.place == fight.was.state.place


def test_another_call_in_the_same_place_throws_its_own_dice_from_the_same_seed(played: Evening) -> None:
    (fight,) = told_again(played.table, played.campaign, defensive, FIGHT, FIGHT)
    seed = bytes.fromhex(archive(played.table).store.read(played.campaign).seed)
    turn_id = fight.was.event.metadata.turn_id

    assert [one.call.name for one in fight.was.intents] != [one.call.name for one in fight.would_be.intents]
    assert fight.would_be.rolls
    for roll in (*fight.was.rolls, *fight.would_be.rolls):
        assert roll.key.startswith(f"{turn_id}/")
        assert roll.faces == derive(seed, roll.key, roll.count, roll.sides)
    faces = {roll.key: roll.faces for roll in fight.was.rolls if roll.sides == 20}
    shared = [roll for roll in fight.would_be.rolls if roll.sides == 20 and roll.key in faces]
    assert shared and all(len(roll.faces) != len(faces[roll.key]) or roll.faces == faces[roll.key] for roll in shared)


def test_a_model_that_fails_is_stood_in_for_and_that_is_said(played: Evening) -> None:
    told = told_again(played.table, played.campaign, unreachable, 1, 2)

    assert [each.would_be.failures for each in told] == [("ModelThrottled",)] * 2
    assert all(each.ends_the_same and each.would_be.telling.told_by == "understudy" for each in told)


def test_a_model_that_calls_what_is_not_there_is_repaired_then_stood_in_for(played: Evening) -> None:
    def liar(request: InvokeDungeonMaster) -> DungeonMasterReplied:
        call = ToolCall(call_id="1", name="talk", arguments={"npc": "the-dragon", "topic": None})
        return DungeonMasterReplied(envelope=request.envelope, told_by="model", calls=(call,), usage=USAGE)

    (told,) = told_again(played.table, played.campaign, liar, 1, 1)

    assert told.would_be.telling.report.repairs == 1
    assert told.would_be.event.data.totals.model_calls == 2
    assert told.would_be.telling.told_by == "understudy"
    assert told.ends_the_same


def test_each_turn_goes_on_from_what_the_other_story_has_come_to(played: Evening) -> None:
    told = told_again(played.table, played.campaign, quiet, 1)

    assert {each.would_be.state.place.id for each in told} == {told[0].was.state.place.id}
    assert [each.would_be.state.turn for each in told] == [each.number for each in told]


def test_the_other_story_remembers_itself(played: Evening) -> None:
    heard: list[InvokeDungeonMaster] = []

    def listener(request: InvokeDungeonMaster) -> DungeonMasterReplied:
        heard.append(request)
        return quiet(request)

    told_again(played.table, played.campaign, listener, 3, 5)
    last = heard[-1]

    assert [each.number for each in last.history] == [1, 2, 3, 4]
    assert [each.narrative == QUIET for each in last.history] == [False, False, True, True]
    assert [each.action for each in last.history] == list(ACTIONS[:4])
    assert last.spent.campaign == 2 * 7


def test_what_was_said_long_ago_is_remembered_as_the_chronicle_does(played: Evening) -> None:
    heard: list[InvokeDungeonMaster] = []

    def listener(request: InvokeDungeonMaster) -> DungeonMasterReplied:
        heard.append(request)
        return quiet(request)

    told_again(played.table, played.campaign, listener, len(ACTIONS))

    assert any("Ferrule" in memory.text for memory in heard[0].memories)
    assert all(memory.turn < len(ACTIONS) - 4 for memory in heard[0].memories)


@pytest.mark.parametrize("master", [understudy, quiet, None], ids=["understudy", "a model", "recorded"])
def test_nothing_is_written_anywhere(played: Evening, master: Callable[..., DungeonMasterReplied] | None) -> None:
    before = json.dumps(everything(played.table), sort_keys=True)

    assert told_again(played.table, played.campaign, master, 1)

    assert json.dumps(everything(played.table), sort_keys=True) == before


def test_states_differ_field_by_field_and_things_go_by_their_ids(played: Evening) -> None:
    state = archive(played.table).store.read(played.campaign).state
    cat = state.character
    assert len(cat.inventory) > 1
    poorer = cat.model_copy(update={"credits": cat.credits + 5, "inventory": cat.inventory[1:]})
    other = state.model_copy(update={"character": poorer, "version": 99})

    found = {each.path: (each.one, each.other) for each in differences(state, other)}

    assert found["character.credits"] == (cat.credits, cat.credits + 5)
    assert found["version"] == (state.version, 99)
    lost = {path for path in found if path.startswith("character.inventory.")}
    assert lost and all(path.startswith(f"character.inventory.{cat.inventory[0].id}.") for path in lost)
    assert differences(state, state) == ()
