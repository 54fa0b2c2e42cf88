"""Checks: edges, contests, saving throws."""

from itertools import product

import pytest

from contracts.canon import Affliction, Check
from services.tools.domain.checks import check, contest, failed_badly, leaning, save, succeeded
from services.tools.domain.dice import Roller
from services.tools.tests.pack import POISON
from services.tools.tests.rules_driver import cat, figures, luck

CAT = figures(cat())


def dice(number):
    return Roller(f"{number:064x}", "k")


def rolling(wanted):
    return luck(lambda seed: check(Roller(seed, "k"), CAT, "claws", 12), wanted)


@pytest.mark.parametrize(("edge", "keeps"), [(1, max), (-1, min)])
def test_an_edge_of_the_character_keeps_the_better_or_the_worse_of_two(edge, keeps):
    leaning_cat = CAT.model_copy(update={"edge": edge})

    for number in range(20):
        roll = check(dice(number), leaning_cat, "claws", 12)
        assert (len(roll.faces), roll.kept) == (2, (keeps(roll.faces),))


def test_a_check_adds_the_stat_and_says_so():
    roll = check(dice(1), CAT, "claws", 12)

    assert roll.total == roll.kept[0] + 2
    assert [(modifier.name, modifier.amount) for modifier in roll.modifiers] == [("claws", 2)]


def test_a_stat_of_nothing_is_not_mentioned():
    assert check(dice(1), CAT, "wits", 12).modifiers == ()


def test_advantage_and_disadvantage_cancel_out_however_many_there_are():
    for edges in product((-1, 0, 1), repeat=3):
        assert leaning(*edges) == (1 in edges) - (-1 in edges)


def test_a_contest_is_won_by_reaching_what_the_rival_rolled():
    for number in range(50):
        box = dice(number)
        roll = contest(box, CAT, "paws", "Rival", 3, "race")

        theirs = box.rolls[0]
        assert (theirs.roller, roll.target) == ("Rival", theirs.total)
        if roll.outcome in ("success", "failure"):
            assert succeeded(roll) == (roll.total >= theirs.total)


def test_a_save_that_fails_gives_the_condition_and_one_that_holds_does_not():
    peril = Affliction(condition=POISON, save=Check(stat="claws", difficulty=12))

    for number in range(50):
        roll, suffered = save(dice(number), CAT, peril)
        assert suffered == (None if succeeded(roll) else POISON)


def test_a_bad_failure_misses_by_five_or_fumbles():
    assert failed_badly(rolling(lambda roll: roll.total == 7))
    assert not failed_badly(rolling(lambda roll: roll.total == 8))
    assert failed_badly(rolling(lambda roll: roll.outcome == "fumble"))
    assert not failed_badly(rolling(succeeded))
