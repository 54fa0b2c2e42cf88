"""Each clause of the oracle sees the damage that it is there for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import copy, deepcopy
from dataclasses import replace
from typing import Any

import pytest

from stagekit.packing import unpack
from tests.simulation.oracle import CLAUSES, access, events, faults_found, turns
from tests.simulation.oracle.evidence import Evidence
from tests.simulation.simulation import laboratory, simulate

Damage = Callable[[Evidence], None]


@pytest.fixture(scope="module")
def sound() -> Iterator[Evidence]:
    with laboratory():
        yield simulate(12, 6).evidence


def damaged(sound: Evidence, damage: Damage) -> Evidence:
    """The evidence of an evening to which somebody did something."""
    system = copy(sound.system)
    system.dynamodb, system.bus = deepcopy_of_tables(sound), copy(sound.system.bus)
    system.bus.archive = list(sound.system.bus.archive)
    for name in ("functions", "sqs", "model", "gates"):
        setattr(system, name, copy(getattr(sound.system, name)))
    system.functions.surprises, system.model.paid_again = [], []
    system.sqs.failed_turns = []
    seen = Evidence(system, list(sound.told), list(sound.probes))
    damage(seen)
    return seen


def deepcopy_of_tables(sound: Evidence) -> Any:
    dynamodb = copy(sound.system.dynamodb)
    dynamodb.tables = {name: copy(table) for name, table in sound.system.dynamodb.tables.items()}
    for table in dynamodb.tables.values():
        table.items, table.listener, table.witnesses = deepcopy(table.items), None, []
        table.partitions = {pk: dict(places) for pk, places in table.partitions.items()}
    return dynamodb


def first(seen: Evidence, table: str, entity: str) -> Any:
    return next(item for item in seen.system.items(table) if item.get("entity") == {"S": entity})


def resolved(seen: Evidence) -> Any:
    return next(i for i in seen.system.items("gateway") if i.get("status") == {"S": "resolved"})


def set_item(table: str, entity: str, **values: Any) -> Damage:
    return lambda seen: first(seen, table, entity).update(values)


def drop(table: str, holds: Callable[[Any], bool]) -> Damage:
    def damage(seen: Evidence) -> None:
        found = seen.system.dynamodb.tables[table]
        found.delete(found.place(next(item for item in seen.system.items(table) if holds(item))))

    return damage


def a_turn_fails_after_all(seen: Evidence) -> None:
    resolved(seen)["status"] = {"S": "failed"}


def a_view_says_otherwise(seen: Evidence) -> None:
    item = resolved(seen)
    item["view"] = {"S": json.dumps({**json.loads(unpack(item["view"]["S"])), "narrative": "You win."})}


def a_roll_is_better(seen: Evidence) -> None:
    for item in seen.system.items("campaign"):
        if '"faces":[' in (text := unpack(item.get("committed", {}).get("S", ""))):
            committed = json.loads(text)
            for each in committed["settled"]:
                for roll in each["outcome"]["rolls"]:
                    roll["faces"] = [face % roll["sides"] + 1 for face in roll["faces"]]
            item["committed"] = {"S": json.dumps(committed)}


def a_state_changes(seen: Evidence) -> None:
    item = first(seen, "campaign", "campaign")
    item["state"] = {"S": json.dumps({**json.loads(unpack(item["state"]["S"])), "revealed": ["everything"]})}


def an_answer(seen: Evidence, wanted: Callable[[Any], bool], **changed: Any) -> None:
    told = next(each for each in seen.told if wanted(each))
    seen.told.append(replace(told, began=told.ended + 1000, ended=told.ended + 1001, **changed))


def is_turn(told: Any) -> bool:
    return told.status == 200 and "/turns" in told.asked


def otherwise(field: str, value: Any) -> Damage:
    def damage(seen: Evidence) -> None:
        told = next(each for each in seen.told if is_turn(each) and each.sent)
        seen.told.append(replace(told, began=told.ended + 1, ended=told.ended + 2, body={**told.body, field: value}))

    return damage


def refused(seen: Evidence) -> None:
    an_answer(seen, is_turn, status=409, body={"type": "/problems/turn-in-progress"})


def another_campaign(seen: Evidence) -> None:
    an_answer(seen, lambda told: told.status == 201, body={"id": "c_other"})


def a_stranger(seen: Evidence) -> None:
    an_answer(seen, is_turn, player="somebody else")


def we_failed(seen: Evidence) -> None:
    seen.system.plan = copy(seen.system.plan)
    seen.system.plan.injected = {}
    an_answer(seen, is_turn, status=500)


def is_place(pk: str, sk: str) -> Callable[[Any], bool]:
    return lambda item: item["pk"]["S"].startswith(pk) and item["sk"]["S"].startswith(sk)


def a_version_comes_twice(seen: Evidence) -> None:
    found = next(turns for turns in seen.committed.values() if len(turns) > 1)
    found[0] = found[1]


DAMAGES: list[tuple[Any, Damage]] = [
    (turns.every_turn_ends, set_item("gateway", "turn", status={"S": "running"})),
    (turns.resolved_turns_happened, drop("campaign", lambda item: item.get("entity") == {"S": "turn"})),
    (turns.turns_follow_the_specification, drop("gateway", is_place("STREAM#turns", "0000000001"))),
    (turns.failed_turns_changed_nothing, a_turn_fails_after_all),
    (turns.the_past_folds_to_the_present, a_state_changes),
    (turns.each_turn_is_told_once, drop("campaign", is_place("STREAM#campaign", "0000000002"))),
    (turns.players_read_what_happened, a_view_says_otherwise),
    (turns.answers_stand, otherwise("narrative", "You win.")),
    (turns.reading_never_goes_back, otherwise("status", "running")),
    (turns.dice_are_the_seeds, a_roll_is_better),
    (events.facts_are_published, lambda seen: seen.system.bus.archive.clear()),
    (events.facts_are_audited_once, drop("audit", is_place("CHAIN#", "0000000001"))),
    (events.consumers_have_each_fact_once, drop("metrics", is_place("COUNTED#", "-"))),
    (events.consumers_have_each_fact_once, drop("chronicle", is_place("CAMPAIGN#", "NAMES"))),
    (events.consumers_have_each_fact_once, drop("projection", is_place("CAMPAIGN#", "LINE"))),
    (events.feeds_are_contiguous, drop("gateway", is_place("FEED#", "EVENT#"))),
    (events.nothing_is_left_over, lambda seen: seen.system.functions.surprises.append("a bug")),
    (access.undisturbed_requests_are_served, we_failed),
    (access.nobody_is_locked_out, set_item("gateway", "campaign", active_turn={"S": "t_x"})),
    (access.no_free_campaign_refuses, refused),
    (access.answers_are_paid_once, set_item("campaign", "campaign", spent={"N": "99"})),
    (access.strangers_find_nothing, a_stranger),
    (access.a_key_stands_for_one_request, otherwise("action", "I am somebody else")),
    (access.keys_make_one_campaign, another_campaign),
    (access.turns_never_interleave, a_version_comes_twice),
]


def test_an_evening_without_damage_is_sound(sound):
    assert faults_found(damaged(sound, lambda seen: None)) == []


@pytest.mark.parametrize(("clause", "damage"), DAMAGES, ids=lambda each: getattr(each, "__name__", ""))
def test_a_clause_sees_its_damage(sound, clause, damage):
    assert list(clause(damaged(sound, damage)))


def test_every_clause_is_tried():
    assert {clause for clause, _ in DAMAGES} == set(CLAUSES)
