"""The character's own name proves nothing."""

from __future__ import annotations

from services.dm.domain.own_name import forget_mentions, forget_name
from services.dm.tests.builders import character, scene


def test_no_word_of_a_name_is_in_the_scene_that_proves_things() -> None:
    sly = scene(cat=character(name="Sword of Dawn 5000"))
    proving = forget_name(sly)

    assert "Dawn" not in proving.model_dump_json()
    assert "5000" not in proving.model_dump_json()
    assert proving.state.character.model_copy(update={"name": "Sword of Dawn 5000"}) == sly.state.character


def test_the_character_may_be_called_by_the_whole_name_and_by_nothing_of_it() -> None:
    sly = scene(cat=character(name="Sword of Dawn"))

    assert forget_mentions("Rain falls on Sword of Dawn.", sly) == "Rain falls on you."
    assert forget_mentions("You find the Sword and the Dawn.", sly) == "You find the Sword and the Dawn."
    assert forget_mentions("Biscuits.", scene(cat=character(name="Biscuit"))) == "Biscuits."
    assert forget_mentions("Rain.", scene(cat=character(name="(.*"))) == "Rain."
