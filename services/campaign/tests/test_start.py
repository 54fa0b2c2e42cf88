"""The start of a campaign."""

from __future__ import annotations

import pytest

from contracts.canonical import canonical_json
from contracts.errors import InvalidRequest
from services.campaign.domain.derive import derive
from services.campaign.domain.invariants import violations
from services.campaign.domain.start import start
from services.campaign.domain.state_hash import state_hash
from services.campaign.tests.builders import CAT_NAME, FISH, create_request, new_state

COMMITMENT = "0" * 64


def test_a_new_cat_is_what_its_class_says_and_its_player_named_it() -> None:
    cat = new_state().character

    assert (cat.name, cat.class_name, cat.level, cat.lives, cat.hp, cat.credits) == (
        CAT_NAME,
        "Alley Cat",
        1,
        9,
        20,
        40,
    )
    assert cat.stats == {"claws": 2, "paws": 1, "whiskers": 0, "wits": 0, "purr": 0}
    assert [known.charges for known in cat.abilities] == [2]
    assert violations(new_state()) == ()


def test_what_it_starts_with_is_stacked_numbered_and_worn() -> None:
    cat = new_state().character

    assert [(item.id, item.quantity) for item in cat.inventory] == [("knife-1", 1), ("fish-2", 2), ("torch-3", 1)]
    assert cat.equipment == {"claws": "knife-1"}
    assert derive(new_state()).stats["claws"] == 3


def test_the_first_map_has_the_place_where_one_wakes_and_no_way_out_of_it_yet() -> None:
    (attic,) = new_state().places

    assert (attic.id, attic.exits) == ("attic", ())


def test_a_class_that_starts_with_too_much_to_carry_is_a_mistake_of_its_world() -> None:
    heavy = FISH.model_copy(update={"weight": 10})
    request = create_request()
    items = tuple(heavy if item.id == "fish" else item for item in request.items)

    with pytest.raises(InvalidRequest, match="fish"):
        start(request.model_copy(update={"items": items}), COMMITMENT)


def test_what_players_call_an_ability_is_no_part_of_the_state_and_of_its_hash() -> None:
    request = create_request()
    called = tuple(ability.model_copy(update={"aliases": ("spit",)}) for ability in request.cat.abilities)
    state = start(request.model_copy(update={"cat": request.cat.model_copy(update={"abilities": called})}), COMMITMENT)

    assert "aliases" not in state.model_dump_json()
    assert state_hash(state) == state_hash(start(request, COMMITMENT))


def test_equal_states_have_one_text_and_one_hash() -> None:
    state = new_state()
    shuffled = state.model_copy(
        update={
            "character": state.character.model_copy(update={"stats": dict(reversed(state.character.stats.items()))})
        }
    )

    assert canonical_json(state) == canonical_json(shuffled)
    assert state_hash(state) == state_hash(shuffled)
    assert state_hash(state) != state_hash(state.model_copy(update={"turn": 1}))
