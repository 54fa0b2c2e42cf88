"""A turn in which the character does nothing is no round: it changes no state but the counters, whoever tells it. A
turn with a deed is one, however the deed was described."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.canon import CatClass, Condition
from contracts.dm import DungeonMasterReplied, InvokeDungeonMaster
from contracts.state import CampaignState, Combatant
from contracts.tools import ToolCall
from ninelives.evaluation.local_turn import LocalTurnResult, Master, TurnStart, play_turn
from ninelives.evaluation.situations import situation
from services.dm.domain.understudy.master import reply as understudy
from services.tools.tests.pack import CLASSES, POISON, STUN
from services.tools.tests.strategies import SEEDS
from tests.rules.small_campaign import Game, Intents, new_campaign
from tests.rules.test_any_sequence import ANY_INTENT, USEFUL

DAZED = STUN.model_copy(update={"turns": 1})
BURNING = Condition(id="burning", name="Burning", turns=5, hp_per_turn=-1)
PLACES = ("shelf", "market", "fight", "breathless")
"""At the beginning of a story, in peace, in a fight, in a fight with an ability cooling down."""
QUESTIONS = (
    "Who are you?",
    "What is in my bag?",
    "How many enemies are left?",
    "xyzzy",
    "I do not attack",
    "It should be raining",
)
QUIET = "The moment holds."
SEED = "c0ffee" * 10 + "cafe"


def counters_apart(state: CampaignState) -> CampaignState:
    return state.model_copy(update={"turn": 0, "version": 1})


def suffering(name: str, *conditions: Condition) -> TurnStart:
    """The next turn of a situation, for a cat under these conditions and with all that stand against it on fire."""
    state = situation(name).after
    changes: dict[str, Any] = {"character": state.character.model_copy(update={"conditions": conditions})}
    if state.encounter:
        foes = tuple(e.model_copy(update={"conditions": (BURNING,)}) if e.hp else e for e in state.encounter.enemies)
        changes["encounter"] = state.encounter.model_copy(update={"enemies": foes})
    return TurnStart(state.model_copy(update=changes), SEED)


def saying(*rounds: tuple[ToolCall, ...]) -> Master:
    """A model that asks for these calls, round by round, and then tells a story."""

    def master(request: InvokeDungeonMaster) -> DungeonMasterReplied:
        calls = rounds[len(request.rounds)] if len(request.rounds) < len(rounds) and request.tools_allowed else ()
        narrative = None if calls else QUIET
        return DungeonMasterReplied(
            envelope=request.envelope,
            told_by="model",
            calls=calls,
            narrative=narrative,
            stop="tools" if calls else "complete",
        )

    return master


def call(name: str, **arguments: str | None) -> ToolCall:
    return ToolCall(call_id="c0", name=name, arguments=arguments)


def foes(start: TurnStart) -> list[Combatant]:
    """The enemies that stand."""
    assert start.state.encounter
    return [enemy for enemy in start.state.encounter.enemies if enemy.hp]


def acts(turn: LocalTurnResult) -> list[str]:
    return [outcome.call.name for outcome in turn.outcomes]


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("action", QUESTIONS)
def test_the_understudy_answers_a_question_and_nothing_follows(name: str, action: str) -> None:
    turn = suffering(name, POISON)

    story = play_turn(turn, action, understudy)

    assert story.telling.narrative
    assert acts(story) == []
    assert counters_apart(story.after) == counters_apart(turn.state)


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("action", ["I attack!", "What would happen if I attacked?"])
def test_a_model_that_tells_a_story_instead_of_calling_a_tool_made_nothing_happen(name: str, action: str) -> None:
    turn = suffering(name, POISON)

    story = play_turn(turn, action, saying())

    assert story.replies[0].reply.told_by == "model"
    assert counters_apart(story.after) == counters_apart(turn.state)


@pytest.mark.parametrize("name", PLACES)
def test_a_deed_that_is_refused_and_spends_nothing_is_no_round(name: str) -> None:
    turn = suffering(name, POISON)
    no = (call("level_up", stat="claws"), call("rest" if turn.state.encounter else "defend"))

    story = play_turn(turn, "I grow, and take it easy", saying(no, no))

    assert acts(story) == [each.name for each in no] * 2
    assert all(outcome.verdict == "refused" for outcome in story.outcomes)
    assert counters_apart(story.after) == counters_apart(turn.state)


def test_a_deed_described_as_a_question_is_a_round() -> None:
    turn = suffering("fight", POISON)
    foe = foes(turn)[0].id

    story = play_turn(turn, "Would I hit it if I swung at it?", saying((call("attack", target=foe, weapon=None),)))

    after = story.after
    assert acts(story)[0] == "attack"
    assert {"enemy_turn", "round_passed", "time_passed"} <= set(acts(story))
    assert after.character.conditions[0].turns == POISON.turns - 1


def test_enemies_act_and_time_passes_exactly_once_in_a_turn_with_a_deed_however_many_rounds_it_has() -> None:
    turn = suffering("fight", POISON)

    story = play_turn(
        turn, "I defend", saying((call("level_up"),), (call("defend"),), (call("defend"),), (call("hide"),))
    )

    assert acts(story).count("round_passed") == acts(story).count("time_passed") == 1
    assert acts(story).count("enemy_turn") == len(foes(turn))
    assert story.after.character.conditions[0].turns == POISON.turns - 1


@pytest.mark.parametrize("master", [understudy, saying((call("defend"),))])
@pytest.mark.parametrize("action", ["Wait", "I wait until it passes"])
def test_waiting_in_a_fight_is_a_deed(master: Master, action: str) -> None:
    story = play_turn(suffering("fight"), action, master)

    assert acts(story)[0] == "defend"
    assert acts(story).count("round_passed") == 1


@pytest.mark.parametrize("master", [understudy, saying((call("defend"),), (call("hide"),))])
@pytest.mark.parametrize("name", ["market", "fight"])
def test_whoever_cannot_act_loses_the_turn_by_trying_and_by_nothing_else(name: str, master: Master) -> None:
    turn = suffering(name, DAZED)
    asked = play_turn(turn, "Who are you?", understudy)
    assert asked.after.character.conditions == (DAZED,)

    tried = play_turn(TurnStart(asked.after, SEED), "Wait until it passes", master)

    first = tried.outcomes[0]
    assert first.refusal is not None and first.refusal.code == "cannot-act"
    assert ("round_passed" in acts(tried)) == (name == "fight")
    assert tried.after.character.conditions == ()
    assert not any(each.verdict == "done" for each in tried.outcomes if each.call.name == "hide")


REFUSED = st.sampled_from(
    [("fly", {}), ("attack", {"target": "moon"}), ("attack", {}), ("talk", {"npc": "moon"}), ("buy", {"item": "moon"})]
)


@settings(max_examples=60)
@given(
    cat=st.sampled_from(CLASSES),
    seed=SEEDS,
    before=st.lists(st.lists(USEFUL | ANY_INTENT, min_size=1, max_size=2), max_size=8),
    empty=st.lists(st.lists(REFUSED, max_size=3), max_size=3),
    ill=st.booleans(),
)
def test_after_any_story_a_turn_without_a_deed_changes_nothing(
    cat: CatClass, seed: str, before: list[Intents], empty: list[Intents], ill: bool
) -> None:
    game = Game(state=new_campaign(cat), seed=seed)
    for rounds in before:
        if game.state.status == "active":
            game.turn(rounds)
    stunned = any(condition.skips_action for condition in game.state.character.conditions)
    if game.state.status == "ended" or stunned:
        return
    if ill:
        conditions = (*game.state.character.conditions, POISON)
        character = game.state.character.model_copy(update={"conditions": conditions})
        game.state = game.state.model_copy(update={"character": character})
    was = game.state

    game.turn(*empty)

    assert counters_apart(game.state) == counters_apart(was)
    assert (game.state.turn, game.state.version) == (was.turn + 1, was.version + 1)


@settings(max_examples=60)
@given(
    cat=st.sampled_from(CLASSES),
    seed=SEEDS,
    turns=st.lists(st.lists(st.lists(USEFUL, min_size=1, max_size=2), min_size=1, max_size=3), min_size=1, max_size=8),
)
def test_the_world_answers_a_turn_if_and_only_if_something_was_done(
    cat: CatClass, seed: str, turns: list[list[Intents]]
) -> None:
    game = Game(state=new_campaign(cat), seed=seed)
    for rounds in turns:
        if game.state.status == "ended":
            return
        was, known = game.state, len(game.settled)
        scene = game.turn(*rounds)
        settled = game.settled[known:]
        own = [one for one in settled if "/world/" not in one.outcome.key]
        answers = [one for one in settled if "/world/" in one.outcome.key]
        tried = any(one.outcome.refusal and one.outcome.refusal.code == "cannot-act" for one in own)
        if not (tried or scene.budget.acted):
            assert counters_apart(game.state) == counters_apart(was)
            assert answers == []
        acted = [one for one in answers if one.applied and one.outcome.call.name == "round_passed"]
        assert len(acted) <= 1
        fight, now = was.encounter, game.state.encounter
        if fight and now and fight.id == now.id and any(foe.hp for foe in fight.enemies):
            assert len(acted) == bool(tried or scene.budget.acted)
