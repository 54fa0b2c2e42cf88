"""The check of what concurrent clients were told: each clause sees the history that breaks it, and only that."""

from __future__ import annotations

from typing import Any

import pytest

from ninelives.ops.proof.clients import CLAUSES, ClientAnswer, wrong_in


def turn(key: str | None, began: float, ended: float, id: str, status: str = "resolved", **body: Any) -> ClientAnswer:
    return ClientAnswer("c", began, ended, 200, {"id": id, "status": status, **body}, key)


def busy(key: str, began: float, ended: float) -> ClientAnswer:
    return ClientAnswer("c", began, ended, 409, {"type": "/problems/turn-in-progress"}, key)


def sheet(began: float, ended: float, version: int) -> ClientAnswer:
    return ClientAnswer("c", began, ended, 200, {"version": version})


def lost_answer(key: str, began: float, ended: float) -> ClientAnswer:
    return ClientAnswer("c", began, ended, 0, {}, key)


FIRST, SECOND = turn("k1", 0, 2, "t1", number=1), turn("k2", 3, 5, "t2", number=2)


@pytest.mark.parametrize(
    "history",
    [
        [FIRST, SECOND, turn("k1", 6, 7, "t1", number=1), sheet(5.5, 6, 3), sheet(6.5, 7, 3)],
        [turn("k2", 0, 5, "t2", number=1), turn("k1", 0, 4, "t1", number=2)],
        [FIRST, busy("k2", 1, 1.5)],
        [lost_answer("k1", 0, 1), busy("k2", 5, 6)],
        [sheet(0, 4, 2), sheet(1, 2, 1)],
        [turn("k1", 0, 1, "t1", "running"), turn(None, 2, 3, "t1", number=1)],
    ],
    ids=("one after the other", "at once", "busy", "busy with a lost one", "overlapping reads", "running, then over"),
)
def test_a_sound_history_is_sound(history):
    assert wrong_in(history) == []


BROKEN = {
    "a later turn has the lower number": (
        "turns_are_in_the_order_of_time",
        [turn("k1", 0, 2, "t1", number=2), turn("k2", 3, 5, "t2", number=1)],
    ),
    "two turns have one number": (
        "turns_are_in_the_order_of_time",
        [turn("k1", 0, 2, "t1", number=1), turn("k2", 0, 5, "t2", number=1)],
    ),
    "a key makes two turns": (
        "equal_keys_get_equal_answers",
        [FIRST, turn("k1", 3, 5, "t2", number=2)],
    ),
    "a turn ends in two ways": (
        "equal_keys_get_equal_answers",
        [FIRST, turn("k1", 3, 5, "t1", number=1, narrative="You win.")],
    ),
    "a free campaign refuses": ("no_free_campaign_refuses", [FIRST, busy("k2", 3, 4)]),
    "a campaign refuses for the asker's own turn": (
        "no_free_campaign_refuses",
        [turn("k1", 0, 9, "t1", number=1), busy("k1", 3, 4)],
    ),
    "a version goes back": ("reads_never_go_back", [sheet(0, 1, 2), sheet(2, 3, 1)]),
    "a turn that was over runs again": ("reads_never_go_back", [FIRST, turn(None, 3, 4, "t1", "running")]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_history_is_named(name):
    clause, history = BROKEN[name]

    assert [wrong.partition(":")[0] for wrong in wrong_in(history)] == [clause]


def test_every_clause_is_tried():
    assert {clause for clause, _ in BROKEN.values()} == {clause.__name__ for clause in CLAUSES}
