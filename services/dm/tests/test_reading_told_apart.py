"""Reading who is told apart, what is only named, and what is to be forgotten or not."""

from __future__ import annotations

from typing import Any

import pytest

from services.dm.domain.reading import Ask, Deed, Meaning, ranking, read
from services.dm.domain.reading.candidates import one
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.meaning import Answer
from services.dm.domain.reading.said import Said
from services.dm.domain.reading.scope import Scope
from services.dm.tests.builders import briefing, rats, scene


def meanings(action: str, **changes: Any) -> list[Meaning]:
    return [step.meaning for step in read(action, scene(**changes), briefing())]


def tools(action: str, **changes: Any) -> list[str]:
    return [meaning.tool for meaning in meanings(action, **changes) if isinstance(meaning, Deed)]


@pytest.mark.parametrize("blow", ["attack the one behind me", "bite the one on my tail", "attack the one that bit me"])
def test_a_blow_at_the_one_that_is_told_by_what_nobody_knows_asks_which(blow: str) -> None:
    assert isinstance(meanings(blow, encounter=rats(8, 3))[0], Ask)


@pytest.mark.parametrize(
    ("blow", "target"),
    [
        ("attack the one that is weakest", "rust-rat-2"),
        ("hit the one that is hurt", "rust-rat-2"),
        ("hit the one that is not hurt", "rust-rat-1"),
    ],
)
def test_the_one_that_is_told_by_its_wounds_is_struck(blow: str, target: str) -> None:
    assert meanings(blow, encounter=rats(8, 3)) == [Deed("attack", {"target": target, "weapon": None})]


def test_the_only_enemy_is_struck_however_it_is_told_apart() -> None:
    assert tools("hit the one that is hurt", encounter=rats(0, 3)) == ["attack"]


def test_what_is_to_be_forgotten_is_not_done() -> None:
    assert tools("forget the crane panel for now") == []


def test_what_is_not_to_be_forgotten_is_done() -> None:
    assert tools("do not forget to take the hook") == ["take"]


def test_a_thing_that_is_only_named_needs_more_evidence_to_be_taken_than_one_with_a_verb() -> None:
    answer, take = one(0.5, Answer("look")), one(0.5, Deed("take", {"find": "bent-hook"}))
    scope = Scope(scene(), briefing(), ())

    def margin(*words: str) -> float:
        return ranking._margin(take, answer, Said(Clause(0, words, words), scope))

    assert margin("the", "hook") > margin("take", "the", "hook")


def test_who_was_greeted_is_asked_next() -> None:
    pip = briefing().npcs[0].model_copy(update={"id": "young-pip", "name": "Young Pip", "role": "runner"})
    two = briefing(npcs=(*briefing().npcs, pip))
    steps = read("hey pip, slow down! where are you running to?", scene(), two)
    talked = [step.meaning.arguments["npc"] for step in steps if isinstance(step.meaning, Deed)]
    assert talked == ["young-pip"]


@pytest.mark.parametrize(
    "blow",
    [
        "hit a rat",
        "attack any rat",
        "bite one of them",
        "attack one of the two rats",
        "claw either",
        "slash at a random one",
    ],
)
def test_a_blow_at_no_one_in_particular_falls_on_whoever_falls_soonest(blow: str) -> None:
    assert meanings(blow, encounter=rats(8, 3)) == [Deed("attack", {"target": "rust-rat-2", "weapon": None})]


@pytest.mark.parametrize("blow", ["hit it", "attack the rat", "attack", "bite a one that bit me"])
def test_a_blow_at_somebody_in_particular_is_asked_at_whom(blow: str) -> None:
    assert isinstance(meanings(blow, encounter=rats(8, 3))[0], Ask)
