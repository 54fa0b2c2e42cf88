"""Somebody who is not here is said to be where they are, with the way there."""

from __future__ import annotations

import pytest

from ninelives.evaluation.understanding.situations import setting
from services.dm.domain.understudy.master import reply
from services.dm.tests.test_answers import request_in

HERE = request_in(setting("listen-stage"))


def tell(action: str) -> str:
    return reply(HERE.model_copy(update={"action": action})).narrative or ""


@pytest.mark.parametrize(
    "action",
    ["ask ferrule about breakfast", "where can I find Ferrule", "give my sardines to ferrule", "where is the clerk"],
)
def test_who_is_elsewhere_is_said_to_be_there(action: str) -> None:
    assert "Ferrule" in tell(action)
    assert "Lost Property" in tell(action)
    assert "counter flap" in tell(action)


def test_before_it_is_asked_whether_to_go_it_is_told_who_is_there() -> None:
    told = tell("talk to auntie again")

    assert "Auntie Bellows" in told
    assert "Do you mean: go to the steam arch?" in told


def test_who_is_here_is_looked_at() -> None:
    assert "aged five months" in tell("where is pib")
