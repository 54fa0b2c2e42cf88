"""Refusals of what the rules would not allow: the reason that is told is the true one."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.state import AbilityState
from services.dm.domain.understudy.master import reply
from services.dm.tests.builders import BLINK, STATIC, character, make_request, rats, scene


def tell(action: str, *, fighting: bool = True, **changes: Any) -> str:
    here = scene(cat=character(**changes), encounter=rats(8, 8) if fighting else None)
    return reply(make_request(action, scene=here)).narrative or ""


@pytest.mark.parametrize("fighting", [True, False])
@pytest.mark.parametrize(
    ("known", "energy", "held"),
    [
        (AbilityState(ability=STATIC, ready_in=1), 6, "1 turn"),
        (AbilityState(ability=STATIC, ready_in=2), 6, "2 turns"),
        (AbilityState(ability=STATIC, charges=0), 6, "sleep|slept"),
        (AbilityState(ability=STATIC.model_copy(update={"cost": 5})), 4, "4 energy|have 4"),
    ],
)
def test_an_ability_that_cannot_be_used_yet_says_why(
    known: AbilityState, energy: int, held: str, fighting: bool
) -> None:
    told = tell("use static burst", fighting=fighting, abilities=(known,), energy=energy)

    assert any(words in told for words in held.split("|"))
    assert "get out of" not in told
    assert "tight corner" not in told


def test_what_only_gets_one_out_of_a_fight_waits_for_one() -> None:
    told = tell("use blink step", fighting=False, abilities=(AbilityState(ability=BLINK),))

    assert "get out of" in told or "tight corner" in told


def test_an_ability_that_is_not_ready_is_not_told_as_ready() -> None:
    told = tell("what are my abilities?", abilities=(AbilityState(ability=STATIC, ready_in=1),))

    assert "ready in 1 turn" in told
    assert "ready now" not in told


def test_what_is_worn_is_said_to_be_worn() -> None:
    told = tell("put on the coat")

    assert "wear" in told or "on you" in told
