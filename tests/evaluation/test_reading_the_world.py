"""The world says of people, abilities and things what is meant by a player's words."""

from __future__ import annotations

import pytest

from ninelives.evaluation.understanding.playing import Playthrough, play
from ninelives.evaluation.understanding.situations import setting
from services.dm.domain.reading import Answer, Deed, Refusal, read


def play_at(text: str, at: str) -> Playthrough:
    return play(text, setting(at), read)


def deeds(text: str, at: str) -> list[tuple[str, str | None]]:
    """The deeds that were tried, each with the first of its arguments."""
    tried = [each.meaning for each in play_at(text, at).acted if isinstance(each.meaning, Deed)]
    return [(deed.tool, next(iter(deed.arguments.values()), None)) for deed in tried]


@pytest.mark.parametrize(
    ("text", "at", "tried"),
    [
        ("go back to ferrule", "market-morning", [("move_to", "market-flap")]),
        ("go back and tell auntie", "listen-stage", [("move_to", "market-steam"), ("talk", "auntie-bellows")]),
        ("take the policy to the actuary", "crawl-nil", [("move_to", "crawl-hall"), ("give", "tenth-policy-7")]),
    ],
)
def test_who_goes_to_somebody_goes_to_where_they_are(text: str, at: str, tried: list[tuple[str, str]]) -> None:
    assert deeds(text, at) == tried


def test_nobody_else_is_meant_by_the_name_of_who_is_not_here() -> None:
    meaning = play_at("talk to Lady Umbrel", "pier-shop").acted[0].meaning

    assert isinstance(meaning, Refusal)
    assert (meaning.reason, meaning.looked_for) == ("not-here", "Lady Umbrel")


def test_where_somebody_is_found_is_the_way_there() -> None:
    assert Answer("way", "warm-laundry") in [
        each.meaning for each in play_at("where do I find this Bellows person", "ferrule-offer").acted
    ]


@pytest.mark.parametrize(
    ("text", "at", "ability"),
    [
        ("confuse it", "sump-eel", "crossed-wires"),
        ("get big", "alley-bunnies", "arched-back"),
        ("purr till im better", "pier-gulls", "mending-purr"),
    ],
)
def test_an_ability_is_called_by_all_that_the_world_calls_it(text: str, at: str, ability: str) -> None:
    assert deeds(text, at) == [("use_ability", ability)]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("take the tin", "market-morning"),
        ("i'll have a look at the tin hat", "market-morning"),
        ("Is it stealing if I pick up the coins on that cushion?", "terrace-noon"),
        ("got it", "laundry-tired"),
        ("patch the robot", "chute-fight"),
    ],
)
def test_nothing_is_spent_taken_or_used_that_was_not_asked_for(text: str, at: str) -> None:
    assert deeds(text, at) == []


def test_who_tells_of_a_thing_is_no_part_of_its_name() -> None:
    assert deeds("grab the nip somebody left on the bench", "chapel-candle") == [("take", "pew-candle")]


def test_both_are_two_and_one_of_two_is_one() -> None:
    assert len(deeds("both cells", "belt-wrangler")) == 2
    assert len(deeds("drink one of my two creams", "heart-notice")) == 1


def test_an_attempt_is_made_again_in_the_way_that_is_told() -> None:
    attempts = [each.meaning for each in play_at("try again but smarter", "drip-hatch").acted]

    assert attempts == [Deed("try_feature", {"feature": "sluice-wheel", "approach": "wits"})]
