"""Needs that are told of are met with what there is against them; a state that is told of is no deed."""

from __future__ import annotations

from typing import Any

import pytest

from services.dm.domain.reading import Deed, read
from services.dm.domain.understudy.master import reply
from services.dm.tests.builders import briefing, character, make_request, rats, scene


def tell(action: str, **changes: Any) -> str:
    return reply(make_request(action, scene=scene(**changes))).narrative or ""


@pytest.mark.parametrize("action", ["I'm hungry", "so hungry", "we are starving", "my paw hurts", "I need healing"])
def test_hunger_and_hurt_are_met_with_what_mends(action: str) -> None:
    assert "Tin of Tuna, something that mends 1d6" in tell(action)
    assert "mends 1d6" not in tell(action, cat=character(inventory=()))


def test_a_tired_cat_is_told_whether_it_can_sleep_here() -> None:
    tired = character(hp=3)

    assert "leep" in tell("I'm so tired", cat=tired)
    assert "just say so" not in tell("I'm so tired", cat=tired, encounter=rats(8))


def test_whoever_is_stuck_is_told_what_works_here() -> None:
    assert "“" in tell("I'm stuck")


@pytest.mark.parametrize("action", ["the rat is hungry", "I am not hungry", "ask the rat whether it is hungry now"])
def test_the_hunger_of_others_is_not_met(action: str) -> None:
    assert "mends" not in tell(action)


@pytest.mark.parametrize("action", ["I'm attacked", "I am hit", "I am confused", "we are attacked", "I am robbed"])
def test_a_state_that_is_told_of_is_no_deed(action: str) -> None:
    steps = read(action, scene(encounter=rats(8)), briefing())

    assert not any(isinstance(step.meaning, Deed) for step in steps)


@pytest.mark.parametrize("action", ["I am attacking the rat", "I'm going to hit the rat", "I am hitting the rat"])
def test_a_deed_that_goes_on_is_one(action: str) -> None:
    steps = read(action, scene(encounter=rats(8)), briefing())

    assert [step.meaning.tool for step in steps if isinstance(step.meaning, Deed)] == ["attack"]
