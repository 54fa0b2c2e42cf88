"""Turns that the chronicle takes for settled are older than those that the game master is shown word for word."""

from __future__ import annotations

from services.campaign.application.open_turn import REMEMBERED
from services.chronicle.adapters.chronicle_table import SETTLED


def test_names_count_as_read_for_no_turn_that_may_not_have_been_filed() -> None:
    assert SETTLED < REMEMBERED - 1
