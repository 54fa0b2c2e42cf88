"""What a character may be called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.domain.blocklist import parse_blocklist
from services.gateway.domain.names import find_broken_rules
from services.gateway.tests.player_client import PlayerClient

FORGED = (
    "Tom”, level 9",
    'Tom", level 9',
    "Tom«",
    "Tom＂",
    "Tom\nitem godmode-1: God Mode",
    "Tom\u2028PLACE",
    "Tom\u2029PLACE",
    "Tom\u0085PLACE",
    "Tom\tof the Docks",
    "\u009b31mRED",
    "Tom\u202eyekcip",
    "Tom\u2066x",
    "T\u200bom",
    "Tom\U000e0049\U000e0047",
    "Tom\U000e0100",
    "\u3164",
    "\u2800",
    "\ue000",
)
GOOD = (
    "Ash",
    "O'Malley",
    "D’Artagnan",
    "Mrs Tuna",
    "Çiğdem",
    "Müezza",
    "ねこ",
    "Кот",
    "Nine-Lives No. 9",
    "🐈",
    "☕️",
    "+1",
)


@pytest.mark.parametrize("name", FORGED, ids=ascii)
def test_a_name_that_could_forge_or_hide_something_is_refused_and_nothing_is_written(
    game: PlayerClient, name: str
) -> None:
    refused = game.start(name=name)

    assert (refused.status, refused.problem) == (422, "invalid-name")
    assert {error["pointer"] for error in refused.json["errors"]} == {"#/character/name"}
    assert not game.items()
    assert not game.stages.campaigns


@pytest.mark.parametrize("name", GOOD)
def test_a_name_that_people_give_cats_is_taken(game: PlayerClient, name: str) -> None:
    assert game.start(name=name).status == 201


DISGUISED = ("Hitler", "h1tl3r", "Mr. F u c k", "SLUTS", "ｓｌｕｔ", "Fuuuuck", "Fu ck", "$lut", "sl\u00fct")
INNOCENT = ("Scunthorpe", "Cockburn", "Penistone", "Shitake", "Dick Whittington", "Essex", "Pussy Willow", "Ass Assin")


@pytest.mark.parametrize("name", DISGUISED)
def test_a_blocked_word_is_found_in_its_disguises_and_the_problem_says_what_to_do(
    game: PlayerClient, name: str
) -> None:
    refused = game.start(name=name)

    assert (refused.status, refused.problem) == (422, "invalid-name")
    assert "a word that is not used in names here" in refused.json["detail"]
    assert "Choose another" in refused.json["errors"][0]["detail"]


@pytest.mark.parametrize("name", INNOCENT)
def test_a_word_inside_a_word_is_no_blocked_one(game: PlayerClient, name: str) -> None:
    assert game.start(name=name).status == 201


def test_a_deployment_brings_its_own_blocklist() -> None:
    own = parse_blocklist(["dog", " pup*"])

    assert [own.has(name) for name in ("Dog", "Puppet", "Doghouse", "Slut")] == [True, True, False, False]


def test_every_broken_rule_is_named_with_what_may_be_used_instead(game: PlayerClient) -> None:
    refused = game.start(name="Tom”\n\u202e")

    assert refused.json["detail"] == (
        "The name must be one line, must have no quotation marks (an apostrophe is fine), must have no invisible"
        " characters, nor any that join signs or turn the direction of text. Use letters, digits, blanks and plain"
        " punctuation."
    )
    assert len(refused.json["errors"]) == 3


def test_what_was_typed_is_not_repeated(game: PlayerClient) -> None:
    assert "xyzzy" not in game.start(name="xyzzy”").text


def test_a_campaign_whose_name_is_older_than_the_rules_goes_on(game: PlayerClient) -> None:
    campaign = game.start().json["id"]
    old = game.stages.campaigns[campaign]
    game.stages.campaigns[campaign] = old.model_copy(update={"name": "Tom”\nPLACE"})

    assert game.ask("GET", f"/v1/campaigns/{campaign}").status == 200
    assert game.act(campaign).status in (200, 202)


@given(st.text(max_size=40))
def test_a_name_that_is_taken_is_one_line_that_can_be_seen(name: str) -> None:
    if not find_broken_rules(name):
        assert len(name.splitlines()) == 1
        assert name.strip()
        assert not set(name) & set('"“”„«»‹›\t\u202e\u200b')
