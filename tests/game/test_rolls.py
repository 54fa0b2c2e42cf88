"""The terminal's dice agree with the damage that was done."""

from __future__ import annotations

import pytest

from contracts.playerapi import EffectView, Turn
from contracts.tools import Roll, RollModifier
from ninelives.game import screen
from services.gateway.tests import builders
from tests.game.test_opening import print_text


def play(total: int, dealt: int | None) -> Turn:
    bonus = RollModifier(name="bonus", amount=total - 1)
    fallen = Roll(
        key="t/w/0/1", purpose="damage", count=1, sides=4, faces=(1,), kept=(1,), modifiers=(bonus,), total=total
    )
    done = EffectView(kind="damaged", call="t/w/0", detail={"target": "character", "amount": dealt})
    other = EffectView(kind="damaged", call="t/w/1", detail={"target": "character", "amount": 40})
    return Turn(
        id=builders.TURN_ID,
        campaign_id=builders.CAMPAIGN_ID,
        status="resolved",
        action="I wait",
        accepted_at=builders.NOW,
        number=1,
        rolls=(fallen,),
        effects=(other,) if dealt is None else (other, done),
    )


@pytest.mark.parametrize(
    ("total", "dealt", "shown"),
    [
        (4, 4, "= 4\n"),
        (0, 1, "= 0, at least 1\n"),
        (0, 2, "= 0, at least 1, doubled to 2\n"),
        (5, 10, "= 5, doubled to 10\n"),
        (5, 2, "= 5, halved to 2\n"),
        (0, None, "= 0\n"),
    ],
)
def test_a_roll_for_damage_says_why_another_figure_was_dealt(total: int, dealt: int | None, shown: str) -> None:
    line = next(line for line in print_text(screen.turn(play(total, dealt))).splitlines() if "damage" in line)

    assert (line.rstrip() + "\n").endswith(shown)
