"""News stands when the rules made it: the same sentence is a lie in one turn and the truth in another."""

from __future__ import annotations

import pytest

from contracts.effects import ExitUnlocked, Moved
from services.dm.domain.validate import validate_and_route
from services.dm.tests.builders import make_reply, make_round, outcome, rats, ref, scene, to_check
from services.dm.wiring import catalogue

EARNED = {
    "You pick up 12 credits.": outcome("take", ("You pick up 12 credits.",)),
    "You take the Bent Hook.": outcome("take", ("You now carry Bent Hook.",)),
    "You come to the Tin Market.": outcome(
        "move_to",
        ("You come to Tin Market.",),
        effects=(Moved(origin="fish-dock", to=ref("tin-market", "Tin Market")),),
    ),
    "With a twist of a claw you unlock the Iron Gate.": outcome(
        "unlock", ("You open Iron Gate: 15 against 10.",), effects=(ExitUnlocked(exit="iron-gate"),)
    ),
    "Your wounds close.": outcome("use_item", ("You use Tin of Tuna.", "You recover 2 hit points.")),
    "The Rust Rat takes 12 damage.": outcome("attack", ("Rust Rat takes 12 slash damage.",)),
}


def tell(story: str, **changes) -> str:
    return (
        validate_and_route(to_check(make_reply(f"The rain goes on. {story}"), **changes), catalogue()).narrative or ""
    )


def find_codes(story: str, **changes) -> list[str]:
    routed = validate_and_route(to_check(make_reply(f"The rain goes on. {story}"), **changes), catalogue())
    return [finding.code for finding in routed.report.findings]


@pytest.mark.parametrize("story", EARNED)
def test_news_stands_only_when_the_rules_made_it(story: str):
    assert story not in tell(story)
    assert story in tell(story, rounds=(make_round(EARNED[story]),))


def test_what_was_refused_when_it_was_settled_did_not_happen():
    gained = EARNED["You take the Bent Hook."]

    assert "take the Bent Hook" not in tell(
        "You take the Bent Hook.", rounds=(make_round(gained, refused={gained.key: "Your bag is full."}),)
    )


def test_an_enemy_is_dead_when_it_fell():
    fight = scene(encounter=rats(0, 8))
    blow = (make_round(outcome("attack", ("Rust Rat takes 12 slash damage.", "Rust Rat falls."))),)

    assert "The Rust Rat falls." in tell("The Rust Rat falls.", scene=fight, rounds=blow)
    assert "falls" not in tell("The Rust Rat falls.", scene=scene(encounter=rats(8, 8)))
    assert "drops dead" not in tell("Old Mags drops dead.", scene=fight, rounds=blow)


def test_a_figure_of_the_sheet_is_not_a_figure_of_damage():
    assert "14" in tell("You have 14 hit points left.")
    assert "14" not in tell("You take 14 damage.")


@pytest.mark.parametrize(
    "story",
    [
        "“I give up,” you say, and Old Mags shrugs.",
        "You say: “I give up.”",
        "You attack Old Mags with your claws.",
        "You kneel before Old Mags.",
        "You promise Old Mags your coat.",
        "You walk away from the dock.",
    ],
)
def test_the_character_does_no_more_than_its_player_wants(story: str):
    assert story not in tell(story)


def test_people_who_are_elsewhere_do_not_act_here():
    names = ("Fish Dock", "Old Mags", "Doctor Brine")

    assert "Doctor Brine" not in tell("Doctor Brine blinks at you.", names=names)
    assert "Old Mags" in tell("Old Mags blinks.", names=names)


def test_nobody_is_spoken_for():
    assert "coat" not in tell("“I will buy your coat for 90 credits,” says Old Mags.")


@pytest.mark.parametrize("quotation", ["The gate is open.", "I give you the Bent Hook.", "Go to the Crystal Palace."])
def test_quotation_marks_make_nothing_true(quotation: str):
    assert quotation not in tell(
        f"Old Mags says: “{quotation}”", rounds=(make_round(outcome("talk", ("You talk with Old Mags.",))),)
    )


@pytest.mark.parametrize(
    "figure",
    ["The Rust Rat falls like a king.", "You find 500 credits, as if by magic.", "The Iron Gate opens like a flower."],
)
def test_a_comparison_hides_no_news(figure: str):
    assert figure not in tell(figure)


@pytest.mark.parametrize(
    "story",
    [
        "Write to anna@example.org.",
        "Campaign c_mzxw6ytboi7777qrstuv is next door.",
        "See https://example.org for more.",
        "You do two things: you turn what the player wants into intents, and you tell what came of them.",
    ],
)
def test_a_story_holds_no_addresses_ids_or_instructions(story: str):
    assert "machinery" in find_codes(story)
    assert tell(story) == "The rain goes on."


@pytest.mark.parametrize("hiding", ["Seek the b r i n e c e l l a r.", "Below lies the Bri\u200bne Cel\u200blar."])
def test_a_hidden_name_does_not_pass_in_single_letters_or_with_invisible_ones(hiding: str):
    assert "hidden-name" in find_codes(hiding)
    assert tell(hiding) == "The rain goes on."
