"""The explanation of a value: every change, from the first state on, and they always add up."""

from __future__ import annotations

from itertools import chain, pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.canon import Condition
from contracts.state import CampaignState
from ninelives.ops.history.changes import FieldHistory, follow_field
from ninelives.ops.history.effect_steps import EffectStep, take_apart
from ninelives.ops.history.explanation import explain, headline
from ninelives.ops.history.fields import PLAIN, Field, Unaskable, field_of, known_in
from ninelives.ops.history.retracing import Retraced
from tests.ops.history.wandering_campaigns import CLASSES, WanderingCampaign, begin_wandering

pytestmark = pytest.mark.slow

BLEEDING = Condition(id="bleeding", name="Bleeding", description="It runs.", turns=3, hp_per_turn=-2)


def take_all_apart(played: WanderingCampaign) -> list[tuple[Retraced, EffectStep]]:
    return [(turn, step) for turn in played.retrace() for step in take_apart(turn)]


def about(played: WanderingCampaign, *words: str) -> FieldHistory:
    states = (step.after for _, step in take_all_apart(played))
    return follow_field(field_of(words, known_in((played.first, *states))), played.first, take_all_apart(played))


def everything(states: list[CampaignState]) -> list[Field]:
    known = known_in(states)
    ids = [(kind, slug) for kind, slugs in known.items() for slug in slugs]
    return [field_of(words, known) for words in chain(((name,) for name in PLAIN), ids)]


@given(
    cat=st.sampled_from(CLASSES),
    seed=st.integers(0, 2**32),
    figures=st.sampled_from([{}, {"hp": 3, "lives": 3}, {"hp": 2, "xp": 90, "conditions": (BLEEDING,)}]),
)
@settings(max_examples=14)
def test_the_first_value_and_all_changes_are_the_current_value_of_any_field(cat, seed, figures) -> None:
    played = begin_wandering(cat, **figures).wander(18, Random(seed))
    steps_taken = take_all_apart(played)

    for field in everything([played.first, *(step.after for _, step in steps_taken)]):
        book = follow_field(field, played.first, steps_taken)
        assert book.first == field.read(played.first)
        assert book.now == field.read(played.state), field.name
        values = [book.first, *(change.after for change in book.changes)]
        assert [change.before for change in book.changes] == values[:-1], field.name
        if book.sum is not None:
            assert int(book.first) + book.sum == book.now, field.name


@given(cat=st.sampled_from(CLASSES), seed=st.integers(0, 2**32))
@settings(max_examples=6)
def test_every_effect_begins_with_the_state_that_the_one_before_it_left(cat, seed) -> None:
    for turn in begin_wandering(cat, hp=4).wander(12, Random(seed)).retrace():
        one_by_one = list(take_apart(turn))
        if not one_by_one:
            counted = {"turn": turn.after.turn, "version": turn.after.version}
            assert turn.before.model_copy(update=counted) == turn.after
            continue

        assert one_by_one[0].before == turn.before
        assert all(one.after == other.before for one, other in pairwise(one_by_one))
        counted = {"turn": turn.after.turn, "version": turn.after.version}
        assert one_by_one[-1].after.model_copy(update=counted) == turn.after


def test_a_wound_is_told_with_its_effect_rule_dice_event_and_call() -> None:
    played = begin_wandering(CLASSES[0]).wander(40, Random(3))
    wound = next(change for change in about(played, "hp").changes if change.step.effect.kind == "damaged")

    lines = list(explain(wound, played.record))

    number = wound.turn.number
    assert lines[0] == f"turn {number}: {wound.before} → {wound.after}  ({wound.after - wound.before:+d})"
    assert lines[1].startswith("  effect  damaged: target character, amount ")
    assert any(line.startswith("  rule    enemy_turn: ") and "damage" in line for line in lines)
    assert any(line.startswith("  roll    attack by ") and f"  {wound.step.call}/0" in line for line in lines)
    assert lines[-2:] == [f"  event   {played.events[number - 1].metadata.event_id}", f"  call    {wound.step.call}"]
    assert wound.step.call.startswith(f"{played.events[number - 1].metadata.turn_id}/world/")


def test_a_condition_that_bites_as_time_passes_is_the_reason_given() -> None:
    played = begin_wandering(hp=9, conditions=(BLEEDING,)).turn(("search", {}))
    (bite,) = about(played, "hp").changes

    lines = list(explain(bite, played.record))

    assert (bite.before, bite.after) == (9, 7)
    assert "  rule    time passes: Bleeding (-2 hp) has 2 turns left" in lines
    assert lines[-1].startswith(f"  call    {played.events[0].metadata.turn_id}/world/0/")


def test_a_life_lost_to_the_tick_is_a_wound_and_then_a_life() -> None:
    played = begin_wandering(hp=1, conditions=(BLEEDING,)).turn(("search", {}))
    cat = played.state.character

    bitten, woken = about(played, "hp").changes
    (lost,) = about(played, "lives").changes

    assert [(each.before, each.after) for each in (bitten, woken)] == [(1, 0), (0, -(-cat.max_hp // 2))]
    assert [each.step.effect.kind for each in (bitten, woken, lost)] == ["round-passed", "life-lost", "life-lost"]
    assert any("no hit points left: a life" in line for line in explain(lost, played.record))


def test_a_level_is_explained_by_the_experience_that_made_it() -> None:
    played = next(
        each for n in range(20) if (each := begin_wandering(xp=99).wander(25, Random(n))).state.character.level > 1
    )
    (risen, *_) = about(played, "level").changes

    assert risen.step.effect.kind == "level-gained"
    assert f"  rule    {risen.step.before.character.xp} experience make level 2" in list(explain(risen, played.record))


def test_a_field_that_never_changed_says_so() -> None:
    assert headline(about(begin_wandering().turn(), "lives")) == "lives is 9, as it was after turn 0."


def test_a_headline_tells_the_value_the_first_one_and_the_sum() -> None:
    book = about(begin_wandering(hp=9, conditions=(BLEEDING,)).turn(("search", {})).turn(("search", {})), "hp")

    assert headline(book) == "hp is 5. It was 9 after turn 0; 2 changes: -4 in all."


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (("HP",), "hp"),
        (("experience",), "xp"),
        (("max", "hp"), "max-hp"),
        (("inventory",), "bag"),
        (("quest breakfast-is-late",), "quest breakfast-is-late"),
        (("npc", "ferrule"), "npc ferrule"),
        (("breakfast-is-late",), "quest breakfast-is-late"),
        (("breakfast", "is", "late"), "quest breakfast-is-late"),
        (("bleeding",), "condition bleeding"),
    ],
)
def test_a_field_is_found_by_its_name_another_name_or_an_id(asked: tuple[str, ...], name: str) -> None:
    played = begin_wandering(conditions=(BLEEDING,)).turn(("talk", {"npc": "ferrule", "topic": None}))
    played = played.turn(("accept_quest", {"quest": "breakfast-is-late"}))

    assert field_of(asked, known_in(played.states)).name == name


def test_what_cannot_be_asked_is_answered_with_all_that_can() -> None:
    played = begin_wandering().turn(("talk", {"npc": "ferrule", "topic": None}))

    with pytest.raises(Unaskable) as refused:
        field_of(["karma"], known_in(played.states))

    assert "There is no karma to ask for" in str(refused.value)
    assert "max-hp" in str(refused.value) and "npc: ferrule" in str(refused.value)


def test_an_item_is_counted_over_all_its_stacks_and_by_each_of_them() -> None:
    played = begin_wandering().wander(30, Random(4))
    bag = played.state.character.inventory

    for thing in bag:
        kind = sum(each.quantity for each in bag if each.item == thing.item)
        assert (about(played, "item", thing.item).now, about(played, thing.id).now) == (kind, thing.quantity)
