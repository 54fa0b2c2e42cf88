"""Sentences of the game master without a model: what they say of the scene is so."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.lore import Ware
from ninelives.evaluation.local_turn import TurnStart, play_turn
from ninelives.evaluation.understanding.situations import SEED, recipes, setting
from services.dm.domain.english.sentences import split_sentences
from services.dm.domain.understudy.master import reply
from services.dm.domain.understudy.narrator.grammar import says_one_of
from services.dm.tests.builders import briefing, make_request


def tell(action: str, **changes: Any) -> str:
    return reply(make_request(action, **changes)).narrative or ""


def says(told: str, *sections: str) -> bool:
    return any(says_one_of(sentence, sections) for sentence in split_sentences(told))


@pytest.mark.parametrize("situation", recipes())
def test_who_has_just_searched_is_not_told_to_search(situation: str) -> None:
    told = play_turn(TurnStart(setting(situation).scene.state, SEED), "search", reply)

    assert [each.call.name for each in told.outcomes][:1] != ["search"] or not says(
        told.telling.narrative, "pointer-search"
    )


def test_a_purse_is_held_against_a_price_only_where_there_is_something_to_buy() -> None:
    def ask(left: int) -> str:
        eel = Ware(id="eel", name="Eel Jelly", price=6, left=left)
        return tell("how much is the eel jelly?", briefing=briefing(wares=(eel,)))

    assert says(ask(2), "price-can")
    assert not says(ask(0), "price-can", "price-cannot")
    assert "sold out" in ask(0)
