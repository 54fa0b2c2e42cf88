"""Every writer with transactions, or of an item that one writes, has a test that meets another on the way."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.test_source_rules import REPOSITORY, _parse, _sources

CAMPAIGN = "services/campaign/tests/test_transaction_conflicts.py"
GATEWAY = "services/gateway/tests/test_transaction_conflicts.py"
METRICS = "services/metrics/tests/test_count.py"
WRITERS = {
    "CampaignStore.create": (CAMPAIGN, "test_a_campaign_is_created_once", "test_a_campaign_is_forked_once"),
    "CampaignEraser.entomb": (CAMPAIGN, "test_a_campaign_is_erased_once"),
    "CampaignStore.commit": (CAMPAIGN, "test_a_turn_is_committed_once"),
    "CampaignStore.void": (CAMPAIGN, "test_a_turn_is_given_up_once"),
    "DynamoTurnRepository.register": (GATEWAY, "test_a_campaign_begins_once"),
    "DynamoPlayerItems.shut": (GATEWAY, "test_a_player_is_erased"),
    "DynamoTurnRepository.admit": (GATEWAY, "test_a_turn_is_admitted_once"),
    "DynamoTurnRepository.close": (GATEWAY, "test_a_turn_ends_once"),
    "DynamoTurnRepository.mark_running": (GATEWAY, "test_a_turn_is_marked_as_running"),
    "DynamoTurnRepository.restart_from": (GATEWAY, "test_of_two_who_would_start_a_lost_turn_again_one_does"),
    "DynamoTurnRepository.store_story": (GATEWAY, "test_a_story_goes_on"),
    "DynamoAccountRegister.begin": (GATEWAY, "test_a_guest_becomes_an_account", "test_an_account_is_begun_once"),
    "DynamoAccountRegister.finish": (GATEWAY, "test_an_account_is_begun_once"),
    "DynamoAccountRegister.give_up": (GATEWAY, "test_an_account_that_is_given_up_is_gone"),
    "DynamoAccountRegister.verify": (GATEWAY, "test_an_account_is_begun_once"),
    "DynamoAccountRegister.erase": (GATEWAY, "test_a_player_is_erased"),
    **{
        f"DynamoErasures.{name}": (GATEWAY, "test_a_player_is_erased")
        for name in ("begin", "wake", "move_on", "settle", "note", "record_visit", "count", "finish")
    },
    **{
        f"DynamoConnections.{name}": (GATEWAY, "test_a_connection_is_opened_listens_and_is_forgotten_once")
        for name in ("open", "subscribe", "forget", "erase")
    },
    "DynamoFeed.append": (GATEWAY, "test_a_fact_has_one_place_in_the_feed"),
    "DynamoReports.write": (GATEWAY, "test_a_story_is_reported_once"),
    "CostTable.count_all": (METRICS, "test_who_counts_the_same_day_at_the_same_moment_is_waited_for"),
}
"""By what writes, the file and the tests in it that have the write conflict."""

NO_TRANSACTION = {
    "player_sockets.py": "the end of a session is written by itself; sockets of a player are, with their connections",
    "tickets.py": "so are tickets",
    "exports.py": "so is the export that a player asked for last",
    "guests.py": "so is that a guest came",
    "request_counter.py": "so are counters of requests, but for turns, which are counted by their admission alone",
    "spending.py": "so are the days whose money is spent",
    "projection_table.py": "so are the rows of the lists of campaigns, in tables of their own",
    "projection_versions.py": "so is the place where those tables are named",
}
"""Adapters beside those writers whose items no transaction writes, and why not."""
PLAIN = {"put_item", "update_item", "delete_item"}
WAITING = {"past_conflicts", "write_all", "transact_write_items"}


def _methods(path: Path) -> Iterator[tuple[str, str, set[str]]]:
    """Functions of an adapter: their class, their name, and the names of all that they call."""
    for node in _parse(path).body:
        inside = node.body if isinstance(node, ast.ClassDef) else [node]
        owner = node.name if isinstance(node, ast.ClassDef) else ""
        for each in inside:
            if isinstance(each, ast.FunctionDef):
                calls = (call.func for call in ast.walk(each) if isinstance(call, ast.Call))
                names = {f.attr if isinstance(f, ast.Attribute) else getattr(f, "id", "") for f in calls}
                yield owner, each.name, names


def _calling(methods: list[tuple[str, str, set[str]]], names: set[str]) -> set[str]:
    """These names, and those of all functions that call one of them, by whatever way."""
    more = names | {name for _, name, calls in methods if calls & names}
    return more if more == names else _calling(methods, more)


def _writers(service: str) -> set[str]:
    """Public methods of a service's adapters that end in a transaction, or wait one out."""
    modules = {path.stem: list(_methods(path)) for path in _sources(f"services/{service}/adapters/**/*.py")}
    shared = _calling(modules.get("conditional_writes", []), WAITING)
    return {
        f"{owner}.{name}"
        for methods in modules.values()
        for owner, name, calls in methods
        if owner and not name.startswith("_") and calls & _calling(methods, shared)
    }


def test_every_writer_with_transactions_is_tried_while_another_one_is_under_way() -> None:
    services = [path.parent.name for path in (REPOSITORY / "services").glob("*/adapters")]

    assert set().union(*map(_writers, services)) == set(WRITERS)


def test_each_of_those_tests_is_there_and_meets_a_transaction() -> None:
    meeting = {file: _meeting(REPOSITORY / file) for file, *_ in WRITERS.values()}

    assert [
        (writer, name) for writer, (file, *names) in WRITERS.items() for name in names if name not in meeting[file]
    ] == []


def _meeting(path: Path) -> set[str]:
    """The tests of a file that are given a client whose writes conflict, or make one."""
    functions = (node for node in _parse(path).body if isinstance(node, ast.FunctionDef))
    return {each.name for each in functions if any(getattr(n, "id", "") == "Conflicting" for n in ast.walk(each))}


def test_nobody_else_opens_a_transaction() -> None:
    callers = {
        path.relative_to(REPOSITORY).as_posix()
        for path in _sources("services/**/*.py", "stagekit/*.py")
        for node in ast.walk(_parse(path))
        if isinstance(node, ast.Attribute) and node.attr in ("transact_write_items", "transact_get_items")
    }

    assert callers == {"stagekit/transactions.py", "services/gateway/adapters/feed.py"}


def test_a_plain_write_beside_transactions_waits_them_out_or_says_why_it_need_not() -> None:
    """In the tables that transactions write: those of campaign, gateway and metrics."""
    unaware = {
        path.name
        for service in ("campaign", "gateway", "metrics")
        for path in _sources(f"services/{service}/adapters/*.py")
        for _, _, calls in _methods(path)
        if calls & PLAIN and not calls & {"past_conflicts", "write"}
    }

    assert unaware == set(NO_TRANSACTION)
