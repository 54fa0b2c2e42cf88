"""Promises hold under every fault, once all is quiet: seed after seed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from functools import partial

import pytest

import tests.simulation.__main__ as command
from tests.simulation import shrink
from tests.simulation.mutations import MUTATIONS
from tests.simulation.simulation import laboratory, simulate
from tests.support.size import pick_size

GROUPS = 20
SEEDS, TURNS = pick_size(200, soaking=20_000), pick_size(2, soaking=40)
"""The seeds, and the turns asked for. Twice as many come: double clicks, other tabs, old keys, one more in the end."""
LONGEST = pick_size(300, soaking=12 * 3600)


@pytest.fixture(autouse=True, scope="module")
def _laboratory() -> Iterator[None]:
    with laboratory():
        yield


@pytest.mark.timeout(LONGEST)
@pytest.mark.parametrize("group", range(GROUPS))
def test_what_was_promised_is_true_whatever_strikes(group):
    for seed in range(group, SEEDS, GROUPS):
        report = simulate(seed, TURNS)
        assert not report.wrong, f"ninelives simulate --seed {seed} --turns {TURNS}"


def test_a_seed_replays_exactly():
    first, again = simulate(8, 4), simulate(8, 4)

    assert first.injected
    assert first.digest() == again.digest()


def test_another_seed_is_another_history():
    assert simulate(8, 2).digest() != simulate(9, 2).digest()


def test_only_chosen_faults_strike():
    some = tuple(simulate(8, 4).injected)[:1]

    assert tuple(simulate(8, 4, some).injected) == some


def test_a_seed_that_goes_wrong_is_told_with_as_little_as_it_takes(monkeypatch, capsys):
    bug = next(bug for bug in MUTATIONS if bug.says == "the gate stays shut")
    for module in (command, shrink):
        monkeypatch.setattr(module, "simulate", partial(simulate, bug=bug))
    monkeypatch.setattr(command, "laboratory", nullcontext)
    monkeypatch.setattr("sys.argv", ["simulate", "--seed", "0", "--turns", "3"])

    assert command.main() == 1

    told = capsys.readouterr().out
    assert "Seed 0 goes wrong" in told
    assert told.endswith("It still does with --turns 1 and these faults alone:\n\n")


def test_shrinking_leaves_the_faults_that_matter():
    struck = [str(number) for number in range(40)]

    assert shrink.fewest_faults(struck, lambda only: {"7", "31"} <= set(only), tries=200) == ("7", "31")
    assert shrink.fewest_turns(20, lambda count: count >= 3) == 3
