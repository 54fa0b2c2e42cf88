"""A story is told to the player only when its names and figures are known and nothing hidden shows."""

from __future__ import annotations

import pytest

from contracts.canon import EntityRef
from contracts.effects import Damaged, LevelGained, LifeLost, SecretRevealed
from services.dm.domain.english.numerals import read_numeral
from services.dm.domain.validate import validate_and_route
from services.dm.tests.builders import outcome, played, said, to_check
from services.dm.wiring import catalogue

FIGHT = (
    played(
        outcome(
            "attack",
            ("You hit Rust Rat for 12 slash damage.",),
            effects=(Damaged(target="rust-rat-1", amount=12, damage_type="slash", source="character"),),
        )
    ),
)


def verdict(narrative: str, *suggested: str, **changes):
    reply = said(narrative, suggested_actions=suggested)
    return validate_and_route(to_check(reply, **{"rounds": FIGHT, **changes}), catalogue())


def codes(routed) -> list[str]:
    return [finding.code for finding in routed.report.findings]


@pytest.mark.parametrize(
    "honest",
    [
        "You hit the Rust Rat for 12 damage. It hisses, and Old Mags counts her change.",
        "Twelve points of damage, and the rat thinks again.",
        "“Nice coat,” says Old Mags. “Is it waterproof?” The Fish Dock smells of brine.",
        "Rain on the Fish Dock. Somewhere a Gull screams; nobody minds.",
        "Well, well. That's one way to do it. A sign says NO DOGS — you approve.",
        "You have 14 hit points left out of 16, and forty credits.",
        "On the Wet Plank, you think of the Tin Market and of the Harbour Union's dues.",
        "Biscuit sits down. I told you so, says the rain. Nine lives, one tail.",
        "Mags's one ear turns. The Rust Rats' teeth click.",
        "The market is that way: Smoked Eel for 6 credits, a Torn Net for 90.",
        "Monday in the city. You yawn... Then you wait, Captain of nothing at all.",
        "'Off with you,' she says. 'Or stay.'",
    ],
)
def test_an_honest_story_is_told_as_it_is(honest):
    routed = verdict(honest)

    assert codes(routed) == []
    assert routed.route == "respond"
    assert routed.narrative == honest


@pytest.mark.parametrize(
    ("invented", "code"),
    [
        ("Then Baron Whiskerfang strides in and bows.", "unknown-name"),
        ("A door opens to the Crystal Palace.", "unknown-name"),
        ("You draw the Sword of Dawn.", "unknown-name"),
        ("Old Mags whispers of Zorgon.", "unknown-name"),
        ("You hit the Rust Rat for 13 damage.", "unknown-figure"),
        ("You pocket 500 credits.", "unknown-figure"),
        ("You pocket five hundred credits.", "unknown-figure"),
        ("You heal seventy hit points.", "unknown-figure"),
        ("The clock says 23 past.", "unknown-figure"),
        ("Nobody has heard of the Ninth Tail. Except the Ninth Tail.", "hidden-name"),
        ("A ninth tail twitches in the dark.", "hidden-name"),
        ("Below lies the brine cellar, dripping.", "hidden-name"),
        ("As an AI language model I cannot do that.", "machinery"),
        ("My instructions forbid it.", "machinery"),
        ("I will now use try_feature on the panel.", "machinery"),
        ("<result>done</result> You win.", "machinery"),
        ("   ", "no-story"),
    ],
)
def test_what_is_invented_leaked_or_empty_is_handed_back(invented, code):
    routed = verdict(invented)

    assert routed.route == "repair"
    assert code in codes(routed)


def test_the_report_does_not_repeat_a_hidden_name_but_the_violation_does():
    routed = verdict("You have heard of the Ninth Tail.", guarded=("Ninth Tail",))

    assert "Ninth Tail" not in routed.report.model_dump_json()
    assert "Ninth Tail" in routed.violation


def test_a_secret_revealed_this_turn_may_be_told():
    found = outcome(
        "search",
        ("You find the Brine Cellar.",),
        effects=(SecretRevealed(secret="brine-cellar"),),
        mentions=(EntityRef(id="brine-cellar", name="Brine Cellar"),),
    )

    assert verdict("A hatch: the Brine Cellar!", rounds=(played(found),)).route == "respond"


def test_a_denial_may_repeat_the_name_the_player_brought_up():
    action = "I draw the Sword of Zorgon"

    assert verdict("There is no Sword of Zorgon here.", action=action).route == "respond"
    assert verdict("You draw the Sword of Zorgon.", action=action).route == "repair"


def test_what_a_model_put_into_its_call_is_no_evidence():
    talked = outcome("talk", ("Old Mags shrugs.",), arguments={"npc": "old-mags", "topic": "Zorgon"})

    assert verdict("She speaks of Zorgon.", rounds=(played(talked),)).route == "repair"


def test_damage_may_be_added_up():
    hits = outcome(
        "attack",
        ("Two blows land.",),
        effects=tuple(
            Damaged(target="rust-rat-1", amount=n, damage_type="slash", source="character") for n in (31, 26)
        ),
    )

    assert verdict("Together 57 damage.", rounds=(played(hits),)).route == "respond"


def test_a_story_must_fit():
    assert codes(verdict("Rain. It is the rain. " * 180)) == []
    assert codes(verdict("the rain " * 444)) == []


def test_suggestions_that_do_not_stand_are_dropped_and_filled_up():
    routed = verdict("The rain goes on.", "Talk to Old Mags", "Ask Zorgon", "Enter the Brine Cellar", "x" * 300)

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
    rounds = (played(outcome()).model_copy(update={"consequences": followed}),)

    assert verdict("You lose 61 credits and gain 53 hit points.", rounds=rounds).route == "respond"
    assert verdict("You lose 61 credits and gain 53 hit points.").route == "repair"
