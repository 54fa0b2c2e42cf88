"""Reading safely: a deed that its clause does not bear out is asked about, or not done."""

from __future__ import annotations

from typing import Any

import pytest

from services.dm.domain.reading import Ask, Deed, Meaning, ranking, read
from services.dm.domain.reading.candidates import one
from services.dm.domain.reading.clause import Clause
from services.dm.domain.reading.meaning import Answer
from services.dm.domain.reading.safeguards import borne_out
from services.dm.domain.reading.said import Said
from services.dm.domain.reading.scope import Scope
from services.dm.tests.builders import briefing, rats, scene

SECOND = Deed("attack", {"target": "rust-rat-2", "weapon": None})


def meanings(action: str, **changes: Any) -> list[Meaning]:
    return [step.meaning for step in read(action, scene(**changes), briefing())]


def tools(action: str, **changes: Any) -> list[str]:
    return [meaning.tool for meaning in meanings(action, **changes) if isinstance(meaning, Deed)]


def kept(said: str, deed: Deed, **changes: Any) -> Meaning:
    words = tuple(said.split())
    clause = Clause(0, words[1:] if words[0] == "i" else words, words)
    scope = Scope(scene(**changes), briefing(), ())
    return borne_out(one(0.8, deed), clause, scope).meanings[0]


def test_an_enemy_told_apart_by_what_nobody_knows_is_asked_for() -> None:
    asked = kept("swat the one on my back", SECOND, encounter=rats(8, 3))

    assert isinstance(asked, Ask)
    assert [option.arguments["target"] for option in asked.options] == ["rust-rat-1", "rust-rat-2"]


@pytest.mark.parametrize(
    "blow", ["hit the one that is weakest", "hit the one with 3 hp", "hit the healthy one with my knife"]
)
def test_an_enemy_told_apart_by_what_is_known_is_struck(blow: str) -> None:
    assert kept(blow, SECOND, encounter=rats(8, 3)) == SECOND


def test_the_only_enemy_is_struck_however_it_is_told_apart() -> None:
    assert kept("swat the one on my back", SECOND, encounter=rats(0, 3)) == SECOND


def test_what_is_had_is_not_eaten() -> None:
    eaten = Deed("use_item", {"item": "tuna-2", "target": None})

    assert kept("i have the tuna", eaten) == Ask((eaten,))
    assert kept("have the tuna", eaten) == eaten


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
