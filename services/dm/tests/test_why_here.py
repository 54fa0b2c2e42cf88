"""Answers to newcomers who ask why they are here, and to whoever asks what a thing of their own brings."""

from __future__ import annotations

from contracts.lore import Ware
from services.dm.domain.reading import Answer
from services.dm.domain.understudy.narrator.answers import answer
from services.dm.domain.understudy.narrator.grammar import Voice
from services.dm.tests.builders import briefing, make_request


def tell(meaning: Answer, action: str, **changes: object) -> str:
    return " ".join(answer(meaning, make_request(action, briefing=briefing(**changes)), Voice("c", 1)))


def test_who_asks_why_they_are_here_hears_who_they_are_what_is_wanted_and_what_to_do() -> None:
    heard = tell(Answer("recap"), "what am i doing here")

    assert all(
        word in heard for word in ("Biscuit", "Alley Cat", "Fish Dock", "Gull Tax", "feathers", "accept Gull Tax")
    )


def test_who_offers_a_thing_that_is_for_sale_as_well_hears_what_theirs_brings() -> None:
    wares = (Ware(id="rain-coat", name="Rain Coat", price=99, left=1),)

    assert "99" in tell(Answer("price", "rain-coat"), "how much is the coat?", wares=wares)
    assert "12" in tell(Answer("price", "rain-coat"), "what would you give me for my coat?", wares=wares)
