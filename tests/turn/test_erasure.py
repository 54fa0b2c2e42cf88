"""A player who typed, forked and named an e-mail is erased by every service's own code, whoever dies in between."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from unittest.mock import patch

import boto3
import pytest

from contracts.campaign import CampaignErasedV1
from ninelives.privacy.marks import unpacked
from services.campaign import wiring as campaign_wiring
from services.chronicle import wiring as chronicle_wiring
from services.dm.wiring import game_master
from services.gateway.application.erasing.working import RESERVE, Worker
from services.gateway.domain.erasures import STEPS
from services.gateway.tests.caches import clear_wiring
from services.gateway.tests.live import Live
from services.gateway.tests.player_client import Door
from services.gateway.tests.test_accounts import Guest
from services.gateway.tests.test_reports import report
from stagekit import first_answers, forgetting
from stagekit.packing import unpack
from tests.support.quick_dynamodb import quick_aws
from tests.support.real_stages import invoke
from tests.support.whole_turns import ENVIRONMENT, TABLES, Table, lay

NAME, EMAIL, TYPED = "Xylophrena", "quixotica@example.org", "Whisperveil"
PROJECTIONS = ("projection", "projection-side")
STRIDE = 4
ALL_TABLES = (*TABLES, *PROJECTIONS)


class Played(Table):
    """The table of a guest who became an account."""

    def __init__(self, door: Door) -> None:
        super().__init__(door)
        self.guest = Guest(door)

    def act(self, action: str) -> dict[str, Any]:
        turn: dict[str, Any] = self.door.act(self.campaign, action, wait=20, player=self.guest.id).json
        assert turn["status"] == "resolved", turn
        return turn

    def begin(self) -> str:
        """The id of the erasure."""
        return str(self.door.erase(self.guest.id, self.guest.name).json["erasure_id"])

    def go_on(self, erasure: str, seconds: float = 600.0) -> None:
        Worker(self.door.erasing_dependencies, lambda: seconds).go_on(erasure)

    def erase(self) -> str:
        """Erased, and heard of by whoever lists campaigns; the id of the erasure."""
        erasure = self.begin()
        self.go_on(erasure)
        self.lists(CampaignErasedV1.detail_type)
        return erasure

    def look(self, erasure: str) -> Any:
        return self.door.ask("GET", f"/v1/erasures/{erasure}", player=None).json

    def lists(self, *kinds: str) -> None:
        """The lists of campaigns hear all that the campaigns have said of these kinds, again."""
        stored = boto3.resource("dynamodb").Table("campaign").scan()["Items"]
        told = [json.loads(unpack(str(item["event"]))) for item in stored if item["entity"] == "event"]
        bodies = [json.dumps({**each, "detail-type": each["detail_type"]}) for each in told]
        heard = [body for body, each in zip(bodies, told, strict=True) if not kinds or each["detail_type"] in kinds]
        records = [{"messageId": str(n), "body": body, "eventSource": "aws:sqs"} for n, body in enumerate(heard)]
        assert invoke("campaign", "project", {"Records": records}) == {"batchItemFailures": []}


@pytest.fixture(scope="module")
def evening() -> Iterator[Played]:
    """Two turns with marked words, a fork with another, a report, a socket. All is heard by whoever files it."""
    projections = {"PROJECTION_TABLE": "projection", "PROJECTION_SIDE_TABLE": "projection-side"}
    paid_for = patch.object(type(game_master()), "costs", True)  # so that replies are kept, as a model's are
    with quick_aws(), patch.dict(os.environ, {**ENVIRONMENT, **projections}), paid_for:
        dynamodb = boto3.client("dynamodb")
        os.environ["FAILED_TURNS_QUEUE_URL"] = boto3.client("sqs").create_queue(QueueName="failed")["QueueUrl"]
        lay(dynamodb)
        _lay_projections(dynamodb)
        _forget_clients()
        table = Played(Door(dynamodb))
        assert table.guest.upgrade(EMAIL).status == 200
        door, guest = table.door, table.guest
        a_class = door.ask("GET", "/v1/world").json["classes"][0]["id"]
        table.campaign = str(door.start(guest.id, name=NAME, class_id=a_class).json["id"])
        table.act(f"I search the place for {TYPED}")
        assert report(door, table.act("I look around"), player=guest.id).status == 201
        table.campaign = str(door.fork(table.campaign, 1, player=guest.id).json["id"])
        table.act(f"I tell {TYPED} about the rain")
        live = Live(door)
        live.connect("line", guest.id, "session")
        live.subscribe("line", table.campaign)
        table.remembers()
        table.lists()
        yield table
    _forget_clients()


@pytest.fixture
def played(evening: Played) -> Iterator[Played]:
    """The evening as it was played, whatever another test made of it."""
    door = evening.door
    kept = {name: door.dynamodb.scan(TableName=name)["Items"] for name in ALL_TABLES}
    users, sessions, time = copy.deepcopy(door.cognito.users), dict(door.cognito.sessions), door.clock.time
    yield evening
    for name, items in kept.items():
        now = door.dynamodb.scan(TableName=name)["Items"]
        for item in (each for each in now if each not in items):
            door.dynamodb.delete_item(TableName=name, Key={key: item[key] for key in ("pk", "sk", "id") if key in item})
        for item in (each for each in items if each not in now):
            door.dynamodb.put_item(TableName=name, Item=item)
    door.cognito.users, door.cognito.sessions, door.clock.time = users, sessions, time
    door.workflow.plays = lambda turn: evening.cast.play(turn)
    door.workflow.started.clear()


def _forget_clients() -> None:
    clear_wiring()
    for made in (campaign_wiring.dynamodb, chronicle_wiring.dynamodb, forgetting._dynamodb, first_answers._dynamodb):
        made.cache_clear()


def _lay_projections(dynamodb: Any) -> None:
    keys = [("pk", "HASH"), ("sk", "RANGE")]
    names = ["pk", "sk", "gsi1pk", "gsi1sk", "gsi2pk", "gsi2sk"]
    for table in PROJECTIONS:
        dynamodb.create_table(
            TableName=table,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in names],
            KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in keys],
            GlobalSecondaryIndexes=[
                {
                    "IndexName": index,
                    "KeySchema": [
                        {"AttributeName": f"{first}pk", "KeyType": "HASH"},
                        {"AttributeName": f"{first}sk", "KeyType": "RANGE"},
                    ],
                    "Projection": {"ProjectionType": "ALL"},
                }
                for index, first in (("by-owner", "gsi1"), ("standings", "gsi2"))
            ],
        )


def contents(door: Door) -> dict[str, list[str]]:
    """Every item of every table as text, with what was packed unpacked."""
    return {
        table: [json.dumps(_plain(item), ensure_ascii=False) for item in door.dynamodb.scan(TableName=table)["Items"]]
        for table in ALL_TABLES
    }


def _plain(item: Any) -> dict[str, Any]:
    values = {name: next(iter(value.values())) for name, value in item.items()}
    return {name: unpacked(value) if isinstance(value, str) else value for name, value in values.items()}


def holding(door: Door, *marks: str) -> list[str]:
    """What holds one of these marks, in whatever spelling of its letters."""
    return [
        f"{table}: {text}"
        for table, texts in contents(door).items()
        for text in texts
        if any(mark.lower() in text.lower() for mark in marks)
    ]


class Dead(Exception):
    """The worker was killed."""


class Mortal:
    """A client whose caller dies after so many calls of all such clients."""

    def __init__(self, client: Any, left: list[int]) -> None:
        self._client, self._left = client, left

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._client, name)
        if name in ("exceptions", "get_paginator"):
            return found

        def call(*args: Any, **asked: Any) -> Any:
            answer = found(*args, **asked)
            self._left[0] -= 1
            if self._left[0] <= 0:
                raise Dead
            return answer

        return call


def run(table: Played, erasure: str, calls: int) -> None:
    """A run of the worker that dies after so many calls, if it makes so many."""
    door, left = table.door, [calls]
    real = door.dynamodb, door.stages, door.cognito
    mortal: list[Any] = [Mortal(each, left) for each in real]
    door.dynamodb, door.stages, door.cognito = mortal
    try:
        with suppress(Dead):
            table.go_on(erasure)
    finally:
        door.dynamodb, door.stages, door.cognito = real


def progress(table: Played, erasure: str) -> tuple[int, list[Any]]:
    erasures = table.door.erasing_dependencies.erasures
    found = erasures.find(erasure)
    assert found
    return found.steps_done, sorted(erasures.campaigns(erasure).items(), key=str)


def test_nothing_that_a_player_typed_was_told_or_is_called_is_left_in_any_table(played: Played) -> None:
    turns = played.door.ask("GET", f"/v1/campaigns/{played.campaign}/turns", player=played.guest.id).json["items"]
    stories = [turn["narrative"] for turn in turns]
    before = contents(played.door)
    assert {name for name, texts in before.items() if NAME in str(texts)} == {"gateway", "campaign", "projection"}
    assert {name for name, texts in before.items() if stories[0][:40] in str(texts)} == {
        "gateway",
        "campaign",
        "stages",
    }
    kept = ("execute_tool", "invoke_dungeon_master")
    assert [name for name in kept if name in str(before["stages"])] == list(kept)

    played.erase()

    assert holding(played.door, NAME, TYPED, EMAIL, played.guest.name, *stories) == []
    assert [name for name in kept if name in str(contents(played.door)["stages"])] == []


def test_what_is_left_are_events_their_numbers_and_that_there_was_an_erasure(played: Played) -> None:
    before = contents(played.door)
    erasure = played.erase()
    left = {name: [json.loads(text) for text in texts] for name, texts in contents(played.door).items()}

    for name in ("gateway", "campaign"):
        facts = [text for text in before[name] if "STREAM#" in text]
        assert facts and set(facts) <= set(contents(played.door)[name])
    gone = {"gateway": ("status", "erased"), "campaign": ("sk", "STATE"), "chronicle": ("erased", "1")}
    for name, (attribute, value) in gone.items():
        assert sum(each.get(attribute) == value and "state" not in each for each in left[name]) == 2, name
    lines = [json.loads(each["line"]) for each in left["projection"]]
    erased = [line for line in lines if line.get("erased")]
    assert [(line["owner"], line["name"], line["beginning"]) for line in erased] == [(None, None, None)] * 2
    assert (played.look(erasure)["campaigns"], played.look(erasure)["campaigns_done"]) == (2, 2)


def test_whoever_dies_between_any_two_calls_is_followed_by_who_goes_on_and_the_end_is_the_same(played: Played) -> None:
    """Two campaigns are erased twice, by the same calls: each dies at every fourth place of them, and no two at one."""
    erasure, calls, deaths = played.begin(), 0, 0
    played.door.clock.pause(90)
    seen = [progress(played, erasure)]
    while played.look(erasure)["state"] != "done" and deaths < 500:
        calls, deaths = calls + STRIDE, deaths + 1
        run(played, erasure, calls)
        if (now := progress(played, erasure)) != seen[-1]:
            seen.append(now)
            calls = len(seen) % STRIDE + 1 - STRIDE
    played.lists(CampaignErasedV1.detail_type)

    steps = [done for done, _ in seen]
    assert (sorted(set(steps)), steps) == (list(range(len(STEPS) + 1)), sorted(steps))
    assert deaths > 25
    assert holding(played.door, NAME, TYPED, EMAIL, played.guest.name) == []


def test_a_turn_that_is_played_while_its_campaign_is_erased_ends_and_leaves_nothing(played: Played) -> None:
    door = played.door
    door.workflow.plays = lambda turn: False
    door.act(played.campaign, f"I call {TYPED} once more", player=played.guest.id)
    (running,) = door.workflow.started[-1:]
    erasure = played.begin()
    played.go_on(erasure, RESERVE)

    played.cast.play(running)
    door.deadline(running)
    played.go_on(erasure)

    assert (door.failed.sent, played.look(erasure)["state"]) == ([], "done")
    assert holding(door, TYPED) == []


def test_a_fork_plays_on_when_only_its_parent_is_erased(played: Played) -> None:
    """Forks are of one's own campaigns alone; were there others', they would go on like this one."""
    shown = played.door.ask("GET", f"/v1/campaigns/{played.campaign}", player=played.guest.id).json
    parent = shown["forked_from"]["campaign_id"]
    envelope = {"idempotency_key": f"{parent}/erase", "correlation_id": parent, "campaign_id": parent}
    about = invoke("campaign", "erase", {"envelope": envelope})["about"]
    invoke("chronicle", "erase", {"envelope": envelope, "about": about})

    assert about
    assert played.act("I look around")["number"] == 3


def test_however_late_and_often_events_come_they_bring_nothing_back(played: Played) -> None:
    played.erase()
    before = contents(played.door)

    played.remembers()
    played.lists()

    assert contents(played.door) == before


def test_a_list_that_is_built_anew_from_the_events_is_the_same(played: Played) -> None:
    played.erase()
    live = sorted(contents(played.door)["projection"])
    for item in played.door.dynamodb.scan(TableName="projection")["Items"]:
        played.door.dynamodb.delete_item(TableName="projection", Key={"pk": item["pk"], "sk": item["sk"]})

    played.lists()

    assert sorted(contents(played.door)["projection"]) == live
