"""News stands when the rules made it: the same sentence is a lie in one turn and the truth in another."""

from __future__ import annotations

import pytest

from contracts.canon import EntityRef
from contracts.effects import CreditsGained, Damaged, ExitUnlocked, Healed, ItemGained, Moved
from services.dm.domain.validate import validate_and_route
from services.dm.tests.builders import TUNA, outcome, played, rats, said, scene, to_check
from services.dm.wiring import catalogue

HIT = Damaged(target="rust-rat-1", amount=12, damage_type="slash", source="character")
EARNED = {
    "You pick up the purse of credits.": CreditsGained(amount=12, source="bent-hook"),
    "You slip the tuna into your bag.": ItemGained(item=TUNA, source="bent-hook"),
    "You step off the plank and enter the Tin Market.": Moved(
        origin="fish-dock", to=EntityRef(id="tin-market", name="Tin Market")
    ),
    "With a twist of a claw you unlock the gate.": ExitUnlocked(exit="iron-gate"),
    "Your wounds close.": Healed(amount=2),
    "The blow does 12 damage.": HIT,
}


def found(story: str, action: str = "I look around", **changes) -> list[str]:
    routed = validate_and_route(to_check(said(story), action=action, **changes), catalogue())
    return [finding.code for finding in routed.report.findings]


@pytest.mark.parametrize("story", EARNED)
def test_news_stands_only_when_an_effect_bears_it_out(story: str):
    assert found(story) != []
    assert found(story, rounds=(played(outcome("search", effects=(EARNED[story],))),)) == []


def test_what_was_refused_when_it_was_settled_did_not_happen():
    gained = outcome("search", effects=(EARNED["You pick up the purse of credits."],))

    assert found("You pick up the purse of credits.", rounds=(played(gained, refused={gained.key: "no"}),)) != []


@pytest.mark.parametrize(
    "story",
    [
        "You do not find any gold.",
        "If you took the gold, she would know.",
        "You dream that you find a sword.",
        "“I found a sword once,” says Old Mags. “I killed with it.”",
        "Do you find a sword? Hardly.",
        "You pick up a scent, take a breath and lose your patience.",
        "You find that the rain has stopped minding.",
    ],
)
def test_what_is_denied_supposed_dreamt_or_quoted_is_no_news(story: str):
    assert found(story) == []


def test_an_enemy_is_dead_when_it_fell():
    fight = scene(encounter=rats(0, 8))
    blow = (played(outcome("attack", effects=(HIT,))),)

    assert found("You kill the first Rust Rat.", scene=fight, rounds=blow) == []
    assert found("You kill the first Rust Rat.", scene=scene(encounter=rats(8, 8))) == ["unearned-death"]
    assert found("Old Mags drops dead.", scene=fight, rounds=blow) == ["unearned-death"]


def test_a_figure_of_the_sheet_is_not_a_figure_of_damage():
    assert found("You have 14 hit points left.") == []
    assert found("You take 14 damage.") == ["unknown-figure"]


def test_the_character_says_and_does_what_its_player_wants():
    story = "“I give up,” you say, and Old Mags shrugs."

    assert found(story) == ["puppetry"]
    assert found(story, action="I say that I give up") == []
    assert found("You attack Old Mags with your claws.") == ["puppetry"]
    assert found("You attack Old Mags with your claws.", action="I hit Old Mags") == []


def test_people_who_are_elsewhere_do_not_act_here():
    names = ("Fish Dock", "Old Mags", "Doctor Brine")

    assert found("Doctor Brine nods at you.", names=names) == ["absent-person"]
    assert found("Old Mags nods, and speaks of Doctor Brine.", names=names) == []


def test_what_is_not_carried_is_not_yours():
    names = ("Can Knife", "Static Whip")

    assert found("Your Static Whip crackles.", names=names) == ["not-yours"]
    assert found("Your Can Knife is dull.", names=names) == []


def test_a_story_is_told_in_english():
    assert found("La pluie tombe sur le quai et les chats attendent sans rien dire du tout.") == ["language"]


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
    assert "machinery" in found(story)


@pytest.mark.parametrize("hiding", ["Seek the b r i n e c e l l a r.", "Below lies the Bri\u200bne Cel\u200blar."])
def test_a_hidden_name_does_not_pass_in_single_letters_or_with_invisible_ones(hiding: str):
    assert "hidden-name" in found(hiding)


def test_two_findings_of_one_fault_are_one():
    assert found("You find 500 credits.") == ["unknown-figure", "unearned-gain"]
