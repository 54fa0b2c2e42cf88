"""A fork is played through every service: the past known, the future not, the dice its own, the parent untouched."""

from __future__ import annotations

import json
from typing import Any

import boto3

from tests.support.whole_turns import Table


def fork(table: Table, campaign: str, at_turn: int, key: str | None = None) -> str:
    forked = table.game.fork(campaign, at_turn, key=key)
    assert forked.status == 201, forked.text
    return str(forked.json["id"])


def act(table: Table, campaign: str, action: str) -> dict[str, Any]:
    turn: dict[str, Any] = table.game.act(campaign, action, wait=20).json
    assert turn["status"] == "resolved", turn
    return turn


def list_stored(campaign: str) -> list[str]:
    """Everything that two services keep of a campaign, as text."""
    tables = boto3.resource("dynamodb")
    items = [item for name in ("campaign", "gateway") for item in tables.Table(name).scan()["Items"]]
    return sorted(json.dumps(item, default=str) for item in items if campaign in item["pk"])


def faces(table: Table, campaign: str) -> list[Any]:
    """The dice of a campaign's own turns."""
    dice = table.game.ask("GET", f"/v1/campaigns/{campaign}/dice").json
    return [(roll["sides"], roll["faces"]) for turn in dice["turns"] for roll in turn["rolls"]]


def test_a_fork_goes_on_with_the_next_number_and_its_master_is_told_the_last_turns(table: Table) -> None:
    for action in ("I look around", "I talk to Ferrule", "I wait"):
        table.act(action)
    campaign = fork(table, table.campaign, at_turn=2)

    turn = act(table, campaign, "I search the place")

    assert (turn["number"], turn["campaign"]["state"]["campaign_id"]) == (3, campaign)
    asked = [payload for payload in table.cast.requests_to("InvokeDungeonMaster") if payload["number"] == 3][-1]
    assert [(one["number"], one["action"]) for one in asked["history"]] == [
        (1, "I look around"),
        (2, "I talk to Ferrule"),
    ]
    assert table.game.ask("GET", f"/v1/campaigns/{campaign}").json["forked_from"]["turn"] == 2


def test_a_fork_remembers_who_was_met_before_it_and_not_who_was_met_afterwards(table: Table) -> None:
    table.act("I wait")
    before = fork(table, table.campaign, at_turn=1)
    table.act("I talk to Ferrule")
    after = fork(table, table.campaign, at_turn=2)
    told = {}
    for campaign in (before, after):
        for _ in range(5):
            act(table, campaign, "I wait")
        table.remembers()
        told[campaign] = act(table, campaign, "What do I know about Ferrule?")["narrative"]

    assert "“You meet Ferrule" in told[after]
    assert "You meet Ferrule" not in told[before]


def test_the_parent_is_untouched_byte_for_byte_and_goes_on_as_if_nothing_had_happened(table: Table) -> None:
    for action in ("I look around", "I talk to Ferrule", "I search the place"):
        table.act(action)
    before = list_stored(table.campaign)

    campaign = fork(table, table.campaign, at_turn=1)
    for action in ("I search the place", "I wait"):
        act(table, campaign, action)

    assert list_stored(table.campaign) == before
    assert table.act("I wait")["number"] == 4


def test_two_forks_of_one_turn_roll_other_dice_than_the_parent_and_than_each_other(table: Table) -> None:
    table.act("I look around")
    campaigns = [table.campaign, *(fork(table, table.campaign, at_turn=1) for _ in range(2))]
    for campaign in campaigns:
        for _ in range(3):
            act(table, campaign, "I search the place")

    thrown = [faces(table, campaign) for campaign in campaigns]

    assert all(len(dice) >= 3 for dice in thrown), thrown
    assert len({json.dumps(dice) for dice in thrown}) == 3
    commitments = {table.game.ask("GET", f"/v1/campaigns/{each}/dice").json["commitment"] for each in campaigns}
    assert len(commitments) == 3


def test_a_double_click_is_one_fork(table: Table) -> None:
    table.act("I look around")

    first, second = fork(table, table.campaign, 1, key="k"), fork(table, table.campaign, 1, key="k")

    assert first == second
    assert len([each for each in list_stored(first) if '"entity": "start"' in each]) == 1


def test_a_fork_of_a_fork_knows_the_whole_story(table: Table) -> None:
    table.act("I talk to Ferrule")
    middle = fork(table, table.campaign, at_turn=1)
    act(table, middle, "I search the place")
    youngest = fork(table, middle, at_turn=2)
    for _ in range(4):
        act(table, youngest, "I wait")
    table.remembers()

    told = act(table, youngest, "What do I know about Ferrule?")

    assert "“You meet Ferrule" in told["narrative"]
    assert told["number"] == 7
    assert table.game.fork(youngest, 8).problem == "cannot-fork"


def test_a_fork_is_made_from_what_is_committed_while_a_turn_is_being_played(table: Table) -> None:
    table.act("I look around")
    table.game.workflow.plays = lambda turn: False
    table.act("I search the place")

    refused, forked = table.game.fork(table.campaign, 2), table.game.fork(table.campaign, 1)

    assert refused.json["detail"] == "Turn 2 is not played yet. Fork at any turn from 0 to 1."
    assert (forked.status, forked.json["active_turn"]) == (201, None)
