"""Under each story the terminal says which machine wrote it."""

from __future__ import annotations

import pytest

from contracts.dm import Usage
from contracts.playerapi import Turn
from ninelives.game import screen
from services.gateway.tests import builders
from tests.game.test_opening import print_text

MODEL = Usage(model="a-model-of-somebody", calls=1)


@pytest.mark.parametrize(
    ("told", "line"),
    [
        ({"told_by": "model", "usage": MODEL}, "written by AI: a-model-of-somebody"),
        ({"told_by": "model"}, "written by AI: a language model"),
        ({"told_by": "understudy", "usage": Usage()}, "written by a program, the understudy"),
        ({"told_by": "understudy", "usage": MODEL}, "written by a program, the understudy"),
    ],
)
def test_a_story_is_followed_by_who_wrote_it(told: dict[str, object], line: str) -> None:
    turn = Turn.model_validate(
        {
            "id": "t_" + "a" * 26, "campaign_id": builders.sheet().state.campaign_id, "status": "resolved",
            "action": "wait", "accepted_at": builders.NOW, "number": 1, "narrative": "Rain.", **told,
        }
    )  # fmt: skip

    assert print_text(screen.turn(turn)).index("Rain.") < print_text(screen.turn(turn)).index(line)


def test_what_the_player_should_be_told_of_a_turn_stands_below_its_story() -> None:
    turn = Turn.model_validate(
        {
            "id": "t_" + "a" * 26, "campaign_id": builders.sheet().state.campaign_id, "status": "resolved",
            "action": "wait", "accepted_at": builders.NOW, "number": 1, "narrative": "Rain.", "told_by": "understudy",
            "notice": {"code": "day-ceiling", "text": "The money is spent."},
        }
    )  # fmt: skip

    assert "The money is spent." in print_text(screen.turn(turn))
