"""Each clause of the oracle sees the damage that it is there for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import copy, deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from stagekit.packing import unpack
from tests.simulation.guests import FETCHED
from tests.simulation.oracle import CLAUSES, access, accounts, belongings, erasing, events, faults_found, turns
from tests.simulation.oracle.evidence import Evidence
from tests.simulation.simulation import laboratory, simulate

Damage = Callable[[Evidence], None]
VISITED = 33


@pytest.fixture(scope="module")
def sound() -> Iterator[Evidence]:
    with laboratory():
        yield simulate(12, 6).evidence


@pytest.fixture(scope="module")
def visited() -> Iterator[Evidence]:
    """An evening of guests, some of whom are erased."""
    with laboratory():
        yield simulate(VISITED, 6).evidence


def inflict(sound: Evidence, damage: Damage) -> Evidence:
    """The evidence of an evening to which somebody did something."""
    system = copy(sound.system)
    system.dynamodb, system.bus = deepcopy_of_tables(sound), copy(sound.system.bus)
    system.bus.archive = list(sound.system.bus.archive)
    for name in ("functions", "sqs", "model", "gates", "lines", "bucket", "pool"):
        setattr(system, name, copy(getattr(sound.system, name)))
    system.functions.surprises, system.model.paid_again = [], []
    system.sqs.failed_turns = []
    system.lines.all, system.pool.users = deepcopy(system.lines.all), deepcopy(system.pool.users)
    system.bucket.objects = dict(system.bucket.objects)
    seen = Evidence(system, list(sound.told), list(sound.probes), sound.marks)
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


def find_resolved(seen: Evidence) -> Any:
    return next(i for i in seen.system.items("gateway") if i.get("status") == {"S": "resolved"})


def set_item(table: str, entity: str, **values: Any) -> Damage:
    return lambda seen: first(seen, table, entity).update(values)


def drop(table: str, holds: Callable[[Any], bool]) -> Damage:
    def damage(seen: Evidence) -> None:
        found = seen.system.dynamodb.tables[table]
        found.delete(found.place(next(item for item in seen.system.items(table) if holds(item))))

    return damage


def a_turn_fails_after_all(seen: Evidence) -> None:
    find_resolved(seen)["status"] = {"S": "failed"}


def a_view_says_otherwise(seen: Evidence) -> None:
    item = find_resolved(seen)
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


def refuse(seen: Evidence) -> None:
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
    (access.no_free_campaign_refuses, refuse),
    (access.answers_are_paid_once, set_item("campaign", "campaign", spent={"N": "99"})),
    (access.strangers_find_nothing, a_stranger),
    (access.a_key_stands_for_one_request, otherwise("action", "I am somebody else")),
    (access.keys_make_one_campaign, another_campaign),
    (access.turns_never_interleave, a_version_comes_twice),
]


def a_row(seen: Evidence, pk: str, sk: str, **values: str) -> None:
    item = {"pk": {"S": pk}, "sk": {"S": sk}, **{name: {"S": value} for name, value in values.items()}}
    seen.system.dynamodb.tables["gateway"].put(item)


def find_gone(seen: Evidence) -> str:
    return next(iter(seen.erasures))


def told_to_who_stays(seen: Evidence, wanted: Callable[[Any], bool]) -> Any:
    return next(each for each in seen.told if each.player not in seen.erasures and wanted(each))


def an_account_is_somebody_elses(seen: Evidence) -> None:
    told = told_to_who_stays(seen, lambda each: each.asked == accounts.UPGRADE and each.status == 200)
    a_row(seen, "EMAIL#other", "ACCOUNT#1", player=told.player)


def nobody_was_given_an_account(seen: Evidence) -> None:
    told = told_to_who_stays(seen, lambda each: each.asked == accounts.UPGRADE and each.status == 200)
    granted = [each for each in seen.told if (each.asked, each.player) == (accounts.UPGRADE, told.player)]
    seen.told = [replace(each, status=409) if each in granted else each for each in seen.told]


def a_password_is_another(seen: Evidence) -> None:
    another = "one that nobody chose"
    told = told_to_who_stays(
        seen, lambda each: each.asked == accounts.UPGRADE and each.status == 200 and not has_new(seen, each.player)
    )
    next(user for user in seen.system.pool.users.values() if user["sub"] == told.player)["password"] = another


def has_new(seen: Evidence, player: str) -> bool:
    return any(each.asked == accounts.RESET and each.player == player for each in seen.told)


def the_own_password_is_refused(seen: Evidence) -> None:
    told = next(each for each in seen.told if each.key == "probe" and each.asked == accounts.SIGN_IN)
    seen.told.append(replace(told, status=401))


def an_ended_session_goes_on(seen: Evidence) -> None:
    ended = next(each for each in seen.told if each.asked == accounts.SIGN_OUT and each.status == 204)
    seen.told.append(
        replace(ended, asked=accounts.SIGN_IN, status=200, began=ended.ended + 1, ended=ended.ended + 2, body={})
    )


def a_line_of_an_ended_session_hears(seen: Evidence) -> None:
    line = next(each for each in seen.system.lines.all.values() if each.opened_at is not None)
    seen.told.append(
        replace(
            seen.told[0],
            asked=accounts.SIGN_OUT,
            status=204,
            sent={"refresh_token": line.session.removeprefix("session-of-")},
            ended=line.asked_at + 1,
        )
    )
    line.heard.append((line.asked_at + 2, {"type": "pong"}))


def a_line_of_an_ended_session_hears_what_happened_since(seen: Evidence) -> None:
    a_line_of_an_ended_session_hears(seen)
    line = next(each for each in seen.system.lines.all.values() if each.opened_at is not None)
    since = datetime.fromtimestamp(line.asked_at + 1.5, UTC).isoformat()
    line.heard[-1] = (line.asked_at + 2, {"type": "event", "event": {"sent_at": since}})


def heard_event(seen: Evidence) -> tuple[Any, Any]:
    return next(
        (line, message)
        for line in seen.system.lines.all.values()
        for _, message in line.heard
        if message["type"] == "event" and message["campaign_id"] in seen.gates and line.is_open
    )


def an_event_is_heard_otherwise(seen: Evidence) -> None:
    heard_event(seen)[1]["event"]["type"] = "another"


def a_line_hears_of_others(seen: Evidence) -> None:
    heard_event(seen)[0].player = "somebody else"


def a_listener_misses_an_event(seen: Evidence) -> None:
    seen.system.plan = copy(seen.system.plan)
    seen.system.plan.injected = {}
    line, message = heard_event(seen)
    line.heard[:] = [
        (0.0, {"type": "subscribed", "campaign_id": message["campaign_id"], "last_sequence": 0}),
    ]


def find_fetched(seen: Evidence) -> Any:
    return told_to_who_stays(seen, lambda each: each.asked == FETCHED and each.body)


def an_archive_is_changed(seen: Evidence) -> None:
    told = find_fetched(seen)
    seen.told.append(replace(told, sent={**told.sent, "sha256": "0"}))


def an_archive_is_another_players(seen: Evidence) -> None:
    told, other = find_fetched(seen), find_gone(seen)
    begun = [each for each in seen.told if "export_id" in str(each.body) and each.player == told.player]
    seen.told += [replace(each, player=other) for each in begun]
    seen.told.append(replace(told, player=other))


def an_archive_lacks_a_turn(seen: Evidence) -> None:
    told = find_fetched(seen)
    turn = next(
        each
        for each in seen.told
        if each.player == told.player and each.is_of_a_turn and each.body["status"] == "resolved"
    )
    seen.told.append(replace(turn, ended=0.0, body={**turn.body, "narrative": "You win."}))


def a_report_has_another_reason(seen: Evidence) -> None:
    item = next(item for item in seen.system.items("gateway") if item["pk"] == {"S": "REPORTS"})
    item["reason"] = {"S": "sexual"}


def a_report_is_kept_and_told_by_nobody(seen: Evidence) -> None:
    a_row(seen, "REPORTS", "t_x", reason="other")


def an_erasure_stops(seen: Evidence) -> None:
    next(iter(seen.erasures.values()))["steps_done"] = {"N": "3"}


def an_erasure_is_forgotten(seen: Evidence) -> None:
    table = seen.system.dynamodb.tables["gateway"]
    table.delete(next(place for place in table.items if place[1] == "ERASURE"))


def a_word_is_left(seen: Evidence) -> None:
    a_row(seen, "SOMEWHERE", "-", text=f"and call {seen.marks[find_gone(seen)][0]}")


def a_key_is_left(seen: Evidence) -> None:
    a_row(seen, f"PLAYER#{find_gone(seen)}", "KEY#one")


def the_pools_user_is_left(seen: Evidence) -> None:
    seen.system.pool.users["left"] = {"sub": find_gone(seen), "email": None}


def an_archive_is_left(seen: Evidence) -> None:
    seen.told.append(
        replace(
            seen.told[0],
            player=find_gone(seen),
            asked="POST /v1/account/export",
            status=202,
            body={"export_id": "x_left"},
        )
    )
    seen.system.bucket.objects["x_left.zip"] = b""


def a_feed_is_left(seen: Evidence) -> None:
    a_row(seen, f"FEED#{next(iter(seen.erased))}", "META")


def an_answer_is_left(seen: Evidence) -> None:
    stages = seen.system.dynamodb.tables["stages"]
    turn = next(
        fact["detail"]["metadata"]["turn_id"]
        for campaign in seen.erased
        for fact in seen.facts.get(f"turns/{campaign}", ())
    )
    stages.put({"id": {"S": f"dm.invoke#{turn}/dm/0"}})


def somebody_else_is_erased(seen: Evidence) -> None:
    campaign = next(each for each, owner in seen.owners.items() if owner not in seen.erasures)
    seen.system.dynamodb.tables["gateway"].items[f"CAMPAIGN#{campaign}", "META"]["status"] = {"S": "erased"}


def the_erased_is_served(seen: Evidence) -> None:
    done = next(each for each in seen.told if "/erasures/" in each.asked and each.body["state"] == "done")
    seen.told.append(replace(done, asked="GET /v1/campaigns", began=done.ended + 1))


OF_GUESTS: list[tuple[Any, Damage]] = [
    (erasing.accepted_erasures_complete, an_erasure_stops),
    (erasing.accepted_erasures_complete, an_erasure_is_forgotten),
    (erasing.nothing_is_left_of_the_erased, a_word_is_left),
    (erasing.of_an_erased_player_there_are_events_alone, a_key_is_left),
    (erasing.of_an_erased_player_there_are_events_alone, the_pools_user_is_left),
    (erasing.of_an_erased_player_there_are_events_alone, an_archive_is_left),
    (erasing.of_an_erased_campaign_there_are_events_alone, a_feed_is_left),
    (erasing.of_an_erased_campaign_there_are_events_alone, an_answer_is_left),
    (erasing.of_an_erased_campaign_there_are_events_alone, somebody_else_is_erased),
    (erasing.the_erased_are_served_no_more, the_erased_is_served),
    (accounts.an_upgraded_guest_has_one_account, an_account_is_somebody_elses),
    (accounts.an_upgraded_guest_has_one_account, nobody_was_given_an_account),
    (accounts.an_upgraded_guest_has_one_account, a_password_is_another),
    (accounts.who_has_an_account_comes_in, the_own_password_is_refused),
    (accounts.what_has_ended_opens_nothing, an_ended_session_goes_on),
    (accounts.what_has_ended_opens_nothing, a_line_of_an_ended_session_hears),
    (accounts.what_has_ended_opens_nothing, a_line_of_an_ended_session_hears_what_happened_since),
    (belongings.lines_tell_what_happened, an_event_is_heard_otherwise),
    (belongings.lines_tell_what_happened, a_line_hears_of_others),
    (belongings.who_listens_undisturbed_hears_all, a_listener_misses_an_event),
    (belongings.archives_hold_what_is_the_players, an_archive_is_changed),
    (belongings.archives_hold_what_is_the_players, an_archive_is_another_players),
    (belongings.archives_hold_what_is_the_players, an_archive_lacks_a_turn),
    (belongings.a_report_is_counted_once, a_report_has_another_reason),
    (belongings.a_report_is_counted_once, a_report_is_kept_and_told_by_nobody),
]


def test_an_evening_without_damage_is_sound(sound, visited):
    assert faults_found(inflict(sound, lambda seen: None)) == []
    assert faults_found(inflict(visited, lambda seen: None)) == []


@pytest.mark.parametrize(("clause", "damage"), DAMAGES, ids=lambda each: getattr(each, "__name__", ""))
def test_a_clause_sees_its_damage(sound, clause, damage):
    assert list(clause(inflict(sound, damage)))


@pytest.mark.parametrize(("clause", "damage"), OF_GUESTS, ids=lambda each: getattr(each, "__name__", ""))
def test_a_clause_about_guests_sees_its_damage(visited, clause, damage):
    assert list(clause(inflict(visited, damage)))


def test_every_clause_is_tried():
    assert {clause for clause, _ in DAMAGES + OF_GUESTS} == set(CLAUSES)
