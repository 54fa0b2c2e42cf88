"""A soak is played in pieces, and what it tells is what was played."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.simulation.simulation import laboratory
from tests.simulation.soak import FIRST_SEED, MILLION, Piece, Played, Soak, play_seed, play_seeds, play_seeds_on


class Evenings:
    """Evenings of three turns, each a minute by the clock."""

    def __init__(self, wrong: dict[int, str | Exception] | None = None) -> None:
        self.now, self.seeds, self.wrong = 0.0, list[int](), wrong or {}

    def play(self, seed: int, turns: int) -> Any:
        self.seeds.append(seed)
        self.now += 60.0
        wrong = self.wrong.get(seed)
        if isinstance(wrong, Exception):
            raise wrong
        injected = {"here": "reply lost", "there": "slow"}
        return SimpleNamespace(
            seed=seed, turns=3, ended=Counter(resolved=3), injected=injected, wrong=[wrong] if wrong else []
        )


def soak(file: Path, evenings: Evenings, minutes: float) -> Soak:
    kept = Soak.read(file)
    kept.play(file, play_seeds(kept.next_seed, 20, minutes, evenings.play, lambda: evenings.now), 20)
    return Soak.read(file)


def test_it_goes_on_where_it_stopped_and_adds_up(tmp_path):
    file, evenings = tmp_path / "soak.json", Evenings()

    soak(file, evenings, 5)
    kept = soak(file, evenings, 2)

    assert evenings.seeds == [FIRST_SEED + number for number in range(7)]
    assert (kept.seeds, kept.turns, len(kept.pieces)) == (7, 21, 1)
    assert kept.faults == {"reply lost": 7, "slow": 7}


def test_the_page_says_how_many_turns_are_missing(tmp_path):
    file = tmp_path / "soak.json"
    soak(file, Evenings(), 1)

    page = file.with_suffix(".md").read_text(encoding="utf-8")
    assert "**3 turns** of 1 seeds: 3 resolved." in page
    assert f"not the million that is aimed at: {MILLION - 3:,} are missing" in page
    assert "No seed went wrong." in page


def test_the_page_says_when_it_is_the_million(tmp_path):
    Soak([Piece("abc", "today", seeds=9, turns=MILLION, seconds=60.0)]).write(tmp_path / "soak.json")

    assert "That is the million." in (tmp_path / "soak.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("wrong", ["nobody_is_locked_out: c is shut", RuntimeError("broke down")])
def test_a_seed_that_goes_wrong_is_kept_with_what_replays_it(tmp_path, wrong):
    file = tmp_path / "soak.json"

    kept = soak(file, Evenings({FIRST_SEED + 1: wrong}), 3)

    assert [(seed, turns) for seed, turns, _ in kept.failures] == [(FIRST_SEED + 1, 20)]
    assert f"`ninelives simulate --seed {FIRST_SEED + 1} --turns 20`" in file.with_suffix(".md").read_text("utf-8")


@pytest.mark.timeout(300)
def test_two_cores_play_the_same_as_one(tmp_path):
    with laboratory():
        alone = [play_seed(seed, 2) for seed in range(12)]

    together = islice(play_seeds_on(2, 0, 2, minutes=5), 12)

    assert [without_cost(each) for each in together] == [without_cost(each) for each in alone]


def without_cost(played: Played) -> Played:
    return replace(played, seconds=0.0, megabytes=0)
