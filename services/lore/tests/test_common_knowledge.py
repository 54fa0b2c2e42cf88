"""Common knowledge of every citizen is in the prompt's cached prefix: it must not change by a byte."""

from __future__ import annotations

from services.lore.domain.common_knowledge import MAX_CHARACTERS, describe_common_knowledge, first_sentence
from services.lore.domain.pack import Pack
from services.lore.domain.visibility import find_visible
from services.lore.tests import small_world
from services.lore.tests.builders import campaign, retrieve_for


def test_it_is_the_same_bytes_wherever_one_stands_and_whatever_one_knows(nekopolis: Pack) -> None:
    told = {
        retrieve_for(nekopolis, campaign(nekopolis, p.id, revealed=tuple(nekopolis.secret)[:n])).common
        for n, p in enumerate(nekopolis.places)
    }

    assert len(told) == 1


def test_it_is_the_same_bytes_for_a_pack_read_again(tiny: Pack) -> None:
    assert describe_common_knowledge(small_world.pack()) == describe_common_knowledge(tiny)


def test_it_tells_every_public_place_and_person_and_power_and_no_hidden_one(tiny: Pack) -> None:
    text = describe_common_knowledge(tiny)

    assert all(name in text for name in ("Teacup", "The Saucer", "The Depths", "Dormouse", "The Guests"))
    assert "Underside" not in text and "Potter" not in text and "Unglazed" not in text


def test_it_is_worth_caching_and_fits(nekopolis: Pack) -> None:
    assert 4_000 < len(describe_common_knowledge(nekopolis)) <= MAX_CHARACTERS


def test_the_city_is_told_by_first_sentences(nekopolis: Pack) -> None:
    visible = find_visible(nekopolis)

    assert all(
        first_sentence(nekopolis.place[id].description) in describe_common_knowledge(nekopolis) for id in visible.places
    )
