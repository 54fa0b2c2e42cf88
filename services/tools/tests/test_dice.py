"""Dice can be rolled again by anybody who has the seed, and are fair."""

import hashlib
import hmac
import struct
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.canon import Dice
from contracts.tools import RollModifier
from services.tools.domain.dice import Roller, derive

SEED = bytes(range(32))
SIDES = (4, 6, 8, 10, 12, 20, 100)


def test_a_face_is_a_word_of_the_keyed_digest_modulo_the_sides():
    digest = hmac.new(SEED, b"t_x/0/0/0#0", hashlib.sha256).digest()
    words = struct.unpack(">8I", digest)

    assert derive(SEED, "t_x/0/0/0", 8, 20) == tuple(word % 20 + 1 for word in words)


def test_more_dice_than_a_digest_holds_come_from_the_next_block():
    second = struct.unpack(">8I", hmac.new(SEED, b"k#1", hashlib.sha256).digest())

    assert derive(SEED, "k", 9, 6)[8] == second[0] % 6 + 1


def test_a_word_above_the_last_full_range_is_rejected_instead_of_favouring_low_faces():
    sides = 2**31 + 1  # nearly half of all words lie above the only full range
    words = [word for block in range(8) for word in struct.unpack(">8I", hmac.digest(SEED, b"k#%d" % block, "sha256"))]
    fair = [word + 1 for word in words if word < sides]

    assert len(fair) < len(words)
    assert list(derive(SEED, "k", 8, sides)) == fair[:8]


@pytest.mark.parametrize("sides", SIDES)
def test_a_million_rolls_of_a_die_show_every_face_as_often_as_chance_would(sides):
    counts = [0] * sides
    for number in range(1000):
        for face in derive(SEED, f"fair/{sides}/{number}", 1000, sides):
            counts[face - 1] += 1

    expected = 1_000_000 / sides
    chi_square = sum((count - expected) ** 2 / expected for count in counts)
    assert chi_square < _upper_bound(sides - 1, z=4.0)


def test_the_fairness_bound_rejects_a_die_that_is_one_per_cent_off():
    expected = 1_000_000 / 20
    counts = [expected * (1.01 if face < 10 else 0.99) for face in range(20)]

    assert sum((count - expected) ** 2 / expected for count in counts) > _upper_bound(19, z=4.0)


def test_every_roll_of_an_outcome_has_its_own_key_in_order():
    dice = Roller("00" * 32, "t_x/0/2")
    dice.d20("attack", 12)
    dice.sum("damage", Dice(count=2, sides=6))

    assert [roll.key for roll in dice.rolls] == ["t_x/0/2/0", "t_x/0/2/1"]


@given(seed=st.binary(min_size=32, max_size=32), edge=st.sampled_from([-1, 0, 1]), modifier=st.integers(-9, 9))
def test_a_recorded_roll_can_be_verified_from_seed_and_key(seed, edge, modifier):
    dice = Roller(seed.hex(), "t_x/1/0")
    roll = dice.d20("check", 12, modifiers=[RollModifier(name="wits", amount=modifier)], edge=edge)

    assert roll.faces == derive(seed, roll.key, roll.count, roll.sides)
    assert roll.kept == ((max if edge >= 0 else min)(roll.faces),)
    assert roll.total == roll.kept[0] + modifier


@given(seed=st.binary(min_size=32, max_size=32), modifier=st.integers(-30, 30))
def test_a_natural_twenty_is_critical_and_a_natural_one_a_fumble_whatever_the_modifiers(seed, modifier):
    roll = Roller(seed.hex(), "k").d20("check", 15, modifiers=[RollModifier(name="wits", amount=modifier)])

    natural = {20: "critical", 1: "fumble"}.get(roll.kept[0])
    assert roll.outcome == (natural or ("success" if roll.total >= 15 else "failure"))


def test_no_dice_are_no_roll():
    dice = Roller("00" * 32, "k")

    assert dice.sum("bonus", Dice(count=0, bonus=3)) == 3
    assert dice.rolls == ()


def test_a_sum_never_falls_below_zero():
    assert Roller("00" * 32, "k").sum("damage", Dice(count=1, sides=4, bonus=-20)) == 0


def _upper_bound(freedom: int, z: float) -> float:
    """Wilson and Hilferty's approximation of a chi-square quantile; z = 4 is one in 30,000."""
    return freedom * (1 - 2 / (9 * freedom) + z * sqrt(2 / (9 * freedom))) ** 3
