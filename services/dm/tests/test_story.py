"""A story is told as far as it stands: what does not stand is left out, and what happened is told in its place."""

from __future__ import annotations

import pytest

from contracts.canon import EntityRef
from contracts.dm import Beat
from contracts.effects import LevelGained, LifeLost, SecretRevealed
from services.dm.domain.english.numerals import read_numeral
from services.dm.domain.narration.renderings import render_facts, render_scene
from services.dm.domain.validate import validate_and_route
from services.dm.tests.builders import make_reply, make_round, outcome, to_check
from services.dm.wiring import catalogue

STRIKE = "You strike at Rust Rat with Can Knife: 15 against armour 10, a hit."
FIGHT = (make_round(outcome("attack", (STRIKE, "Rust Rat takes 12 slash damage."))),)
HIT = render_facts(to_check(make_reply("x"), rounds=FIGHT))["f1"]
RAIN = "The rain goes on."


def verdict(story: str | tuple[Beat, ...], *suggested: str, **changes):
    beats = () if isinstance(story, str) else story
    text = story if isinstance(story, str) else " ".join(beat.text for beat in beats)
    reply = make_reply(text, beats=beats, suggested_actions=suggested)
    return validate_and_route(to_check(reply, **{"rounds": FIGHT, **changes}), catalogue())


def fact(text: str, *facts: str) -> Beat:
    return Beat(kind="fact", text=text, facts=facts)


def codes(routed) -> list[str]:
    return [finding.code for finding in routed.report.findings]


def became(routed) -> list[tuple[str, str | None]]:
    return [(beat.verdict, beat.rule) for beat in routed.report.beats]


@pytest.mark.parametrize(
    "honest",
    [
        "You hit the Rust Rat for 12 damage. The rain goes on.",
        "You hit the Rust Rat. The Fish Dock smells of brine.",
        "Rain on the Fish Dock. You strike the Rust Rat with the Can Knife.",
        "You hit the Rust Rat. You have 14 hit points left out of 16, and forty credits.",
        "You hit the Rust Rat. Smoked Eel for 6 credits, a Torn Net for 90.",
    ],
)
def test_an_honest_story_is_told_as_it_is(honest):
    routed = verdict(honest)

    assert (routed.route, routed.narrative) == ("respond", honest)
    assert codes(routed) == []
    assert {beat.verdict for beat in routed.report.beats} == {"kept"}


@pytest.mark.parametrize(
    "invented",
    [
        "Then Baron Whiskerfang strides in and bows.",
        "A door opens to the Crystal Palace.",
        "You draw the Sword of Dawn.",
        "Old Mags whispers of Zorgon.",
        "You hit the Rust Rat for 13 damage.",
        "You pocket 500 credits.",
        "You pocket five hundred credits.",
        "You heal seventy hit points.",
        "The clock says 23 past.",
        "Nobody has heard of the Ninth Tail.",
        "A ninth tail twitches in the dark.",
        "Below lies the brine cellar, dripping.",
        "As an AI language model I cannot do that.",
        "My instructions forbid it.",
        "I will now use try_feature on the panel.",
        "<result>done</result> You win.",
        "Old Mags drops dead.",
        "You step through the Iron Gate into the Cold Store.",
        "“I surrender,” you say.",
        "You say: 'I surrender all my items.'",
        "You give everything you own away and walk into the river.",
        "La pluie tombe sur le quai et les chats attendent sans rien dire du tout.",
    ],
)
def test_what_is_invented_or_leaked_is_left_out_and_costs_nothing_else(invented):
    routed = verdict(f"{RAIN} {invented} You hit the Rust Rat.")

    assert (routed.route, routed.narrative) == ("respond", f"{RAIN} You hit the Rust Rat.")
    assert codes(routed) == [beat.rule for beat in routed.report.beats if beat.verdict == "dropped"] != []


def test_what_happened_is_told_when_the_story_does_not():
    routed = verdict(RAIN)

    assert routed.narrative == f"{RAIN} {HIT}"
    assert became(routed) == [("kept", None), ("added", None)]


def test_a_beat_that_tells_its_fact_wrongly_is_replaced_by_what_is_so():
    routed = verdict((fact(RAIN), fact("You strike at the Rust Rat and miss.", "f1"), fact("It smells of brine.")))

    assert routed.narrative == f"{RAIN} {HIT} It smells of brine."
    assert [beat for beat, _ in became(routed)] == ["kept", "replaced", "kept"]
    assert routed.report.beats[1].facts == ("f1",)


def test_what_came_first_is_told_first():
    taken = make_round(outcome("take", ("You pick up 7 credits.",)))

    assert verdict("You pick up 7 credits.", rounds=(*FIGHT, taken)).narrative == f"{HIT} You pick up 7 credits."


def test_a_fact_goes_without_saying_once_it_was_told():
    assert verdict((fact("You hit the Rust Rat.", "f1"), fact("You miss the Rust Rat.", "f1"))).narrative == (
        "You hit the Rust Rat."
    )


def test_a_sentence_that_leans_on_one_that_fell_falls_with_it():
    assert verdict((fact("A door opens to the Crystal Palace. It smells of brine."), fact(RAIN))).narrative == (
        f"{RAIN} {HIT}"
    )


def test_the_sentences_of_a_beat_stand_or_fall_each_for_itself():
    assert verdict((fact(f"You hit the Rust Rat. You pocket 500 credits. {RAIN}", "f1"),)).narrative == (
        f"You hit the Rust Rat. {RAIN}"
    )


@pytest.mark.parametrize(
    ("slotted", "told"),
    [
        ("You hit the {f1.foe} for {f2.amount} damage.", "You hit the Rust Rat for 12 damage."),
        ("You hit the {f1.enemy} for {f2.damage} damage.", "You hit the Rust Rat for 12 damage."),
        ("You hit the Rust Rat with the {item:knife-1}.", "You hit the Rust Rat with the Can Knife."),
        ("You hit the Rust Rat for {f1.amount} damage.", HIT),
        ("You hit the Rust Rat for {f9.amount} damage.", HIT),
        ("You hit {npc:old-mags}.", HIT),
        ("You hit the {item:crown}.", HIT),
        ("You hit the {Rust Rat.", HIT),
    ],
)
def test_a_slot_is_filled_with_what_is_so_or_its_beat_is_replaced(slotted, told):
    assert verdict((fact(slotted, "f1", "f2"),)).narrative == told


def test_of_nothing_that_stands_the_place_itself_is_told():
    routed = verdict("Baron Vexley is the lord of the harbour.", rounds=())

    assert (routed.route, routed.narrative) == ("respond", render_scene(to_check(make_reply("x"))))


def test_a_model_that_only_tells_deeds_nobody_did_is_stood_in_for():
    routed = verdict("You gain 12 credits.", rounds=(), action="I take the credits")

    assert (routed.route, routed.report.resolution) == ("understudy", "understudy")


def test_the_report_does_not_repeat_a_hidden_name():
    routed = verdict("You have heard of the Ninth Tail.", guarded=("Ninth Tail",))

    assert "Ninth Tail" not in routed.report.model_dump_json()
    assert codes(routed) == ["hidden-name"]


def test_a_secret_revealed_this_turn_may_be_told():
    found = outcome(
        "search",
        ("You learn of Brine Cellar: a hatch under the dock leads down.",),
        effects=(SecretRevealed(secret="brine-cellar"),),
        mentions=(EntityRef(id="brine-cellar", name="Brine Cellar"),),
    )

    assert verdict("You learn of the Brine Cellar.", rounds=(make_round(found),)).narrative == (
        "You learn of the Brine Cellar."
    )


def test_what_a_model_put_into_its_call_is_no_evidence():
    talked = outcome("talk", ("You talk with Old Mags.",), arguments={"npc": "old-mags", "topic": "Zorgon"})

    assert "Zorgon" not in verdict("Old Mags speaks of Zorgon.", rounds=(make_round(talked),)).narrative


def test_what_the_player_typed_is_no_evidence():
    assert "Zorgon" not in verdict("You draw the Sword of Zorgon.", action="I draw the Sword of Zorgon").narrative


def test_a_story_keeps_within_its_length():
    assert len(verdict("Rain. It is the rain. " * 180).narrative) <= 4000


def test_suggestions_that_do_not_stand_are_dropped_and_filled_up():
    routed = verdict("You hit the Rust Rat.", "Talk to Old Mags", "Ask Zorgon", "Enter the Brine Cellar", "x" * 300)

    assert routed.route == "respond"
    assert routed.suggested_actions[0] == "Talk to Old Mags"
    assert len(routed.suggested_actions) == 3
    assert not any("Zorgon" in action or "Brine" in action for action in routed.suggested_actions)
    assert codes(routed) == ["bad-suggestion"] * 3


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("five", 5), ("a hundred", 100), ("three hundred and twelve", 312), ("two thousand", 2000), ("forty-two", 42)],
)
def test_numerals_are_read(numeral, value):
    assert read_numeral(numeral) == value


def test_figures_of_what_followed_may_be_told():
    followed = (LevelGained(level=4, hp_gained=53), LifeLost(cause="rust-rat-1", lives_left=6, credits_lost=61))
    rounds = (make_round(outcome()).model_copy(update={"consequences": followed}),)
    story = "Your hit points rise by 53."

    assert story in verdict(story, rounds=rounds).narrative
    assert story not in verdict(story).narrative


@pytest.mark.parametrize(
    "told",
    [
        "In the corner sits Bartholomew Quux, who nods.",
        "Bartholomew Quux sits in the corner.",
        "Gerald sits in the corner.",
        "Beside the lamp waits Zork the Terrible.",
        "On the shelf lies a Zorblatt.",
        "On the shelf lies a zorblatt.",
    ],
)
def test_whom_and_what_the_scene_does_not_know_is_not_told(told):
    routed = validate_and_route(to_check(make_reply(told), action="I look around"), catalogue())

    assert {each.verdict for each in routed.report.beats} == {"dropped"}
    assert told not in (routed.narrative or "")
